//! TwiML, read as Twilio reads it. Source: twilio.com/docs/messaging/twiml and …/voice/twiml.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use serde::Serialize;

/// Twilio reads no more than 64 kB.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// What a caller hears, piece by piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    pub text: String,
    /// Like `Polly.Joanna`; absent for Twilio's own choice.
    pub voice: Option<String>,
    /// Like `en-US`; absent for Twilio's own choice.
    pub language: Option<String>,
}

/// A document whose root is `<Response>`.
#[derive(Debug)]
pub(crate) struct Response(Element);

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Response {
    /// Nothing when it is no XML, too long, or another document.
    pub fn read(body: &[u8]) -> Option<Self> {
        let xml = std::str::from_utf8(body).ok()?;
        let root = tree(xml.trim_start_matches('\u{feff}'))?;
        (body.len() <= MOST_BYTES && root.name == "Response").then_some(Self(root))
    }

    /// What goes back to the phone, a text each.
    pub fn messages(&self) -> Vec<String> {
        let texts = self.verbs("Message").map(|message| {
            let inner = message.children.iter().filter(|child| child.name == "Body");
            let body: String = inner.map(|child| child.text.as_str()).collect();
            format!("{}{body}", message.text).trim().to_owned()
        });
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// What is said until somebody hangs up.
    pub fn said(&self) -> Vec<Said> {
        let verbs = self.0.children.iter();
        verbs
            .take_while(|verb| !matches!(verb.name.as_str(), "Hangup" | "Reject"))
            .filter(|verb| verb.name == "Say")
            .map(|say| Said {
                text: say.text.trim().to_owned(),
                voice: say.attribute("voice"),
                language: say.attribute("language"),
            })
            .collect()
    }

    fn verbs(&self, name: &'static str) -> impl Iterator<Item = &Element> {
        self.0.children.iter().filter(move |verb| verb.name == name)
    }
}

impl Element {
    fn open(tag: &BytesStart<'_>) -> Option<Self> {
        let mut attributes = vec![];
        for attribute in tag.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Some(Self {
            name: tag.name().as_ref().to_owned(),
            attributes,
            ..Self::default()
        })
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    }
}

fn tree(xml: &str) -> Option<Element> {
    let mut reader = Reader::from_str(xml);
    // The lowest one stands for the document.
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => open.push(Element::open(&tag)?),
            Event::Empty(tag) => open.last_mut()?.children.push(Element::open(&tag)?),
            Event::End(_) => {
                let closed = open.pop()?;
                open.last_mut()?.children.push(closed);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let read = match name.resolve_char_ref().ok()? {
                    Some(character) => Cow::Owned(character.to_string()),
                    None => Cow::Borrowed(resolve_predefined_entity(&name)?),
                };
                open.last_mut()?.text.push_str(&read);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let document = open.pop().filter(|_| open.is_empty())?;
    let outside = document.text.trim().is_empty();
    let mut roots = document.children.into_iter();
    roots.next().filter(|_| outside && roots.len() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(xml: &str) -> Option<Vec<String>> {
        Response::read(xml.as_bytes()).map(|response| response.messages())
    }

    #[test]
    fn messages_are_read_with_entities_and_cdata() {
        assert_eq!(messages("<Response/>"), Some(vec![]));
        assert_eq!(
            messages(
                "<?xml version=\"1.0\"?>\n<Response>\n <Message>a &amp; b &#x1F600; <![CDATA[<c>]]></Message><Message><Body>two</Body></Message></Response>"
            ),
            Some(vec!["a & b 😀 <c>".to_owned(), "two".to_owned()])
        );
    }

    #[test]
    fn what_is_no_response_is_not_read() {
        for wrong in [
            "",
            "Hello",
            "<html></html>",
            "<Response>",
            "<Response/><Response/>",
            "<Response>&unknown;</Response>",
            "{\"a\":1}",
        ] {
            assert_eq!(messages(wrong), None, "{wrong}");
        }
        let long = format!(
            "<Response><Message>{}</Message></Response>",
            "a".repeat(MOST_BYTES)
        );
        assert_eq!(messages(&long), None);
    }

    #[test]
    fn nothing_is_said_after_hanging_up() {
        let xml = "<Response><Say voice=\"alice\" language=\"es-US\"> Hola </Say><Hangup/><Say>late</Say></Response>";
        let said = Response::read(xml.as_bytes()).expect("a response").said();
        let hola = Said {
            text: "Hola".into(),
            voice: Some("alice".into()),
            language: Some("es-US".into()),
        };
        assert_eq!(said, [hola]);
    }
}
