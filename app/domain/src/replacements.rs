//! Typographic characters and what may stand for them in GSM-7 with the same meaning.
//!
//! The set covers that of Twilio's Smart Encoding and adds what word processors, PDF files and phone
//! books put into pasted text. It is offered to the writer, never applied silently. It departs from
//! Twilio's twice: a wide space or tab becomes one space, not two or seven, and ‹ › keep their
//! direction. Letters whose accent carries meaning (á í ó ú ç) have no replacement.

/// The GSM-7 replacement of one character; `Some("")` when it is invisible and may simply go.
#[must_use]
pub fn of_char(c: char) -> Option<&'static str> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => of_fullwidth(c),
        _ => of_space(c)
            .or_else(|| of_quote(c))
            .or_else(|| of_mark(c))
            .or_else(|| of_symbol(c))
            .or_else(|| of_letter(c)),
    }
}

/// The GSM-7 replacement of one grapheme: that of its single character, or the letter that a base
/// and its combining accent make together, where GSM-7 has that letter (`n` + U+0303 is `ñ`).
#[must_use]
pub fn of_grapheme(grapheme: &str) -> Option<&'static str> {
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(c), None, None) => of_char(c),
        (Some(base), Some(accent), None) => composed(base, accent),
        _ => None,
    }
}

/// Spaces of other widths, line ends of other programs, and what nobody can see.
fn of_space(c: char) -> Option<&'static str> {
    Some(match c {
        // A manual line break of a word processor.
        '\u{0b}' => "\n",
        '\t' | '\u{80}'..='\u{a0}' | '\u{2000}'..='\u{200a}' => " ",
        '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\0'..='\u{08}' | '\u{0e}'..='\u{1f}' | '\u{7f}' => "",
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => "",
        // Left-to-right marks that phone books put around a copied number.
        '\u{200e}' | '\u{202a}' | '\u{202c}' | '\u{202d}' | '\u{2066}' | '\u{2068}'
        | '\u{2069}' => "",
        _ => return None,
    })
}

fn of_quote(c: char) -> Option<&'static str> {
    Some(match c {
        '«' | '»' | '\u{2ba}' | '\u{2ee}' | '\u{201c}'..='\u{201f}' => "\"",
        '″' | '‶' | '\u{275d}' | '\u{275e}' | '\u{301d}'..='\u{301f}' => "\"",
        '`' | '´' | '\u{2b9}' | '\u{2bb}'..='\u{2bd}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' => "'",
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '′' | '‵' | '\u{275b}' | '\u{275c}' => "'",
        '\u{313}' | '\u{314}' | '\u{fe10}' | '\u{fe11}' => "'",
        '‚' => ",",
        '‹' => "<",
        '›' => ">",
        _ => return None,
    })
}

/// Dashes, bullets, dots, brackets and the other marks of a sentence.
fn of_mark(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '−' | '\u{2043}' | '⎼' | '⎽' | '\u{fe63}' => "-",
        '•' | '‣' | '◦' | '●' | '▪' => "-",
        '…' => "...",
        '‥' => "..",
        '‼' => "!!",
        'ǃ' | '\u{fe15}' | '\u{fe57}' => "!",
        '\u{fe16}' | '\u{fe56}' => "?",
        '。' | '\u{fe52}' | '\u{ff61}' => ".",
        '、' | '\u{326}' | '\u{fe50}' | '\u{fe51}' | '\u{ff64}' => ",",
        'ː' | '\u{2f8}' | '⦂' | '꞉' | '\u{fe13}' => ":",
        '⁏' | '\u{fe14}' | '\u{fe54}' => ";",
        '❨' | '❪' | '⟮' | '⦅' | '\u{fe59}' => "(",
        '❩' | '❫' | '⟯' | '⦆' | '\u{fe5a}' => ")",
        '❴' | '\u{fe5b}' => "{",
        '❵' | '\u{fe5c}' => "}",
        '\u{332}' | '‗' => "_",
        _ => return None,
    })
}

fn of_symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '¼' => "1/4",
        '½' => "1/2",
        '¾' => "3/4",
        '×' => "x",
        '÷' | '\u{337}' | '\u{338}' | '⁄' | '∕' | '⧸' => "/",
        '\u{20e5}' | '⧵' | '⧹' | '\u{fe68}' => "\\",
        '\u{20d2}' | '\u{20d3}' | '∣' | '⎜' | '⎟' | '⎸' | '⎹' | '⏐' => "|",
        '⁎'
        | '∗'
        | '⊛'
        | '✢'..='✥'
        | '✱'..='✳'
        | '✺'..='✽'
        | '❃'
        | '❉'..='❋'
        | '⧆'
        | '\u{fe61}' => "*",
        '\u{2d6}' | '\u{fe62}' => "+",
        '\u{347}' | '꞊' | '\u{fe66}' => "=",
        '\u{fe64}' => "<",
        '\u{fe65}' => ">",
        '\u{2c6}' | '\u{302}' | '\u{1dcd}' => "^",
        '\u{2dc}' | '\u{2f7}' | '\u{303}' | '\u{330}' | '\u{334}' | '∼' => "~",
        '\u{fe6b}' => "@",
        '\u{fe69}' => "$",
        '\u{fe5f}' => "#",
        '\u{fe6a}' => "%",
        '\u{fe60}' => "&",
        _ => return None,
    })
}

/// Ligatures, as copied from PDF files, and small capitals.
fn of_letter(c: char) -> Option<&'static str> {
    const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    const SMALL_CAPITALS: [(char, &str); 24] = [
        ('ᴀ', "A"),
        ('ʙ', "B"),
        ('ᴄ', "C"),
        ('ᴅ', "D"),
        ('ᴇ', "E"),
        ('ꜰ', "F"),
        ('ɢ', "G"),
        ('ʜ', "H"),
        ('ɪ', "I"),
        ('ᴊ', "J"),
        ('ᴋ', "K"),
        ('ʟ', "L"),
        ('ᴍ', "M"),
        ('ɴ', "N"),
        ('ᴏ', "O"),
        ('ᴘ', "P"),
        ('ʀ', "R"),
        ('ꜱ', "S"),
        ('ᴛ', "T"),
        ('ᴜ', "U"),
        ('ᴠ', "V"),
        ('ᴡ', "W"),
        ('ʏ', "Y"),
        ('ᴢ', "Z"),
    ];
    if let '\u{fb00}'..='\u{fb06}' = c {
        return LIGATURES.get(c as usize - 0xfb00).copied();
    }
    let found = SMALL_CAPITALS.iter().find(|(letter, _)| *letter == c)?;
    Some(found.1)
}

/// Fullwidth forms stand in the order of ASCII.
fn of_fullwidth(c: char) -> Option<&'static str> {
    const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_'\
                         abcdefghijklmnopqrstuvwxyz{|}~";
    let at = (c as usize).checked_sub(0xff01)?;
    ASCII.get(at..=at)
}

fn composed(base: char, accent: char) -> Option<&'static str> {
    Some(match (base, accent) {
        ('a', '\u{300}') => "à",
        ('e', '\u{300}') => "è",
        ('i', '\u{300}') => "ì",
        ('o', '\u{300}') => "ò",
        ('u', '\u{300}') => "ù",
        ('e', '\u{301}') => "é",
        ('E', '\u{301}') => "É",
        ('n', '\u{303}') => "ñ",
        ('N', '\u{303}') => "Ñ",
        ('a', '\u{308}') => "ä",
        ('o', '\u{308}') => "ö",
        ('u', '\u{308}') => "ü",
        ('A', '\u{308}') => "Ä",
        ('O', '\u{308}') => "Ö",
        ('U', '\u{308}') => "Ü",
        ('a', '\u{30a}') => "å",
        ('A', '\u{30a}') => "Å",
        ('C', '\u{327}') => "Ç",
        _ => return None,
    })
}
