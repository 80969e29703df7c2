//! The XML that answers texts and calls.

use quick_xml::{
    Reader,
    escape::{resolve_xml_entity, unescape},
    events::{BytesRef, Event},
};
use twilio::twiml::{Say, call_reply, message_reply};

/// Whatever an administrator typed, the answer is well-formed, holds these words, and no verb but ours.
pub fn holds(data: &[u8]) {
    let typed = String::from_utf8_lossy(data);
    let words: String = typed.chars().filter(|&letter| is_xml(letter)).collect();
    let reply = read(&message_reply(Some(&typed)));
    assert_eq!(reply.verbs, ["Response", "Message"]);
    assert_eq!(lines(&reply.text), lines(&words));
    let half = typed.len() / 2;
    let half = (half..=typed.len())
        .find(|&at| typed.is_char_boundary(at))
        .unwrap_or(0);
    let (voice, text) = typed.split_at(half);
    let call = read(&call_reply(&[Say {
        text,
        voice,
        language: voice,
    }]));
    assert_eq!(call.verbs, ["Response", "Say", "Hangup"]);
    let words: String = text.chars().filter(|&letter| is_xml(letter)).collect();
    assert_eq!(lines(&call.text), lines(&words));
}

#[derive(Default)]
struct Read {
    verbs: Vec<String>,
    text: String,
}

fn read(xml: &str) -> Read {
    let mut reader = Reader::from_str(xml);
    let mut found = Read::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                found.verbs.push(element.name().as_ref().to_owned());
                for attribute in element.attributes() {
                    let value = attribute.map(|each| unescape(&each.value).is_ok());
                    assert!(
                        matches!(value, Ok(true)),
                        "an attribute cannot be read in {xml}"
                    );
                }
            }
            Ok(Event::Text(text)) => found.text += &text,
            Ok(Event::GeneralRef(entity)) => found.text += &resolved(&entity),
            Ok(Event::Eof) => return found,
            Ok(_) => {}
            Err(error) => panic!("{error} in {xml}"),
        }
    }
}

fn resolved(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => resolve_xml_entity(entity)
            .unwrap_or("an entity that is none")
            .to_owned(),
    }
}

/// Ends of lines are one kind to XML (section 2.11).
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The characters of XML 1.0, section 2.2.
fn is_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
