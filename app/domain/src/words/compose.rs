//! The composer: the form, its counter, its notes, and the box after sending.

use super::count;
use crate::{
    compose::Sent,
    counter::{self, News},
    fixes::OddOne,
    segments::{Encoding, Measure},
    status::Status,
};

pub const SEND_TEXT: &str = "Send Text";
/// Stands above the client's name in the heading.
pub const SEND_TEXT_TO: &str = "Send Text to";
pub const QUICK_ENTRY: &str = "Quick Entry";
pub const CHOOSE_PHRASE: &str = "Choose a phrase";
pub const INSERT: &str = "Insert";
pub const TEXT: &str = "Text";
pub const CANCEL: &str = "Cancel/Close";
pub const TO: &str = "To";
pub const OK: &str = "Ok";
/// Tells before the first key what the counter tells after each; the only description of the text box.
pub const HINT: &str =
    "One text holds 160 characters. Longer texts are sent in parts and cost more.";
pub const SENDING: &str = "Sending…";

pub const PHRASES: &str = "Quick entries";
pub const FIND_PHRASE: &str = "Find a phrase, or press / in the text";
pub const NO_PHRASE: &str = "No phrase has these words. Type fewer letters, or press Esc.";
pub const NO_PHRASES_YET: &str =
    "The office has no quick entries yet. An administrator adds them under Setup Functions.";

pub const BEFORE_YOU_SEND: &str = "Before you send";
pub const CLIENTS_TIME: &str = "Their time";
pub const LANGUAGE: &str = "Language";
pub const SHARED_PHONE: &str = "Phone";
pub const LAST_TEXTS: &str = "Last texts";
pub const NO_TEXTS_YET: &str = "No text has gone to this client on this case yet.";

pub const DRAFT_KEPT: &str = "Your draft is kept";
pub const DRAFT_FAILED: &str = "Draft not saved yet; it is tried again as you type";
pub const BACK_TO_CASE: &str = "Back to the case";
pub const TO_CLIENT: &str = "Open the client's page";

pub const LEAVE: &str = "You have written a text that is not sent";
pub const KEEP_AND_LEAVE: &str = "Keep the draft and leave";
pub const THROW_AWAY: &str = "Throw the draft away";
pub const GO_ON: &str = "Go on writing";
pub const LEAVE_MEANS: &str =
    "A kept draft waits here for you, on any computer. Nobody else sees it.";

pub const OFFLINE: &str = "You are offline. Your text is not sent.";
pub const OFFLINE_NOW: &str = "You are offline. You can go on writing.";
pub const ONLINE_AGAIN: &str = "You are online again. Your text is still here and not sent; press Send Message when you are ready.";
pub const UNCLEAR: &str = "The connection broke while your text was being sent, so we don't know whether it arrived. Press Send Message again to find out: it cannot go out twice.";
pub const SIGNED_OUT: &str =
    "You are signed out, and your text is not sent. Sign in, and it is here again.";
pub const SIGN_IN: &str = "Sign in";
pub const OUTDATED: &str = "A new version of this program is there. Your draft is kept; load this page again, then send it.";
pub const LOAD_AGAIN: &str = "Load this page again";

pub const SENT: &str = "Message Sent!";
pub const ON_ITS_WAY: &str = "Saved and on its way";
pub const REFUSED: &str = "Not sent";
pub const NOT_DELIVERED: &str = "Not delivered";

/// The name of the text box.
pub fn text_to(name: &str, phone: &str) -> String {
    format!(" to {name}, {phone}")
}

/// The name of the form, and of the region around it.
pub fn form_name(name: &str, phone: &str) -> String {
    format!("Text to {name}, {phone}")
}

/// What the button does.
pub fn send(parts: u32) -> String {
    match parts {
        0 | 1 => "Send Message".into(),
        _ => format!("Send Message as {parts} texts"),
    }
}

/// The loud half of the counter: "27 left", "46 too many".
pub fn left(measure: &Measure, allowed: u32) -> String {
    match counter::over(measure, allowed) {
        0 => format!("{} left", measure.left),
        over => format!("{over} too many"),
    }
}

/// What follows it: in which text there is room.
pub fn left_where(measure: &Measure, allowed: u32) -> String {
    match (counter::over(measure, allowed), measure.parts) {
        (0, 1) => String::new(),
        (0, parts) => format!(" in text {parts} of {parts}"),
        _ => format!(" for {}", count(i64::from(allowed), "text", "texts")),
    }
}

/// The quiet half of the counter: texts, characters, encoding.
pub fn total(measure: &Measure, allowed: u32) -> String {
    let Measure {
        units, parts, room, ..
    } = measure;
    let encoding = encoding(measure.encoding);
    match parts {
        1 if *units == 0 => format!("1 text · up to {room} characters · {encoding}"),
        1 => format!("1 text · {units} of {room} · {encoding}"),
        _ if *parts > allowed => {
            format!("Would go out as {parts} texts · {units} characters · {encoding}")
        }
        _ => format!("Goes out as {parts} texts · {units} of {room} · {encoding}"),
    }
}

/// The name of an encoding, as Twilio's bills and manuals have it.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    }
}

/// News for those who hear the page.
pub fn news(news: News) -> String {
    match news {
        News::Parts(parts) => texts(parts),
        News::TooMany { parts, allowed } => {
            format!(
                "Too long: {}. No more than {} can be sent",
                texts(parts),
                texts(allowed)
            )
        }
        News::Room(room) => format!("One text now holds {room} characters"),
    }
}

/// How many texts a phrase or a text is.
pub fn texts(parts: u32) -> String {
    count(i64::from(parts), "text", "texts")
}

/// How many blanks there are, and how the keyboard goes through them.
pub fn gaps(blanks: usize) -> String {
    let blanks = count(i64::try_from(blanks).unwrap_or(i64::MAX), "blank", "blanks");
    format!("{blanks} to fill in. Tab goes to the next one; Esc, then Tab, leaves the text.")
}

/// How many phrases the list shows, for those who hear it.
pub fn found(phrases: usize) -> String {
    count(
        i64::try_from(phrases).unwrap_or(i64::MAX),
        "phrase",
        "phrases",
    )
}

/// When the draft was saved.
pub fn draft_saved(time: &str) -> String {
    format!("Draft saved {time}")
}

/// Others with the same phone.
pub fn shared_with(names: &[String]) -> String {
    format!("Shared with {}", super::list(names))
}

/// The link to all texts of the case.
pub fn all_texts(texts: i64) -> String {
    match texts {
        0 | 1 => "Texts".into(),
        _ => format!("All {} texts", super::thousands(texts)),
    }
}

/// The heading above replaceable characters: what they cost, or would.
pub fn fixes_heading(characters: usize, parts: u32, parts_then: u32) -> String {
    let who = match characters {
        1 => "One character".to_owned(),
        n => format!("{n} characters"),
    };
    let verb = |one: &'static str, many: &'static str| if characters == 1 { one } else { many };
    if parts_then < parts {
        format!("{who} {} this {parts} texts:", verb("makes", "make"))
    } else {
        format!(
            "{who} {} room for 70 characters a text, not 160:",
            verb("leaves", "leave")
        )
    }
}

/// What replacing them all would bring.
pub fn fixes_gain(parts: u32, parts_then: u32) -> String {
    if parts_then < parts {
        format!("Replaced, the text fits in {parts_then}.")
    } else {
        String::new()
    }
}

/// The name of an odd character: "the curly apostrophe".
pub fn name_of(odd: &str) -> &'static str {
    match odd.chars().next().unwrap_or(' ') {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => "the curly apostrophe",
        '\u{201c}'..='\u{201f}' => "the curly quotation mark",
        '«' | '»' | '‹' | '›' => "the angled quotation mark",
        '`' => "the backtick",
        '´' => "the lone accent",
        '\u{2010}' | '\u{2011}' => "the printer's hyphen",
        '\u{2012}' | '\u{2013}' => "the dash",
        '\u{2014}' | '\u{2015}' => "the long dash",
        '…' => "the ellipsis",
        '•' | '‣' | '◦' | '●' | '▪' => "the bullet",
        '¼' | '½' | '¾' => "the fraction",
        '\u{a0}' | '\u{202f}' => "the no-break space",
        '\t' => "the tab",
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => "the wide space",
        c if is_hidden(c) => "the hidden character",
        _ => "the character",
    }
}

/// How an odd character is shown: itself, or its number when nobody could see it.
pub fn glyph(odd: &str) -> String {
    match odd.chars().next() {
        Some(c) if is_hidden(c) || c.is_whitespace() => format!("U+{:04X}", u32::from(c)),
        _ => odd.to_owned(),
    }
}

/// Where it stands: " in “it’s”", and how often.
pub fn place_of(one: &OddOne) -> String {
    let word = one
        .word
        .as_ref()
        .map(|word| format!(" in “{word}”"))
        .unwrap_or_default();
    match one.times {
        1 => word,
        n => format!("{word}, {n} times"),
    }
}

/// The button that replaces, and what it adds for those who hear it.
pub fn use_fix(one: &OddOne) -> (&'static str, Option<&'static str>, String) {
    let in_place = format!(" in place of {} {}", name_of(&one.odd), glyph(&one.odd));
    match one.fix {
        Some("") | None => (
            "Take it out",
            None,
            format!(": {} {}", name_of(&one.odd), glyph(&one.odd)),
        ),
        Some(" ") => ("Use a space", None, in_place),
        Some("\n") => ("Use a new line", None, in_place),
        Some(fix) => ("Use ", Some(fix), in_place),
    }
}

/// The calm note about letters that are right as they are: heading and sentence.
pub fn letters(ones: &[OddOne], parts: u32) -> (String, String) {
    let word = ones.first().and_then(|one| one.word.as_ref());
    let names = glyphs(ones);
    let what = match (ones, word) {
        ([one], Some(word)) => format!("The letter {} in “{word}” leaves", one.odd),
        ([one], None) => format!("The letter {} leaves", one.odd),
        _ => format!("The letters {names} leave"),
    };
    let sentence = format!(
        "{what} room for 70 characters a text, not 160. That is correct spelling; keep it unless cost matters more."
    );
    (goes_out_as(parts), sentence)
}

/// The note about other characters that nothing can stand for, such as emoji.
pub fn symbols(ones: &[OddOne], parts: u32) -> (String, String) {
    let verb = if ones.len() == 1 { "leaves" } else { "leave" };
    let sentence = format!(
        "{} {verb} room for 70 characters a text, not 160.",
        glyphs(ones)
    );
    (goes_out_as(parts), sentence)
}

fn goes_out_as(parts: u32) -> String {
    format!("Goes out as {}.", texts(parts))
}

/// The first few; a text in another script has too many to name.
fn glyphs(ones: &[OddOne]) -> String {
    const NAMED: usize = 4;
    let mut names: Vec<String> = ones.iter().take(NAMED).map(|one| glyph(&one.odd)).collect();
    if ones.len() > NAMED {
        names.push("others".into());
    }
    super::list(&names)
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The heading of the box after sending.
pub fn box_heading(sent: &Sent) -> &'static str {
    match sent.status {
        Status::Waiting | Status::Claimed | Status::Posting => ON_ITS_WAY,
        Status::Unknown | Status::Canceled => super::status::word(sent.status),
        Status::Refused | Status::Stopped | Status::Failed => REFUSED,
        Status::Undelivered => NOT_DELIVERED,
        _ => SENT,
    }
}

/// What Twilio said, below the heading; nothing as long as it said nothing.
pub fn box_answer(sent: &Sent) -> Option<String> {
    let by_twilio = Status::from_twilio(sent.status.as_str()).is_some();
    by_twilio.then(|| format!("Twilio responded with: '{}'", sent.status.as_str()))
}

/// What it means, and what to do.
pub fn box_meaning(sent: &Sent) -> Vec<String> {
    if let Some(why) = sent.stopped {
        return vec![super::status::stopped(why).into()];
    }
    if let (true, Some(code)) = (went_wrong(sent.status), sent.error) {
        return vec![
            super::codes::meaning(code).into(),
            super::codes::next_step(code).into(),
        ];
    }
    let sentence = match sent.status {
        Status::Waiting | Status::Claimed | Status::Posting => {
            "Your text is saved. Twilio has not answered yet; look in Texts to see how it goes on. There is no need to send it again."
        }
        Status::Scheduled | Status::Accepted | Status::Queued | Status::Sending => {
            "Twilio has the text and passes it on. Look in Texts to see when it is delivered."
        }
        status => super::status::sentence(status),
    };
    vec![sentence.into()]
}

/// Twilio's code, in small print, if the text went wrong with one.
pub fn box_code(sent: &Sent) -> Option<String> {
    sent.error.filter(|_| went_wrong(sent.status)).map(code)
}

/// Twilio's code, in small print.
pub fn code(code: u32) -> String {
    format!("Twilio's code {code}")
}

/// The text did not and will not arrive.
pub fn went_wrong(status: Status) -> bool {
    matches!(
        status,
        Status::Refused | Status::Stopped | Status::Failed | Status::Undelivered
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fixes::odd_ones, segments::measure};

    #[test]
    fn the_counter_counts_down_in_words() {
        let line = |text: &str, allowed| {
            let m = measure(text);
            format!(
                "{}{} | {}",
                left(&m, allowed),
                left_where(&m, allowed),
                total(&m, allowed)
            )
        };
        assert_eq!(
            line("", 1),
            "160 left | 1 text · up to 160 characters · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(133), 1),
            "27 left | 1 text · 133 of 160 · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(206), 2),
            "100 left in text 2 of 2 | Goes out as 2 texts · 206 of 306 · GSM-7"
        );
        assert_eq!(
            line(&"a".repeat(206), 1),
            "46 too many for 1 text | Would go out as 2 texts · 206 characters · GSM-7"
        );
        assert_eq!(line("it’s", 1), "66 left | 1 text · 4 of 70 · UCS-2");
    }

    #[test]
    fn the_button_says_what_it_does() {
        assert_eq!(send(1), "Send Message");
        assert_eq!(send(2), "Send Message as 2 texts");
    }

    #[test]
    fn a_curly_apostrophe_is_named_with_its_word_and_its_price() {
        let one = &odd_ones("it’s")[0];
        assert_eq!(name_of(&one.odd), "the curly apostrophe");
        assert_eq!(place_of(one), " in “it’s”");
        assert_eq!(use_fix(one).0, "Use ");
        assert_eq!(use_fix(one).1, Some("'"));
        assert_eq!(fixes_heading(1, 2, 1), "One character makes this 2 texts:");
        assert_eq!(
            fixes_heading(2, 1, 1),
            "2 characters leave room for 70 characters a text, not 160:"
        );
    }

    #[test]
    fn spanish_is_never_scolded() {
        let (heading, sentence) = letters(&odd_ones("identificación"), 2);
        assert_eq!(heading, "Goes out as 2 texts.");
        assert!(sentence.starts_with("The letter ó in “identificación” leaves room for 70"));
        assert!(sentence.contains("correct spelling"));
    }

    #[test]
    fn what_nobody_can_see_is_shown_by_its_number() {
        assert_eq!(glyph("\u{200b}"), "U+200B");
        assert_eq!(glyph("\u{a0}"), "U+00A0");
        assert_eq!(glyph("’"), "’");
    }

    #[test]
    fn sent_is_never_said_before_twilio_accepted() {
        for status in Status::ALL {
            let sent = sample(status);
            let accepted = status.rank() >= Status::Scheduled.rank() && !went_wrong(status);
            let said = box_heading(&sent) == SENT;
            assert_eq!(said, accepted && status != Status::Canceled, "{status:?}");
        }
    }

    #[test]
    fn the_box_says_what_twilio_said() {
        assert_eq!(
            box_answer(&sample(Status::Queued)).as_deref(),
            Some("Twilio responded with: 'queued'")
        );
        assert_eq!(box_answer(&sample(Status::Posting)), None);
    }

    fn sample(status: Status) -> Sent {
        let id = "0190a000-0000-7000-8000-000000000000";
        let at = crate::when::When {
            utc: String::new(),
            day: "Today".into(),
            time: "2:14 PM".into(),
            zone: "PST".into(),
            exact: String::new(),
        };
        Sent {
            text: id.parse().expect("an id"),
            status,
            error: None,
            stopped: None,
            at,
            next_key: id.parse().expect("a key"),
        }
    }
}
