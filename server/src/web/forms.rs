//! Forms: each is posted to its own page. Done: 303. A problem: the page again, with everything that was typed.

mod account;
mod admin;
mod clients;
mod decisions;
mod host;
mod staff;
mod texting;
mod texts;
mod too_much;

use super::{
    Web, pages,
    session::{self, place, sign_in_first},
};
use app::{
    context::{CameFrom, Session},
    forms::Submitted,
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{ConnectInfo, FromRequest, Request},
    http::{HeaderMap, Uri},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    problem::Problem,
    role::{Actor, HostActor},
};
use serde::de::DeserializeOwned;
use service::invitations::Link;
use std::net::{IpAddr, SocketAddr};

/// The most that a form or a server function may bring: 64 kB, ample for the longest field four times over.
pub const LIMIT: usize = 64 * 1024;
/// What is never sent back to a browser.
const SECRET: [&str; 4] = ["password", "token", "secondary", "setup_token"];

/// All forms, by the address of their page.
pub fn routes() -> Router<Web> {
    // A form stands on its page: the same address shows it and takes it.
    let page = || get(pages::page);
    Router::new()
        .route("/login", page().post(account::sign_in))
        .route("/logout", post(account::sign_out))
        .route("/first", page().post(account::first))
        .route("/clients/new", page().post(clients::add))
        .route("/clients/{id}", page().post(clients::add_case))
        .route("/clients/{id}/edit", page().post(clients::edit))
        .route("/clients/{id}/consent", page().post(decisions::consent))
        .route("/reviews", page().post(decisions::review))
        .route("/unclear", page().post(decisions::unclear))
        .route("/admin/opt-outs", page().post(decisions::opt_outs))
        .route("/admin/incoming", page().post(decisions::incoming))
        .route("/cases/{number}/text", page().post(texts::send))
        .route("/cases/{number}/texts", page().post(texts::ask))
        .route(
            "/admin/setup/tables/quick-entries",
            page().post(admin::quick_entries),
        )
        .route("/admin/texting", page().post(texting::check))
        .route("/admin/texting/{step}", page().post(texting::step))
        .route("/admin/staff", page().post(staff::manage))
        .route("/invite/{token}", page().post(staff::accept))
        .route("/host", page().post(host::organizations))
}

/// A posted form, as it came.
pub struct Posted {
    pub web: Web,
    pub session: Session,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub from: Option<IpAddr>,
    pub fields: Vec<(String, String)>,
}

impl FromRequest<Web> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request<Body>, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let taken = too_much::take(body).await?;
        let session = parts.extensions.remove::<Extension<Session>>().map(|e| e.0);
        let session = session
            .or_else(|| parts.extensions.remove::<Session>())
            .unwrap_or_default();
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let posted = Self {
            web: web.clone(),
            session,
            from: place(web, connection, &parts.headers),
            fields: url::form_urlencoded::parse(taken.bytes())
                .into_owned()
                .collect(),
            uri: parts.uri,
            headers: parts.headers,
        };
        match taken.problem() {
            None => Ok(posted),
            Some(problem) => Err(posted.too_much(problem).await),
        }
    }
}

impl Posted {
    /// The form with its fields by name; where a name comes twice the first counts.
    fn read<T: DeserializeOwned + Default>(&self) -> T {
        let mut map = serde_json::Map::new();
        for (name, value) in &self.fields {
            map.entry(name.clone())
                .or_insert_with(|| value.clone().into());
        }
        // All fields are text and all are optional: this fails for no form.
        serde_json::from_value(map.into()).unwrap_or_default()
    }

    /// The member of staff who posts.
    fn actor(&self) -> Result<&Actor, Problem> {
        match &self.session {
            Session(Some(actor), ..) => Ok(actor),
            Session(None, Some(_), _) => Err(Problem::NotForHosts),
            Session(None, None, _) => Err(Problem::SignedOut),
        }
    }

    /// The person of the host who posts. For staff the host's page is not there.
    fn host(&self) -> Result<&HostActor, Problem> {
        match &self.session {
            Session(_, Some(host), _) => Ok(host),
            Session(Some(_), None, _) => Err(Problem::NotFound),
            Session(None, None, _) => Err(Problem::SignedOut),
        }
    }

    /// The page again with a link that is shown this once: nothing that stays in an address or in a table holds it.
    async fn show_once(mut self, link: &Link) -> Response {
        self.set("link", Some(link.reveal().to_owned()));
        self.set("link_to", Some(link.to().to_owned()));
        self.again(None).await
    }

    pub fn value(&self, field: &str) -> &str {
        self.fields
            .iter()
            .find(|(name, _)| name == field)
            .map_or("", |(_, value)| value)
    }

    /// Puts a value into a field, for the page that is shown again; `None` takes it out.
    fn set(&mut self, field: &str, value: Option<String>) {
        self.fields.retain(|(name, _)| name != field);
        if let Some(value) = value {
            self.fields.push((field.to_owned(), value));
        }
    }

    /// Answers: on to another page, or this one again.
    async fn answer(self, done: Result<String, Problem>) -> Response {
        match done {
            Ok(to) => Redirect::to(&to).into_response(),
            Err(Problem::SignedOut) => sign_in_first(self.uri.path()),
            Err(problem) => self.again(Some(problem)).await,
        }
    }

    /// The page again, too, unless it would only say that nobody is signed in.
    async fn too_much(self, problem: Problem) -> Response {
        if self.session == Session::default() && !session::is_open(self.uri.path()) {
            return pages::problem(&self.web, &Problem::TooMuch { shown: false });
        }
        self.again(Some(problem)).await
    }

    /// The page again, with what was typed.
    async fn again(mut self, problem: Option<Problem>) -> Response {
        self.fields
            .retain(|(name, _)| !SECRET.contains(&name.as_str()));
        let path = self.uri.path().to_owned();
        let submitted = Submitted {
            path,
            fields: self.fields,
            problem,
        };
        let from = CameFrom(self.from);
        pages::again(&self.web, self.session, submitted, self.uri, from).await
    }
}
