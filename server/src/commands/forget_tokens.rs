//! `oktext forget-tokens`: the key under which Auth Tokens are sealed is lost, and no server starts with another.

use super::open;
use crate::settings::Settings;

/// Forgets every token. Until an administrator enters one, nothing is sent and no webhook is believed.
///
/// # Errors
/// In words.
pub async fn run(settings: &Settings, sure: bool) -> Result<(), String> {
    if !sure {
        return Err("This forgets the Auth Tokens of all organizations for good. If the key is lost, add --sure; if it is only somewhere else, put it back instead.".into());
    }
    let store = open::store(settings).await?;
    open::migrate(&store).await?;
    let forgotten = store.forget_tokens().await;
    let forgotten = forgotten.map_err(|error| format!("The database refused: {error}"))?;
    println!(
        "The tokens of {forgotten} organizations are forgotten. Start the server with the new key; then an administrator \
         of each enters the Auth Token in Texting Setup. Until then texts wait, and nothing of Twilio's is believed."
    );
    Ok(())
}
