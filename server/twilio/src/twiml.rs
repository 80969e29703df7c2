//! TwiML, the XML that answers an incoming text or call. Source: twilio.com/docs/messaging/twiml and …/voice/twiml.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// The content type of every answer here.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// Answers an incoming text: with one text back, or with nothing (`<Response/>`).
pub fn message_reply(body: Option<&str>) -> String {
    document(|writer| match body {
        Some(body) => {
            writer
                .create_element("Response")
                .write_inner_content(|inner| {
                    inner
                        .create_element("Message")
                        .write_text_content(BytesText::new(&clean(body)))?;
                    Ok(())
                })?;
            Ok(())
        }
        None => writer.create_element("Response").write_empty().map(|_| ()),
    })
}

/// One text to be spoken, in the voice (`Polly.Joanna`, `woman` …) and language (`en-US`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say<'a> {
    pub text: &'a str,
    pub voice: &'a str,
    pub language: &'a str,
}

/// Answers an incoming call: says the texts one after the other, hangs up.
///
/// Twilio says at most 4096 characters of each (3000 with Polly voices); the caller keeps to that.
pub fn call_reply(texts: &[Say<'_>]) -> String {
    document(|writer| {
        writer
            .create_element("Response")
            .write_inner_content(|inner| {
                for say in texts {
                    inner
                        .create_element("Say")
                        .with_attribute(("voice", clean(say.voice).as_str()))
                        .with_attribute(("language", clean(say.language).as_str()))
                        .write_text_content(BytesText::new(&clean(say.text)))?;
                }
                inner.create_element("Hangup").write_empty()?;
                Ok(())
            })?;
        Ok(())
    })
}

fn document(content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> String {
    let mut writer = Writer::new(Vec::new());
    writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| content(&mut writer))
        .expect("writing into memory does not fail");
    String::from_utf8(writer.into_inner()).expect("the writer was given text only")
}

/// No character that XML 1.0 forbids (production `Char`): one would make the whole answer unreadable. Then line ends as LF.
fn clean(text: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let allowed: String = text.chars().filter(allowed).collect();
    allowed.replace("\r\n", "\n").replace('\r', "\n")
}
