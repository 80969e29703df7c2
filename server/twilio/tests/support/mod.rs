//! A server on a free port that answers every request the same way, and one that breaks off as told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::response::Response;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twilio::{Client, Credentials, NewMessage};
use url::Url;

pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

pub fn sid(kind: &str) -> String {
    format!("{kind}0123456789abcdef0123456789abcdef")
}

pub fn credentials() -> Credentials {
    Credentials::of_account(sid("AC"), "secret-token".into())
}

pub fn text() -> NewMessage {
    NewMessage {
        to: "+16615550142".into(),
        from: "+16615550100".into(),
        body: "Hola José & Ana".into(),
        status_callback: Some("https://office.example/s/1".into()),
        validity_seconds: Some(600),
    }
}

pub fn message_json() -> String {
    format!(
        r#"{{"sid":"{}","account_sid":"{}","api_version":"2010-04-01","body":"Hola","date_created":"Fri, 24 May 2019 17:18:27 +0000","date_sent":null,"date_updated":"Fri, 24 May 2019 17:18:28 +0000","direction":"outbound-api","error_code":null,"error_message":null,"from":"+16615550100","messaging_service_sid":null,"num_media":"0","num_segments":"1","price":null,"price_unit":null,"status":"queued","subresource_uris":{{"media":"/m.json"}},"to":"+16615550142","uri":"/u.json","a_new_field":[1]}}"#,
        sid("SM"),
        sid("AC")
    )
}

/// The one answer of a scripted server.
#[derive(Clone)]
pub struct Script {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Script {
    pub fn body(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
        }
    }

    pub fn json(status: u16, body: &str) -> Self {
        Self::body(status, body).with("content-type", "application/json")
    }

    pub fn refusal(status: u16, code: u32) -> Self {
        Self::json(
            status,
            &format!(
                r#"{{"code":{code},"message":"no","more_info":"https://x","status":{status}}}"#
            ),
        )
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A request as it arrived.
#[derive(Clone)]
pub struct Seen {
    pub line: String,
    pub body: String,
    pub authorization: String,
    pub user_agent: String,
    pub peer: SocketAddr,
}

pub struct Server {
    pub base: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
}

impl Server {
    pub fn client(&self) -> Client {
        Client::new(self.base.clone()).unwrap()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn listen() -> (TcpListener, Server) {
    install_tls();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/sim", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    (
        listener,
        Server {
            base,
            seen: Arc::default(),
            connections: Arc::default(),
        },
    )
}

pub async fn start(script: Script) -> Server {
    let (listener, server) = listen().await;
    let app = Router::new()
        .fallback(answer)
        .with_state((script, server.seen.clone()));
    tokio::spawn(async move {
        axum::serve(
            listener,
            app.into_make_service_with_connect_info::<SocketAddr>(),
        )
        .await
        .unwrap();
    });
    server
}

type Shared = (Script, Arc<Mutex<Vec<Seen>>>);

async fn answer(
    State((script, seen)): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name| {
        parts
            .headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    let line = format!("{} {}", parts.method, parts.uri);
    let (authorization, user_agent) = (header(AUTHORIZATION), header(USER_AGENT));
    let body =
        String::from_utf8(axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    seen.lock().unwrap().push(Seen {
        line,
        body,
        authorization,
        user_agent,
        peer,
    });
    let mut response = Response::builder().status(script.status);
    for (name, value) in &script.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(script.body)).unwrap()
}

/// What a raw server does after its first bytes.
#[derive(Clone)]
pub enum Then {
    Close,
    Hold,
    RepeatForever(Vec<u8>),
}

/// A server below HTTP: takes some of the request, writes `head`, and then does as told.
pub async fn start_raw(head: Vec<u8>, then: Then) -> Server {
    let (listener, server) = listen().await;
    let connections = server.connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            *connections.lock().unwrap() += 1;
            tokio::spawn(break_off(stream, head.clone(), then.clone()));
        }
    });
    server
}

async fn break_off(mut stream: TcpStream, head: Vec<u8>, then: Then) {
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await;
    let _ = stream.write_all(&head).await;
    match then {
        Then::Close => {}
        Then::Hold => while stream.read(&mut request).await.is_ok_and(|read| read > 0) {},
        Then::RepeatForever(bytes) => while stream.write_all(&bytes).await.is_ok() {},
    }
}
