//! Forms that bring more than they may. What was typed is shown again as long as it is within reason, and the rest
//! of a larger one is let run through without being kept, so that the browser gets to read the answer.

use super::LIMIT;
use axum::{
    body::{Body, Bytes},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{problem::Problem, words::problem::sentence};
use futures::StreamExt;

/// The most that is kept of a form, to be shown again: 256 kB.
const SHOWN: usize = 4 * LIMIT;
/// The most that is read at all: 8 MB. Whoever sends more did not type it.
const READ: usize = 8 * 1024 * 1024;

/// What a form brought.
pub enum Taken {
    /// As much as it may.
    Whole(Vec<u8>),
    /// More than it may, but all of it.
    Long(Vec<u8>),
    /// More than can be shown again.
    TooLong,
}

impl Taken {
    /// What there is to be read.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) | Self::Long(bytes) => bytes,
            Self::TooLong => &[],
        }
    }

    /// Why the form cannot be taken, if so.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Whole(_) => None,
            Self::Long(_) => Some(Problem::TooMuch { shown: true }),
            Self::TooLong => Some(Problem::TooMuch { shown: false }),
        }
    }
}

/// Reads a form's body, never keeping more than [`SHOWN`].
///
/// # Errors
/// The connection broke, or there is no end to it.
pub async fn take(body: Body) -> Result<Taken, Response> {
    let mut chunks = body.into_data_stream();
    let mut kept: Vec<u8> = Vec::new();
    let mut read = 0;
    while let Some(chunk) = chunks.next().await {
        let chunk: Bytes = chunk.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
        read += chunk.len();
        if read > READ {
            return Err(endless());
        }
        if read > SHOWN {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(if read <= LIMIT {
        Taken::Whole(kept)
    } else if read <= SHOWN {
        Taken::Long(kept)
    } else {
        Taken::TooLong
    })
}

/// In words, but without the page: what is still coming is not waited for.
fn endless() -> Response {
    let problem = Problem::TooMuch { shown: false };
    (StatusCode::PAYLOAD_TOO_LARGE, sentence(&problem)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn taken(length: usize) -> Result<Taken, StatusCode> {
        let body = Body::from(vec![b'a'; length]);
        take(body).await.map_err(|answer| answer.status())
    }

    #[tokio::test]
    async fn a_form_is_kept_whole_shown_again_or_let_run_through() {
        assert!(matches!(taken(0).await, Ok(Taken::Whole(_))));
        assert!(matches!(taken(LIMIT).await, Ok(Taken::Whole(_))));
        assert!(matches!(taken(LIMIT + 1).await, Ok(Taken::Long(all)) if all.len() == LIMIT + 1));
        assert!(matches!(taken(SHOWN).await, Ok(Taken::Long(_))));
        assert!(matches!(taken(SHOWN + 1).await, Ok(Taken::TooLong)));
        assert!(matches!(
            taken(READ + 1).await,
            Err(StatusCode::PAYLOAD_TOO_LARGE)
        ));
    }
}
