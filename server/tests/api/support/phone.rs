//! Somebody's phone: texts to the organization's number as Twilio brings them, and what it gets back.

use super::{App, browser, sign};
use quick_xml::{Reader, escape::resolve_xml_entity, events::Event};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

/// Where a text comes from.
pub struct Phone<'a> {
    app: &'a App,
    number: &'a str,
}

/// What an answer makes Twilio do: verbs in order, and the texts that go back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    pub verbs: Vec<String>,
    pub texts: Vec<String>,
}

impl Answer {
    /// An empty answer.
    pub fn none() -> Self {
        Self {
            verbs: vec!["Response".into()],
            texts: vec![],
        }
    }

    /// One text that goes back.
    pub fn text(body: &str) -> Self {
        Self {
            verbs: vec!["Response".into(), "Message".into()],
            texts: vec![body.into()],
        }
    }
}

impl App {
    /// The phone with this number.
    pub fn phone<'a>(&'a self, number: &'a str) -> Phone<'a> {
        Phone { app: self, number }
    }

    /// Posts a text to a path, signed over the address that Twilio has.
    pub async fn bring(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let signature = sign(&self.token, &format!("{}{path}", self.url), form);
        self.bring_with(path, &signature, form).await
    }

    /// Posts a text with this signature.
    pub async fn bring_with(&self, path: &str, sig: &str, form: &[(&str, &str)]) -> Response {
        let request = browser().post(format!("{}{path}", self.url)).form(form);
        let request = request.header(twilio::signature::HEADER, sig);
        request.send().await.unwrap()
    }
}

impl Phone<'_> {
    /// The form of a text.
    pub fn form<'a>(&'a self, sid: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("MessageSid", sid),
            ("SmsSid", sid),
            ("AccountSid", &self.app.account),
            ("From", self.number),
            ("To", "+16615550100"),
            ("Body", body),
            ("NumMedia", "0"),
            ("SmsStatus", "received"),
            ("ApiVersion", "2010-04-01"),
        ]
    }

    /// Texts, and reads the answer.
    pub async fn texts(&self, sid: &str, body: &str) -> Answer {
        read(self.app.bring("/twilio/text", &self.form(sid, body)).await).await
    }
}

/// Reads an answer with an XML parser.
pub async fn read(answer: Response) -> Answer {
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/xml; charset=utf-8");
    let xml = answer.text().await.unwrap();
    let mut reader = Reader::from_str(&xml);
    let mut answer = Answer::default();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(element) | Event::Empty(element) => {
                let verb = element.name().as_ref().to_owned();
                if verb == "Message" {
                    answer.texts.push(String::new());
                }
                answer.verbs.push(verb);
            }
            Event::Text(text) => *answer.texts.last_mut().expect("within a text") += &text,
            Event::GeneralRef(entity) => {
                let text = match entity.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => resolve_xml_entity(&entity).unwrap().to_owned(),
                };
                *answer.texts.last_mut().expect("within a text") += &text;
            }
            Event::Eof => return answer,
            _ => {}
        }
    }
}

impl super::Person {
    /// The client of a case, as pages show it.
    pub async fn client_of(&self, case: &str) -> Value {
        let (_, view) = self.call("load_case", json!({ "number": case })).await;
        view["client"].clone()
    }

    /// What the client of a case wrote, newest first.
    pub async fn came(&self, case: &str) -> Vec<Value> {
        let (_, view) = self
            .call("load_texts", json!({ "number": case, "before": null }))
            .await;
        view["incoming"].as_array().expect("rows").clone()
    }

    /// The ledger of the client of a case, newest first: event and source of each line.
    pub async fn ledger_of(&self, case: &str) -> Vec<(String, String)> {
        let client = self.client_of(case).await;
        let word =
            |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_lowercase();
        let lines = client["ledger"].as_array().expect("lines");
        lines
            .iter()
            .map(|line| (word(line, "event"), word(line, "source")))
            .collect()
    }
}
