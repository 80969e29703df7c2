//! Opens what commands work with: the database, brought up to date, and the service over it.

use crate::{carrier::Twilio, key, settings::Settings};
use service::{
    Service,
    clock::{Clock, ShiftedClock, SystemClock},
    config::Config,
};
use std::{fs, sync::Arc};
use store::Store;
use twilio::Client;

/// The database.
///
/// # Errors
/// In words.
pub async fn store(settings: &Settings) -> Result<Store, String> {
    if settings.is_sqlite() {
        fs::create_dir_all(&settings.data_dir).map_err(|error| {
            format!(
                "The folder {} cannot be made: {error}",
                settings.data_dir.display()
            )
        })?;
    }
    let opened = Store::open(&settings.database_url).await;
    opened.map_err(|error| match settings.sqlite_file() {
        Some(file) => format!(
            "The database {} cannot be opened: {error}. The file and its folder must be writable for the user that runs oktext.",
            file.display()
        ),
        None => format!("The database cannot be opened: {error}"),
    })
}

/// Brings the database up to date.
///
/// # Errors
/// In words: also a database of a newer program.
pub async fn migrate(store: &Store) -> Result<(), String> {
    store
        .migrate_with(service::in_migration)
        .await
        .map_err(|error| format!("The database cannot be brought up to date: {error}"))
}

/// The clock.
pub fn clock(settings: &Settings) -> Arc<dyn Clock> {
    match &settings.clock_file {
        Some(file) => Arc::new(ShiftedClock(file.clone())),
        None => Arc::new(SystemClock),
    }
}

/// The service over an open and current database.
///
/// # Errors
/// In words.
pub fn service(settings: &Settings, store: Store, training: bool) -> Result<Service, String> {
    let sealer = key::sealer(settings)?;
    let base = settings
        .twilio_api_url
        .parse()
        .map_err(|error| format!("{}: {error}", settings.twilio_api_url))?;
    let client = Client::new(base)
        .map_err(|error| format!("The client for Twilio cannot be made: {error}"))?;
    let clock = clock(settings);
    let config = Config {
        public_url: settings.public_url.clone(),
        owner: clock.id().to_string(),
        training,
    };
    Ok(Service::new(
        store,
        Arc::new(Twilio(client)),
        clock,
        sealer,
        config,
    ))
}
