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
use std::{ops::Deref, sync::Arc};
use tokio::sync::watch;

/// What every handler has at hand. Each layer and each handler clones it for each request, so it is one reference.
#[derive(Clone)]
pub struct Web(Arc<Shared>);

/// What [`Web`] refers to.
pub struct Shared {
    pub service: Service,
    pub settings: Settings,
    pub site: Arc<Site>,
    /// Turns true when the program is about to end: event streams close, so that the rest can drain.
    pub ending: watch::Receiver<bool>,
}

impl Web {
    /// All that is served, of this service.
    pub fn new(
        service: Service,
        settings: Settings,
        site: Site,
        ending: watch::Receiver<bool>,
    ) -> Self {
        Self(Arc::new(Shared {
            service,
            settings,
            site: Arc::new(site),
            ending,
        }))
    }
}

impl Deref for Web {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
