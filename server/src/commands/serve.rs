//! `oktext serve`

use super::open;
use crate::{
    alone, listen,
    settings::Settings,
    web::{Web, assets},
};
use service::Service;
use std::sync::Arc;
use tokio::sync::watch;

/// Serves staff and Twilio.
///
/// # Errors
/// In words.
pub async fn run(settings: Settings) -> Result<(), String> {
    let (listener, address) = listen::bind(settings.listen).await?;
    let store = open::store(&settings).await?;
    let _alone = alone::take(&settings)?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store, false)?;
    service
        .adopt_outbox()
        .await
        .map_err(|problem| domain::words::problem::sentence(&problem))?;
    invite_first(&service, &settings).await?;
    let (ending, listens) = watch::channel(false);
    let web = Web {
        service,
        settings: Arc::new(settings),
        site: assets::site(false),
        ending: listens,
    };
    println!("ready http://{address}");
    listen::serve(listener, web, ending, None).await
}

/// Without staff, whoever started the server gets the token that lets them create the first administrator.
async fn invite_first(service: &Service, settings: &Settings) -> Result<(), String> {
    let none = service
        .needs_first_admin()
        .await
        .map_err(|problem| domain::words::problem::sentence(&problem))?;
    if none {
        println!(
            "Nobody can sign in yet. Open {}/first and create the first administrator with this token:",
            settings.public_url
        );
        println!("{}", service.setup_token());
    }
    Ok(())
}
