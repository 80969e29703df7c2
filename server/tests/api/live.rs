//! What an open page is told while it is open.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, Person},
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// An open event stream.
pub struct Stream {
    answer: Response,
    read: String,
}

/// An event as it came: its id and what it says.
pub struct Event {
    pub id: i64,
    pub text: String,
}

impl Stream {
    /// Follows a case from after an event on.
    pub async fn open(who: &Person, case: &str, after: i64) -> Self {
        Self::of(who.get(&format!("/live?case={case}&after={after}")).await)
    }

    fn of(answer: Response) -> Self {
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self {
            answer,
            read: String::new(),
        }
    }

    /// The next event of a text; `None` when the stream ends. Other kinds fail.
    pub async fn next(&mut self) -> Option<Event> {
        self.next_block().await.map(|block| read(&block))
    }

    /// The lines of the next event, whatever its kind; `None` when the stream ends.
    async fn next_block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.read = rest;
                // A comment that keeps the connection alive is none.
                if value(&block, "data: ").is_some() {
                    return Some(block);
                }
                continue;
            }
            let chunk = self.answer.chunk();
            let chunk = tokio::time::timeout(Duration::from_secs(30), chunk).await;
            let chunk = chunk.expect("an event in time").expect("a connection")?;
            self.read
                .push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }
}

/// What stands after this in the lines of an event.
fn value<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    block.lines().find_map(|line| line.strip_prefix(name))
}

fn id_of(block: &str) -> i64 {
    let id = value(block, "id: ").expect("an id");
    id.parse().expect("a number")
}

fn read(block: &str) -> Event {
    let data = value(block, "data: ").expect("data");
    let data: Value = serde_json::from_str(data).expect("JSON");
    let id = id_of(block);
    assert_eq!(value(block, "event: "), Some("text"));
    assert_eq!(data["id"], id);
    let keys: Vec<_> = data.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        ["case", "id", "text"],
        "an event tells where to look, never what is written there"
    );
    Event {
        id,
        text: data["text"].as_str().expect("an id").to_owned(),
    }
}

/// The id of a case, and the newest event that its page knows.
pub async fn page(who: &Person, case: &str) -> (String, i64) {
    let (_, view) = who
        .call("load_texts", json!({ "number": case, "before": null }))
        .await;
    let id = view["case"]["id"].as_str().expect("an id").to_owned();
    (id, view["event"].as_i64().expect("a number"))
}

/// Sends a text to its end: its id, and how many events there have been by then.
async fn delivered(app: &App, who: &Person, case: &str) -> (String, i64) {
    who.text(case, "Hello.").await;
    let row = who.newest_becomes(case, &["delivered"]).await;
    let newest = app.base.number("SELECT max(id) FROM event").await;
    (row["id"].as_str().expect("an id").to_owned(), newest)
}

on_both! {
    async fn an_open_page_is_told_of_every_step_in_order(app) {
        let dana = app.sign_in(DANA).await;
        let (case, known) = page(&dana, CASE).await;
        let mut stream = Stream::open(&dana, &case, known).await;
        let (text, newest) = delivered(app, &dana, CASE).await;
        let mut last = known;
        while last < newest {
            let event = stream.next().await.expect("an event");
            assert!(event.id > last, "{} after {last}", event.id);
            assert_eq!(event.text, text);
            last = event.id;
        }
    }

    async fn a_page_that_was_away_goes_on_after_the_last_event_it_saw(app) {
        let dana = app.sign_in(DANA).await;
        let (case, known) = page(&dana, CASE).await;
        let (_, newest) = delivered(app, &dana, CASE).await;
        let mut all = vec![];
        let mut stream = Stream::open(&dana, &case, known).await;
        while all.last() != Some(&newest) {
            all.push(stream.next().await.expect("an event").id);
        }
        drop(stream);
        assert!(all.len() >= 3, "saved, on its way, and what Twilio said: {all:?}");
        // A browser says itself what it saw; the address still says what the page knew when it was loaded.
        let request = dana.from(&format!("/live?case={case}&after={known}"));
        let again = dana.with_header(request, "last-event-id", &all[0].to_string()).await;
        let mut again = Stream::of(again);
        for expected in &all[1..] {
            assert_eq!(again.next().await.expect("an event").id, *expected);
        }
    }

    async fn a_page_hears_of_its_own_case_only(app) {
        let dana = app.sign_in(DANA).await;
        let (case, known) = page(&dana, CASE).await;
        let (other, _) = delivered(app, &dana, "25-1041377").await;
        let (ours, newest) = delivered(app, &dana, CASE).await;
        let mut stream = Stream::open(&dana, &case, known).await;
        loop {
            let event = stream.next().await.expect("an event");
            assert_ne!(event.text, other);
            assert_eq!(event.text, ours);
            if event.id == newest {
                break;
            }
        }
    }

    async fn a_page_of_a_case_hears_of_the_office_too_under_another_name(app) {
        let dana = app.sign_in(DANA).await;
        let (case, known) = page(&dana, CASE).await;
        app.phone("+16615550199").texts("SM1", "please stop texting me").await;
        app.phone(CELL).texts("SM2", "Stop, please").await;
        let newest = app.base.number("SELECT max(id) FROM event").await;
        // Of other clients only that there is something to look at, and only where that was asked for.
        for (more, expected) in [("&office=1", vec!["office", "incoming", "consent"]), ("", vec!["incoming", "consent"])] {
            let path = format!("/live?case={case}{more}&after={known}");
            let mut stream = Stream::of(dana.get(&path).await);
            let mut told = vec![];
            loop {
                let block = stream.next_block().await.expect("an event");
                told.push(value(&block, "event: ").expect("a name").to_owned());
                if id_of(&block) == newest {
                    break;
                }
            }
            told.dedup();
            assert_eq!(told, expected, "{path}");
        }
    }

    async fn what_waits_says_from_which_event_on_a_page_goes_on_that_follows_it(app) {
        let dana = app.sign_in(DANA).await;
        app.phone("+16615550199").texts("SM1", "Who is this?").await;
        let newest = app.base.number("SELECT max(id) FROM event").await;
        // The second is what a page of an older version asks.
        for asked in [json!({}), json!({ "follows": true })] {
            assert_eq!(dana.call("load_waiting", asked).await.1["event"], newest);
        }
    }

    async fn an_event_stream_ends_with_the_session(app) {
        let dana = app.sign_in(DANA).await;
        let (case, known) = page(&dana, CASE).await;
        let mut stream = Stream::open(&dana, &case, known).await;
        dana.post("/logout", &[]).await;
        let again = app.sign_in(DANA).await;
        delivered(app, &again, CASE).await;
        assert!(stream.next().await.is_none(), "who signed out is told nothing more");
    }

    async fn an_address_that_names_no_case_is_refused(app) {
        let dana = app.sign_in(DANA).await;
        for path in ["/live", "/live?case=25-1041205", "/live?case="] {
            assert_eq!(dana.get(path).await.status(), StatusCode::BAD_REQUEST, "{path}");
        }
    }
}
