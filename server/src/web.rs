//! What is served: pages, forms, server functions, live events, the site's files, Twilio's webhooks.

pub mod assets;
pub mod forms;
pub mod headers;
pub mod kept;
pub mod live;
pub mod log;
pub mod measured;
pub mod metrics;
pub mod ops;
pub mod pages;
pub mod router;
pub mod session;
pub mod webhooks;

use crate::settings::Settings;
use app::context::Site;
use service::Service;
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler has at hand. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    pub service: Service,
    pub settings: Arc<Settings>,
    pub site: Site,
    /// Turns true when the program is about to end: event streams close, so that the rest can drain.
    pub ending: watch::Receiver<bool>,
}
