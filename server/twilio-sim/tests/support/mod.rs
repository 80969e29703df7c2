//! The simulator on a free port, the production client, and an office that receives status callbacks.
#![allow(dead_code, reason = "each test file uses some of this")]

pub mod desk;

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use twilio::form::Form;
use twilio::{Client, CreateOutcome, Credentials, Message, NewMessage, signature};
use twilio_sim::{AccountKind, Delays, Sim, SimAccount, SimConfig, SimNumber, SimPhone};

pub const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub const TRIAL: &str = "AC00000000000000000000000000000002";
pub const CLOSED: &str = "AC00000000000000000000000000000003";
pub const TOKEN: &str = "token-of-the-office";
pub const OURS: &str = "+16615550100";
pub const TRIAL_NUMBER: &str = "+16615550101";
pub const NUMBER_SID: &str = "PN00000000000000000000000000000001";
pub const CLIENT: &str = "+16615550142";

pub struct World {
    pub sim: Sim,
    pub base: String,
    pub client: Client,
}

pub fn config() -> SimConfig {
    let account = |sid: &str, kind, number: &str, number_sid: &str| SimAccount {
        sid: sid.into(),
        auth_token: TOKEN.into(),
        friendly_name: "Cedar Valley".into(),
        kind,
        numbers: vec![SimNumber {
            sid: number_sid.into(),
            phone_number: number.into(),
            ..SimNumber::default()
        }],
        ..SimAccount::default()
    };
    let trial = account(
        TRIAL,
        AccountKind::Trial,
        TRIAL_NUMBER,
        "PN00000000000000000000000000000002",
    );
    let closed = account(
        CLOSED,
        AccountKind::Full,
        "+16615550102",
        "PN00000000000000000000000000000003",
    );
    SimConfig {
        prefix: "/sim".into(),
        home: Some("/".into()),
        accounts: vec![
            account(ACCOUNT, AccountKind::Full, OURS, NUMBER_SID),
            SimAccount {
                verified: vec![CLIENT.into()],
                ..trial
            },
            SimAccount {
                status: "suspended".into(),
                ..closed
            },
        ],
        phones: vec![SimPhone {
            phone_number: CLIENT.into(),
            name: "Marisol <Peña> & \"Co\"".into(),
        }],
        delays: Delays::NONE,
        callback_base: None,
    }
}

pub async fn world() -> World {
    world_of(config()).await
}

pub async fn world_of(config: SimConfig) -> World {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let sim = Sim::new(config).unwrap();
    let app = Router::new().nest("/sim", sim.router());
    let base = serve(app).await + "/sim";
    let client = Client::new(base.parse().unwrap()).unwrap();
    World { sim, base, client }
}

async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    base
}

/// A client that gives up in time and goes where it was sent.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

pub fn credentials() -> Credentials {
    credentials_of(ACCOUNT, TOKEN)
}

pub fn credentials_of(account: &str, token: &str) -> Credentials {
    Credentials::of_account(account, token.to_owned().into())
}

pub fn text(to: &str) -> NewMessage {
    NewMessage {
        to: to.into(),
        from: OURS.into(),
        body: "Your hearing is on Monday.".into(),
        ..NewMessage::default()
    }
}

impl World {
    pub async fn send(&self, message: &NewMessage) -> CreateOutcome {
        self.client.create_message(&credentials(), message).await
    }

    pub async fn accepted(&self, message: &NewMessage) -> Message {
        match self.send(message).await {
            CreateOutcome::Accepted(message) => *message,
            other => panic!("not accepted: {other:?}"),
        }
    }

    /// The code and HTTP status of a refusal.
    pub async fn refused(&self, message: &NewMessage) -> (u32, u16) {
        self.refused_by(&credentials(), message).await
    }

    pub async fn refused_by(&self, credentials: &Credentials, message: &NewMessage) -> (u32, u16) {
        match self.client.create_message(credentials, message).await {
            CreateOutcome::Refused { status, error } => {
                assert_eq!(error.status, Some(status));
                (error.code, status)
            }
            other => panic!("not refused: {other:?}"),
        }
    }

    /// Waits until so many reports were answered and written down.
    pub async fn reported(&self, count: usize) {
        let enough = async {
            while self.sim.deliveries().len() < count {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), enough)
            .await
            .expect("all reports within five seconds");
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        http()
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .unwrap()
    }
}

/// One verified report.
#[derive(Debug, Clone)]
pub struct Report {
    pub form: Form,
    pub path: String,
    pub retry_token: String,
}

impl Report {
    pub fn get(&self, name: &str) -> Option<String> {
        self.form.get(name).map(|value| value.into_owned())
    }

    pub fn status(&self) -> String {
        self.get("MessageStatus").unwrap()
    }
}

/// A receiver that takes only what the account's token has signed.
pub struct Office {
    pub base: String,
    reports: mpsc::UnboundedReceiver<Result<Report, String>>,
}

impl Office {
    pub async fn open() -> Self {
        let (send, reports) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new()
            .route("/{*path}", post(receive))
            .with_state((base.clone(), send));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { base, reports }
    }

    pub fn callback(&self) -> Option<String> {
        Some(format!("{}/twilio/status?text=7#rc=3", self.base))
    }

    pub fn heard_nothing(&mut self) -> bool {
        self.reports.try_recv().is_err()
    }

    pub async fn next(&mut self) -> Report {
        let next = tokio::time::timeout(Duration::from_secs(5), self.reports.recv()).await;
        next.expect("a report within five seconds")
            .unwrap()
            .expect("a signed report")
    }
}

type Receiving = (String, mpsc::UnboundedSender<Result<Report, String>>);

async fn receive(
    State((base, send)): State<Receiving>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let header = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let form = Form::parse(&body).unwrap();
    let signed = form.is_signed(
        &[TOKEN],
        &format!("{base}{uri}"),
        header(signature::HEADER).as_deref(),
    );
    let retry_token = header("I-Twilio-Idempotency-Token").unwrap_or_default();
    let report = Report {
        form,
        path: uri.to_string(),
        retry_token,
    };
    send.send(if signed {
        Ok(report)
    } else {
        Err(format!("not signed: {uri}"))
    })
    .unwrap();
    if signed {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::FORBIDDEN
    }
}
