//! The log, on standard error, so that standard output is for what commands print. A line names no one: no words of a
//! text, no number, no name.

use crate::cli::LogFormat;
use tracing_subscriber::EnvFilter;

/// PostgreSQL remarks on each step of an upgrade that the list of steps is there already.
const USUAL: &str = "info,sqlx::postgres::notice=warn";

/// Logs to standard error. If nobody takes it (a full disk, a closed pipe), the program goes on without.
pub fn to_stderr(filter: Option<&str>, format: LogFormat) {
    let filter =
        EnvFilter::try_new(filter.unwrap_or(USUAL)).unwrap_or_else(|_| EnvFilter::new(USUAL));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log
            .json()
            .with_current_span(true)
            .with_span_list(false)
            .init(),
    }
}
