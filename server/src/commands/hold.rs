//! `oktext hold` and `oktext release`: after a backup was restored by PostgreSQL's own tools, and when texts may leave
//! again.

use super::{open, user::sentence};
use crate::settings::Settings;

/// Holds every queue.
///
/// # Errors
/// In words.
pub async fn hold(settings: &Settings) -> Result<(), String> {
    let store = open::store(settings).await?;
    open::migrate(&store).await?;
    let service = open::service(settings, store, false)?;
    let held = service.hold_queues().await;
    let held = held.map_err(|problem| sentence(&problem))?;
    println!("{}", told(&held));
    Ok(())
}

/// Lets every queue go on.
///
/// # Errors
/// In words.
pub async fn release(settings: &Settings) -> Result<(), String> {
    let store = open::store(settings).await?;
    open::migrate(&store).await?;
    let service = open::service(settings, store, false)?;
    let released = service.release_queues().await;
    let released = released.map_err(|problem| sentence(&problem))?;
    println!("Queues of {released} organizations go on.");
    Ok(())
}

/// What was held, and what is to be done now.
pub fn told(held: &store::Held) -> String {
    format!(
        "Queues of {} organizations are held. {} texts that waited may have gone out after the backup was made: once the \
         server runs they are looked for at Twilio. Then an administrator of each organization lets its texts leave again, \
         on the page Unclear; `oktext release` does it for all.",
        held.organizations, held.texts
    )
}
