//! Something between the program and Twilio that passes on what the one asks and the other answers, until it is told to
//! do otherwise.

use super::browser;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// What it does with what it is asked.
#[derive(Clone, Default)]
enum Does {
    #[default]
    PassOn,
    /// Says of everything that it is at another address.
    SendOn(String),
    /// Passes on, and says of each text that is sent that it has this Sid.
    Rename(String),
}

struct Shared {
    twilio: String,
    does: Mutex<Does>,
    /// How many texts were handed to it.
    texts: Mutex<usize>,
}

/// It works until its test ends.
pub struct Between {
    pub url: String,
    shared: Arc<Shared>,
}

impl Between {
    /// Stands before the Twilio of this address.
    pub async fn before(twilio: &str) -> Self {
        let shared = Arc::new(Shared {
            twilio: twilio.to_owned(),
            does: Mutex::default(),
            texts: Mutex::default(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    /// Passes everything on, as at the beginning.
    pub fn pass_on(&self) {
        *self.shared.does.lock().unwrap() = Does::PassOn;
    }

    /// From now on sends everybody on to another address.
    pub fn send_on_to(&self, url: &str) {
        *self.shared.does.lock().unwrap() = Does::SendOn(url.to_owned());
    }

    /// From now on says of each text that is sent that it has this Sid.
    pub fn call_all(&self, sid: &str) {
        *self.shared.does.lock().unwrap() = Does::Rename(sid.to_owned());
    }

    /// How many texts were handed to it.
    pub fn texts(&self) -> usize {
        *self.shared.texts.lock().unwrap()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole request");
    let sends = parts.method == Method::POST && parts.uri.path().ends_with("/Messages.json");
    *shared.texts.lock().unwrap() += usize::from(sends);
    let does = shared.does.lock().unwrap().clone();
    if let Does::SendOn(url) = &does {
        let to = [(header::LOCATION, format!("{url}{}", parts.uri))];
        return (StatusCode::TEMPORARY_REDIRECT, to).into_response();
    }
    let mut passed = browser()
        .request(parts.method, format!("{}{}", shared.twilio, parts.uri))
        .body(body);
    for name in [header::AUTHORIZATION, header::CONTENT_TYPE] {
        if let Some(value) = parts.headers.get(&name) {
            passed = passed.header(name, value);
        }
    }
    let answer = passed.send().await.expect("Twilio answers");
    let status = answer.status();
    let said = answer.bytes().await.expect("a whole answer");
    match (does, serde_json::from_slice::<Value>(&said)) {
        (Does::Rename(sid), Ok(mut message)) if sends && status == StatusCode::CREATED => {
            message["sid"] = json!(sid);
            (status, Body::from(message.to_string())).into_response()
        }
        _ => (status, Body::from(said)).into_response(),
    }
}
