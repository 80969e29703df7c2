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
            Self::Offline => Problem::Unavailable,
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
            | ServerFnErrorErr::Registration(_) => Self::Outdated,
            _ => Self::Problem(Problem::Internal),
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::{status, who, words};

#[cfg(feature = "ssr")]
mod server {
    use super::ApiError;
    use crate::context::actor;
    use domain::{problem::Problem, role::Actor};
    use http::StatusCode;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use service::Service;

    /// The service, and the person who asks.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn who() -> Result<(Service, Actor), ApiError> {
        match (use_context::<Service>(), actor()) {
            (Some(service), Some(actor)) => Ok((service, actor)),
            (None, _) => words(Err(Problem::Internal)),
            (_, None) => words(Err(Problem::SignedOut)),
        }
    }

    /// Gives a problem its HTTP status, for the page or the server function that is being answered.
    ///
    /// # Errors
    /// The problem, as the browser will get it.
    pub fn words<T>(result: Result<T, Problem>) -> Result<T, ApiError> {
        result.map_err(|problem| {
            if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(status(&problem));
            }
            ApiError::Problem(problem)
        })
    }

    /// The HTTP status of a problem.
    pub fn status(problem: &Problem) -> StatusCode {
        match problem {
            Problem::SignedOut => StatusCode::UNAUTHORIZED,
            Problem::Forbidden => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::MayNotText(_) | Problem::OtherTextSent | Problem::AlreadyDecided => {
                StatusCode::CONFLICT
            }
            Problem::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Problem::TwilioSilent | Problem::TwilioRefused { .. } => StatusCode::BAD_GATEWAY,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
