//! `oktext host add`: people of the host, from the console. The password comes from standard input.

use super::{
    open,
    user::{read_password, sentence},
};
use crate::{cli::Host, settings::Settings};

/// Adds.
///
/// # Errors
/// In words.
pub async fn run(settings: Settings, host: Host) -> Result<(), String> {
    let store = open::store(&settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store, false)?;
    let Host::Add { email, name } = host;
    let password = read_password()?;
    let added = service.add_host(&name, &email, &password).await;
    added.map_err(|problem| sentence(&problem))?;
    println!(
        "{email} can sign in now, and manages organizations at {}/host.",
        settings.public_url
    );
    Ok(())
}
