//! `oktext books`: what the database says of every text, a line of JSON for each, for the torture harness.

use super::open;
use crate::settings::Settings;
use serde_json::json;

/// Prints all texts.
///
/// # Errors
/// In words.
pub async fn run(settings: &Settings) -> Result<(), String> {
    let store = open::store(settings).await?;
    let words = |error| format!("The database refused: {error}");
    for text in store.booked_texts().await.map_err(words)? {
        println!("{}", json!({ "text": text }));
    }
    for (sid, body) in store.booked_incoming().await.map_err(words)? {
        println!("{}", json!({ "came": { "sid": sid, "body": body } }));
    }
    Ok(())
}
