//! The layer behind a text box that marks what costs and what is missing: the same text, cut into pieces.

use crate::{blanks, segments};

/// Why a piece is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not marked.
    Plain,
    /// A character outside GSM-7.
    Odd,
    /// A blank to be filled in.
    Gap,
}

/// A piece of the text. All pieces together are the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub mark: Mark,
    pub text: String,
}

/// The text in pieces; a blank that holds odd characters is marked as a blank.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, mark) in marks(text) {
        if start < at {
            continue;
        }
        push(&mut pieces, Mark::Plain, &text[at..start]);
        push(&mut pieces, mark, &text[start..end]);
        at = end;
    }
    push(&mut pieces, Mark::Plain, &text[at..]);
    pieces
}

fn marks(text: &str) -> Vec<(usize, usize, Mark)> {
    let gaps = blanks::find(text);
    let inside = |at: usize| gaps.iter().any(|gap| gap.start <= at && at < gap.end);
    let odd = segments::measure(text).odd;
    let odd = odd
        .iter()
        .filter(|odd| !inside(odd.start))
        .map(|odd| (odd.start, odd.end, Mark::Odd));
    let mut marks: Vec<_> = odd
        .chain(gaps.iter().map(|gap| (gap.start, gap.end, Mark::Gap)))
        .collect();
    marks.sort_by_key(|(start, ..)| *start);
    marks
}

fn push(pieces: &mut Vec<Piece>, mark: Mark, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece {
            mark,
            text: text.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<(Mark, String)> {
        pieces(text)
            .into_iter()
            .map(|piece| (piece.mark, piece.text))
            .collect()
    }

    #[test]
    fn odd_characters_and_blanks_are_marked_and_nothing_else() {
        let expected = [
            (Mark::Plain, "it"),
            (Mark::Odd, "’"),
            (Mark::Plain, "s at "),
            (Mark::Gap, "[time]"),
            (Mark::Plain, "."),
        ];
        let expected = expected.map(|(mark, text)| (mark, text.to_owned()));
        assert_eq!(marked("it’s at [time]."), expected);
    }

    #[test]
    fn a_blank_with_an_odd_character_is_a_blank() {
        assert_eq!(marked("[día]"), [(Mark::Gap, "[día]".to_owned())]);
    }

    #[test]
    fn the_pieces_together_are_the_text() {
        for text in ["", "a", "____", "👩‍👧 [x] “y” ____ z", "[ü’]’"] {
            let whole: String = pieces(text).into_iter().map(|piece| piece.text).collect();
            assert_eq!(whole, text);
        }
    }
}
