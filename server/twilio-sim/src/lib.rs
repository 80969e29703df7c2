//! A pretend Twilio, for training, tests and benchmarks: a program that answers the REST API, reports statuses by
//! signed callbacks, fails on request, and shows the phones on a page, where they text and call back. No real text leaves it.
//!
//! Mount [`Sim::router`] under the prefix given in [`SimConfig::prefix`] and point the client's base URL there.
//! A process that uses it installs a rustls provider first.
//!
//! Numbers that fail in a known way, without any setting, are listed at [`Fate::of_number`].

mod callback;
mod clock;
mod config;
mod control;
mod fate;
mod life;
mod post;
mod refusal;
mod rest;
mod screen;
mod state;
mod talk;
mod twiml;
mod wire;
mod words;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

pub use callback::Delivery;
pub use config::{
    AccountKind, Delays, SimAccount, SimCapabilities, SimConfig, SimNumber, SimPhone,
};
pub use fate::{Fate, UnknownFate};
pub use state::LedgerEntry;
pub use talk::{Exchange, Media, NoTalk, PhoneCall, PhoneText, Post};
pub use twiml::Said;

use state::State;

/// Why the simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// The HTTP client for callbacks could not be built.
    #[error("the HTTP client for callbacks did not start")]
    Http(#[from] reqwest::Error),
}

/// What watchers of the screen are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signal {
    Changed,
    Closed,
}

/// The pretend Twilio. Clones share one state, which lives in memory only.
#[derive(Clone)]
pub struct Sim {
    shared: Arc<Shared>,
}

struct Shared {
    prefix: String,
    home: Option<String>,
    callback_origin: Option<url::Origin>,
    state: Mutex<State>,
    signals: broadcast::Sender<Signal>,
    http: reqwest::Client,
}

impl Sim {
    /// A simulator with these accounts, numbers and phones, and nothing sent yet.
    pub fn new(config: SimConfig) -> Result<Self, SimError> {
        let http = reqwest::Client::builder()
            .user_agent("TwilioProxy/1.1")
            .http1_only()
            .retry(reqwest::retry::never())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(15))
            .build()?;
        let shared = Shared {
            prefix: config.prefix.trim_end_matches('/').to_owned(),
            home: config.home.clone(),
            callback_origin: config.callback_base.as_ref().map(url::Url::origin),
            state: Mutex::new(State::new(config)),
            signals: broadcast::channel(64).0,
            http,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The REST API, the control API and the screen; to be nested under the prefix of the configuration.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(rest::router())
            .merge(control::router())
            .merge(screen::router())
            .with_state(self.shared.clone())
    }

    /// What happens from now on to texts for this number (E.164).
    pub fn set_fate(&self, phone_number: &str, fate: Fate) {
        self.shared.state().set_fate(phone_number, fate);
        self.shared.changed();
    }

    /// How long texts take from now on.
    pub fn set_delays(&self, delays: Delays) {
        self.shared.state().delays = delays;
    }

    /// Blocks texts between one of the accounts' numbers and a phone, as a STOP does.
    pub fn block(&self, our_number: &str, phone_number: &str) {
        self.shared.state().block(our_number, phone_number);
    }

    /// Every text that was accepted, oldest first; nothing is ever taken out.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.shared.state().ledger.clone()
    }

    /// Every status report that was sent out, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.state().deliveries.clone()
    }

    /// Every request to a number's addresses, oldest first.
    pub fn posts(&self) -> Vec<Post> {
        self.shared.state().posts.clone()
    }

    /// Ends all live views and all requests that are kept waiting, so that a server can stop.
    pub fn close(&self) {
        // No watcher is no error.
        let _ = self.shared.signals.send(Signal::Closed);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves at worst one text half written; the training goes on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends when the simulator closes.
    async fn closed(&self) {
        let mut signals = self.signals.subscribe();
        while !matches!(
            signals.recv().await,
            Ok(Signal::Closed) | Err(RecvError::Closed)
        ) {}
    }

    fn changed(&self) {
        let _ = self.signals.send(Signal::Changed);
    }
}
