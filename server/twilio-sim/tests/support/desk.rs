//! An office that answers texts and calls, and takes only what the account's token has signed.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use twilio::form::Form;
use twilio::signature;

/// One request with a good signature.
#[derive(Debug, Clone)]
pub struct Heard {
    pub method: String,
    pub form: Form,
    pub retry_token: String,
}

impl Heard {
    pub fn get(&self, name: &str) -> Option<String> {
        self.form.get(name).map(|value| value.into_owned())
    }
}

pub struct Desk {
    pub base: String,
    heard: mpsc::UnboundedReceiver<Result<Heard, String>>,
}

#[derive(Clone)]
struct Answering {
    base: String,
    status: StatusCode,
    answer: String,
    heard: mpsc::UnboundedSender<Result<Heard, String>>,
}

impl Desk {
    /// Answers everything with this status and body.
    pub async fn open(status: u16, answer: &str) -> Self {
        let (send, heard) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let answering = Answering {
            base: base.clone(),
            status: StatusCode::from_u16(status).unwrap(),
            answer: answer.to_owned(),
            heard: send,
        };
        let app = Router::new()
            .route("/{*path}", any(receive))
            .with_state(answering);
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { base, heard }
    }

    pub fn heard_nothing(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }

    pub async fn next(&mut self) -> Heard {
        let next = tokio::time::timeout(Duration::from_secs(5), self.heard.recv()).await;
        next.expect("a request within five seconds")
            .unwrap()
            .expect("a signed request")
    }
}

async fn receive(
    State(desk): State<Answering>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| Some(headers.get(name)?.to_str().unwrap().to_owned());
    let signed = Form::parse(&body).unwrap().is_signed(
        &[super::TOKEN],
        &format!("{}{uri}", desk.base),
        header(signature::HEADER).as_deref(),
    );
    let params = if method == Method::GET {
        uri.query().unwrap_or_default().as_bytes()
    } else {
        &body
    };
    let heard = Heard {
        method: method.to_string(),
        form: Form::parse(params).unwrap(),
        retry_token: header("I-Twilio-Idempotency-Token").unwrap_or_default(),
    };
    desk.heard
        .send(signed.then_some(heard).ok_or(format!("not signed: {uri}")))
        .unwrap();
    (desk.status, [(CONTENT_TYPE, "text/xml")], desk.answer).into_response()
}
