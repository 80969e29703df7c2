//! `oktext migrate`

use super::open;
use crate::settings::Settings;

/// Brings the database up to date.
///
/// # Errors
/// In words.
pub async fn run(settings: &Settings) -> Result<(), String> {
    let store = open::store(settings).await?;
    open::migrate(&store).await?;
    println!("The database is up to date.");
    Ok(())
}
