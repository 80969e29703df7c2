//! Somebody's browser.

use super::wait;
use reqwest::{Client, RequestBuilder, Response, StatusCode, header, redirect};
use serde_json::{Value, json};

/// A browser with the cookie of whoever signed in with it, if anybody did.
pub struct Person {
    http: Client,
    url: String,
    cookie: String,
}

impl Person {
    /// A browser without a cookie.
    pub fn stranger(url: &str) -> Self {
        Self {
            http: browser(),
            url: url.to_owned(),
            cookie: String::new(),
        }
    }

    /// The same person after this answer, with the cookie that it sets.
    pub fn with_cookie_of(url: &str, answer: &Response) -> Self {
        let cookie = answer.headers()[header::SET_COOKIE]
            .to_str()
            .expect("a cookie");
        let cookie = cookie.split(';').next().expect("name and value").to_owned();
        Self {
            cookie,
            ..Self::stranger(url)
        }
    }

    /// Whoever has this cookie, at a server.
    pub fn with_cookie(url: &str, cookie: &str) -> Self {
        Self {
            cookie: cookie.to_owned(),
            ..Self::stranger(url)
        }
    }

    /// The same person at a server that came back at another address.
    pub fn moved_to(self, url: &str) -> Self {
        Self {
            url: url.to_owned(),
            ..self
        }
    }

    /// The cookie, for a request of its own.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Response {
        self.send(self.http.get(self.at(path))).await
    }

    /// The HTML of a page.
    pub async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("a page")
    }

    /// Posts a form to its page.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.send(self.http.post(self.at(path)).form(form)).await
    }

    /// Calls a server function.
    pub async fn call(&self, function: &str, arguments: Value) -> (StatusCode, Value) {
        let request = self.http.post(self.at(&format!("/api/{function}")));
        let response = self.send(request.json(&arguments)).await;
        (
            response.status(),
            response.json().await.unwrap_or(Value::Null),
        )
    }

    /// Any request, with a header of its own.
    pub async fn with_header(&self, request: RequestBuilder, name: &str, value: &str) -> Response {
        self.send(request.header(name, value)).await
    }

    /// A request that posts to a page, not yet sent.
    pub fn to(&self, path: &str) -> RequestBuilder {
        self.http.post(self.at(path))
    }

    /// A request that opens a page, not yet sent.
    pub fn from(&self, path: &str) -> RequestBuilder {
        self.http.get(self.at(path))
    }

    /// Sends a text by the plain form.
    pub async fn text(&self, case: &str, body: &str) -> Response {
        let key = self.key(case).await;
        let form = [("key", key.as_str()), ("body", body), ("press", "send")];
        self.post(&format!("/cases/{case}/text"), &form).await
    }

    /// The key of the composer's form.
    pub async fn key(&self, case: &str) -> String {
        let (_, view) = self.call("load_composer", json!({ "number": case })).await;
        view["key"].as_str().expect("a key").to_owned()
    }

    /// What this person typed on a case and did not send.
    pub async fn draft(&self, case: &str) -> Value {
        let (_, view) = self.call("load_composer", json!({ "number": case })).await;
        view["draft"]["body"].clone()
    }

    /// Whose composer this person opens.
    pub async fn author(&self, case: &str) -> String {
        let (_, view) = self.call("load_composer", json!({ "number": case })).await;
        view["author"].as_str().expect("an author").to_owned()
    }

    /// Types a draft into a composer of one's own.
    pub async fn save_draft(&self, case: &str, body: &str) -> StatusCode {
        let key = self.key(case).await;
        self.save_draft_with(case, body, &key).await.0
    }

    /// Types a draft into a composer that was opened before, whose form has this key.
    pub async fn save_draft_with(&self, case: &str, body: &str, key: &str) -> (StatusCode, Value) {
        let author = self.author(case).await;
        let arguments = json!({ "number": case, "body": body, "author": author, "key": key });
        self.call("save_draft", arguments).await
    }

    /// The rows of a case's texts, newest first.
    pub async fn rows(&self, case: &str) -> Vec<Value> {
        let (_, view) = self
            .call("load_texts", json!({ "number": case, "before": null }))
            .await;
        view["rows"].as_array().expect("rows").clone()
    }

    /// Waits until the newest text of a case has one of these statuses.
    pub async fn newest_becomes(&self, case: &str, statuses: &[&str]) -> Value {
        wait(async || {
            let newest = self.rows(case).await.into_iter().next()?;
            statuses
                .iter()
                .any(|status| newest["status"] == *status)
                .then_some(newest)
        })
        .await
    }

    /// Texting Setup as an administrator sees it.
    pub async fn setup(&self) -> Value {
        self.call("load_setup", json!({})).await.1
    }

    /// Runs the check of Texting Setup to its end: its lines.
    pub async fn checked(&self) -> Vec<Value> {
        let started = self.post("/admin/texting", &[]).await;
        assert_eq!(started.status(), StatusCode::SEE_OTHER);
        wait(async || {
            let check = self.setup().await["check"].take();
            let lines = check["lines"].as_array()?.clone();
            (check["running"] == false && lines.len() == 10).then_some(lines)
        })
        .await
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        let request = request.header(header::COOKIE, &self.cookie);
        request.send().await.expect("an answer")
    }
}

/// An HTTP client that shows redirects instead of following them.
pub fn browser() -> Client {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy();
    client.build().expect("a client")
}

/// Sets up texting step by step, as an administrator does. Twilio is given `status_callback` for its reports.
pub async fn set_up_texting(
    person: &Person,
    account: &str,
    token: &str,
    number: &str,
    status_callback: &str,
) {
    let responses = [
        ("text_response", "Call us."),
        ("call_response", "Call us."),
        ("call_voice", "Polly.Joanna/en-US"),
        ("second_voice", "Polly.Lupe/es-US"),
        ("max_parts", "1"),
    ];
    let steps: [(&str, &[(&str, &str)]); 4] = [
        ("account", &[("sid", account), ("token", token)]),
        ("number", &[("number", number)]),
        ("responses", &responses),
        ("address", &[("status_callback", status_callback)]),
    ];
    for (step, form) in steps {
        let answer = person.post(&format!("/admin/texting/{step}"), form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{step}");
    }
}
