//! What the machine itself does, for the benchmarks to compare with.

use crate::{listen, settings::Settings};
use axum::{Router, body::Bytes, http::StatusCode, routing::post, serve::ListenerExt};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Prints how many rows a second SQLite takes, each in a durable commit of its own.
///
/// # Errors
/// In words.
pub async fn rows(file: &Path, seconds: u64) -> Result<(), String> {
    let (began, limit) = (Instant::now(), Duration::from_secs(seconds));
    let rows = store::single_rows(file, || began.elapsed() < limit).await;
    let rows = rows.map_err(|error| format!("{}: {error}", file.display()))?;
    println!("rows: {rows}");
    Ok(())
}

/// Answers every post with 204, once its body was read.
///
/// # Errors
/// In words.
pub async fn bare(settings: &Settings) -> Result<(), String> {
    let (listener, address) = listen::bind(settings.listen).await?;
    let listener = listener.tap_io(|stream| {
        // A connection that is gone already needs none.
        let _ = stream.set_nodelay(true);
    });
    let answer = |body: Bytes| async move {
        drop(body);
        StatusCode::NO_CONTENT
    };
    println!("ready http://{address}");
    axum::serve(listener, Router::new().fallback(post(answer)))
        .await
        .map_err(|error| error.to_string())
}
