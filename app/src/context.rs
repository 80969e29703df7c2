//! What every page knows without asking: who is signed in, and the names of the site's files.

use domain::{
    incoming::Waiting,
    role::{Actor, HostActor},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Who is signed in, if anybody. The server provides it for each request; the page carries it to the browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Session(
    /// A member of an organization's staff.
    pub Option<Actor>,
    /// Somebody of the host, who belongs to none. Never both.
    pub Option<HostActor>,
    /// What waits for somebody in the organization, as this person sees it: read with the session.
    pub Waiting,
);

/// A WASM program that hydrates pages, with the JavaScript that starts it.
#[derive(Clone, Debug)]
pub struct Program {
    pub js: String,
    pub wasm: String,
}

/// The addresses of the site's files, whose names hold their hashes.
#[derive(Clone, Debug)]
pub struct Site {
    /// The program that has all pages.
    pub pages: Program,
    /// The one that has the composer alone.
    pub composer: Program,
    pub css: String,
    /// Where the favicon is.
    pub icon: String,
    /// The office's texting goes to a pretend Twilio: every page says so.
    pub training: bool,
}

/// Whether this is the training program, whose texts go nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Training(pub bool);

/// The session of this page.
pub fn session() -> Session {
    use_context::<Session>().unwrap_or_default()
}

/// The person at the screen, if they are an organization's staff.
pub fn actor() -> Option<Actor> {
    session().0
}

/// The person at the screen, if they are of the host.
pub fn host() -> Option<HostActor> {
    session().1
}

/// Where the request comes from, as far as that is known: wrong tries count against it. The server provides it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CameFrom(pub Option<std::net::IpAddr>);
