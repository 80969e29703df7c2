//! What a server function answers when it cannot do what was asked: the problem, with its HTTP status.

use domain::problem::Problem;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use std::fmt;

/// A failed server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// The operation could not be done.
    Problem(Problem),
    /// The server could not be reached: the connection, not the program.
    Offline,
    /// The server did not understand: most likely a newer version is there, and the page must be loaded again.
    Outdated,
}

impl ApiError {
    /// The problem, as the pages show it.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Offline => Problem::Unreachable,
            Self::Outdated => Problem::Internal,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&domain::words::problem::sentence(&self.problem()))
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Registration(_) => {
                // Arguments that cannot be read are the caller's mistake, not ours.
                #[cfg(feature = "ssr")]
                server::answer_with(http::StatusCode::BAD_REQUEST);
                Self::Outdated
            }
            _ => Self::Problem(Problem::Internal),
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::{anybody, status, who, who_of_host, words};

#[cfg(feature = "ssr")]
mod server {
    use super::ApiError;
    use crate::context::{CameFrom, Session, session};
    use domain::{
        invitation::Over,
        problem::Problem,
        role::{Actor, HostActor},
    };
    use http::StatusCode;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use service::Service;
    use std::net::IpAddr;

    /// The service, and the member of staff who asks.
    ///
    /// # Errors
    /// No staff is signed in.
    pub fn who() -> Result<(Service, Actor), ApiError> {
        let service = use_context::<Service>().ok_or(Problem::Internal);
        words(service.and_then(|service| match session() {
            Session(Some(actor), ..) => Ok((service, actor)),
            Session(None, Some(_), _) => Err(Problem::NotForHosts),
            Session(None, None, _) => Err(Problem::SignedOut),
        }))
    }

    /// The service, and the person of the host who asks. For staff there is nothing.
    ///
    /// # Errors
    /// Nobody of the host is signed in.
    pub fn who_of_host() -> Result<(Service, HostActor), ApiError> {
        let service = use_context::<Service>().ok_or(Problem::Internal);
        words(service.and_then(|service| match session() {
            Session(_, Some(host), _) => Ok((service, host)),
            Session(Some(_), None, _) => Err(Problem::NotFound),
            Session(None, None, _) => Err(Problem::SignedOut),
        }))
    }

    /// The service, and where the question comes from, signed in or not.
    ///
    /// # Errors
    /// Never, in a program that is put together.
    pub fn anybody() -> Result<(Service, Option<IpAddr>), ApiError> {
        let from = use_context::<CameFrom>().unwrap_or_default().0;
        let service = use_context::<Service>().ok_or(Problem::Internal);
        words(service.map(|service| (service, from)))
    }

    /// Gives a problem its HTTP status, for the page or the server function that is being answered.
    ///
    /// # Errors
    /// The problem, as the browser will get it.
    pub fn words<T>(result: Result<T, Problem>) -> Result<T, ApiError> {
        result.map_err(|problem| {
            answer_with(status(&problem));
            ApiError::Problem(problem)
        })
    }

    /// The HTTP status of the page or the server function that is being answered.
    pub(super) fn answer_with(status: StatusCode) {
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status);
        }
    }

    /// The HTTP status of a problem.
    pub fn status(problem: &Problem) -> StatusCode {
        match problem {
            Problem::SignedOut | Problem::OtherPerson | Problem::CannotKeep => {
                StatusCode::UNAUTHORIZED
            }
            Problem::TooMuch { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Forbidden | Problem::NotForHosts => StatusCode::FORBIDDEN,
            Problem::NotFound | Problem::Invitation(Over::Unknown) => StatusCode::NOT_FOUND,
            Problem::Invitation(_) => StatusCode::GONE,
            Problem::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::MayNotText(_) | Problem::OtherTextSent | Problem::AlreadyDecided => {
                StatusCode::CONFLICT
            }
            Problem::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Unavailable | Problem::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
            Problem::TwilioSilent | Problem::TwilioRefused { .. } => StatusCode::BAD_GATEWAY,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
