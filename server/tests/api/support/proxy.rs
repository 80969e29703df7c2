//! A reverse proxy as offices have them before the program, with what such proxies do to a request.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// What it does to a request, beside taking its own folder off the path.
#[derive(Clone, Copy, Debug, Default)]
pub struct Does {
    /// The host that it names in place of the one that was asked.
    pub host: Option<&'static str>,
    /// What it says of the request as it came.
    pub says: &'static [(&'static str, &'static str)],
    /// It leaves its folder in the path.
    pub keeps_folder: bool,
    /// It puts a slash at the end of the path.
    pub adds_slash: bool,
}

/// The proxy. It works in the background for as long as the test runs.
pub struct Proxy {
    /// Under which the program is reached, folder and all.
    pub url: String,
    passing: Arc<Mutex<Passing>>,
}

struct Passing {
    folder: &'static str,
    target: String,
    does: Does,
}

impl Proxy {
    /// Opens it with this folder, as yet leading nowhere.
    pub async fn open(folder: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let here = listener.local_addr().expect("an address");
        let passing = Arc::new(Mutex::new(Passing {
            folder,
            target: String::new(),
            does: Does::default(),
        }));
        let router = Router::new().fallback(pass).with_state(passing.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{here}{folder}"),
            passing,
        }
    }

    /// Leads to this server from now on.
    pub fn lead_to(&self, url: &str) {
        self.passing.lock().expect("whole").target = url.to_owned();
    }

    /// Does this to requests from now on.
    pub fn does(&self, does: Does) {
        self.passing.lock().expect("whole").does = does;
    }
}

async fn pass(
    State(passing): State<Arc<Mutex<Passing>>>,
    method: Method,
    uri: Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Bytes) {
    let (url, does) = {
        let passing = passing.lock().expect("whole");
        let does = passing.does;
        let path = match does.keeps_folder {
            true => uri.path(),
            false => uri
                .path()
                .strip_prefix(passing.folder)
                .unwrap_or(uri.path()),
        };
        let slash = if does.adds_slash { "/" } else { "" };
        let query = uri
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        (format!("{}{path}{slash}{query}", passing.target), does)
    };
    headers.remove(header::CONTENT_LENGTH);
    if does.host.is_none() {
        // As the program's own address has it.
        headers.remove(header::HOST);
    }
    let said = does.host.map(|host| ("host", host)).into_iter();
    for (name, value) in said.chain(does.says.iter().copied()) {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    let request = super::browser().request(method, url).headers(headers);
    let answer = request
        .body(body)
        .send()
        .await
        .expect("the program answers");
    let status = answer.status();
    (status, answer.bytes().await.expect("all of the answer"))
}
