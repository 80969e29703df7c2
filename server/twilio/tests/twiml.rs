//! TwiML is read back as Twilio would: well-formed, with the very text, and no verb that was not meant.
#![expect(clippy::unwrap_used, reason = "a test falls where it stands")]

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, Event};
use twilio::twiml::{Say, call_reply, message_reply};

fn say(text: &str, voice: &str, language: &str) -> String {
    call_reply(&[Say {
        text,
        voice,
        language,
    }])
}

#[derive(Debug, Default, PartialEq)]
struct Read {
    verbs: Vec<String>,
    text: String,
    voice: String,
}

fn read(xml: &str) -> Read {
    let mut reader = Reader::from_str(xml);
    let mut found = Read::default();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(element) | Event::Empty(element) => {
                found.verbs.push(element.name().as_ref().to_owned());
                if let Some(voice) = element.try_get_attribute("voice").unwrap() {
                    found.voice = unescape(&voice.value).unwrap().into();
                }
            }
            Event::Text(text) => found.text += &text,
            Event::GeneralRef(entity) => found.text += &resolved(&entity),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn resolved(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref().unwrap() {
        Some(character) => character.to_string(),
        None => resolve_xml_entity(entity).unwrap().to_owned(),
    }
}

#[test]
fn a_reply_is_one_message() {
    let xml = message_reply(Some("We got your text."));
    assert_eq!(
        xml,
        r#"<?xml version="1.0" encoding="UTF-8"?><Response><Message>We got your text.</Message></Response>"#
    );
}

#[test]
fn no_reply_is_an_empty_response() {
    assert_eq!(
        message_reply(None),
        r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#
    );
}

#[test]
fn a_call_is_answered_and_hung_up() {
    let xml = say("Text us.", "Polly.Joanna", "en-US");
    assert!(xml.ends_with(
        r#"<Response><Say voice="Polly.Joanna" language="en-US">Text us.</Say><Hangup/></Response>"#
    ));
}

#[test]
fn a_second_text_is_said_after_the_first() {
    let say = |text, voice| Say {
        text,
        voice,
        language: "en-US",
    };
    let xml = call_reply(&[say("One.", "woman"), say("Two.", "man")]);
    let found = read(&xml);
    assert_eq!(found.verbs, ["Response", "Say", "Say", "Hangup"]);
    assert_eq!(
        (found.text.as_str(), found.voice.as_str()),
        ("One.Two.", "man")
    );
    assert_eq!(read(&call_reply(&[])).verbs, ["Response", "Hangup"]);
}

#[test]
fn the_longest_answer_that_setup_allows_is_within_twilios_64_kb() {
    // The quotation mark takes the most bytes once it is escaped.
    let longest = "\"".repeat(4096);
    let say = Say {
        text: &longest,
        voice: "woman",
        language: "en-US",
    };
    assert!(call_reply(&[say, say]).len() <= 64 * 1024);
    assert_eq!(read(&call_reply(&[say, say])).text.len(), 2 * 4096);
}

#[test]
fn text_cannot_become_a_verb() {
    let attack = r#"</Message><Redirect>http://evil.example</Redirect>]]>&amp;<!--"#;
    let found = read(&message_reply(Some(attack)));
    assert_eq!(found.verbs, ["Response", "Message"]);
    assert_eq!(found.text, attack);
}

#[test]
fn an_attribute_cannot_become_another() {
    let found = read(&say("Hi", r#"a" loop="0"><Dial/"#, "en-US"));
    assert_eq!(found.verbs, ["Response", "Say", "Hangup"]);
    assert_eq!(found.voice, r#"a" loop="0"><Dial/"#);
}

#[test]
fn characters_that_xml_forbids_are_left_out() {
    let found = read(&message_reply(Some(
        "a\0b\u{1}c\u{b}\u{fffe}\u{ffff}d\te\r\nf",
    )));
    assert_eq!(found.text, "abcd\te\nf");
    // What stood between the two of a line's end leaves one end of a line, not two.
    let found = read(&message_reply(Some("a\r\u{1c}\nb")));
    assert_eq!(found.text, "a\nb");
}

fn kept(text: &str) -> String {
    let forbidden =
        |c: char| (c < ' ' && !"\t\n\r".contains(c)) || c == '\u{fffe}' || c == '\u{ffff}';
    text.replace(forbidden, "")
        .replace("\r\n", "\n")
        .replace('\r', "\n")
}

proptest! {
    #[test]
    fn any_text_comes_back(text in prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter)) {
        let reply = read(&message_reply(Some(&text)));
        prop_assert_eq!(&reply.text, &kept(&text));
        prop_assert_eq!(reply.verbs, ["Response", "Message"]);
        let spoken = read(&say(&text, &text, "en-US"));
        prop_assert_eq!(&spoken.text, &kept(&text));
        prop_assert_eq!(spoken.verbs, ["Response", "Say", "Hangup"]);
    }

    #[test]
    fn any_markup_comes_back(text in "[<>&\"';\\]!\\-/A-Za-z ]{0,40}") {
        prop_assert_eq!(read(&message_reply(Some(&text))).text, text);
    }
}
