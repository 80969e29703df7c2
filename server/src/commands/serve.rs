//! `oktext serve`

use super::open;
use crate::{
    alone, listen,
    settings::Settings,
    web::{Web, assets},
};
use domain::problem::Problem;
use service::Service;
use store::{Store, StoreError};
use tokio::sync::watch;

/// Serves staff and Twilio.
///
/// # Errors
/// In words.
pub async fn run(settings: Settings) -> Result<(), String> {
    let (listener, address) = listen::bind(settings.listen).await?;
    let store = open::store(&settings).await?;
    let _alone = alone::take(&settings)?;
    look_over(&store, &settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store, false)?;
    refuse_another_key(&service).await?;
    service.adopt_outbox().await.map_err(sentence)?;
    invite_first(&service, &settings).await?;
    let (ending, listens) = watch::channel(false);
    let web = Web::new(service, settings, assets::site(false), listens);
    let stop = listen::asked_to_stop();
    println!("ready http://{address}");
    listen::serve(listener, web, ending, stop, None).await
}

/// A file up to this size is looked over before the program starts (64 MB: a tenth of a second), a larger one beside it.
const LOOKED_OVER_FIRST: u64 = 64 * 1024 * 1024;

/// No text leaves from a database that does not hold together.
async fn look_over(store: &Store, settings: &Settings) -> Result<(), String> {
    let words = |error| format!("The database cannot be used: {error}");
    let file = settings.sqlite_file();
    let size = file.and_then(|file| file.metadata().ok());
    if size.is_some_and(|file| file.len() > LOOKED_OVER_FIRST) {
        let store = store.clone();
        tokio::spawn(async move {
            if let Err(error @ StoreError::Damaged(_)) = store.look_over().await {
                eprintln!("{}", words(error));
                std::process::exit(1);
            }
        });
        return Ok(());
    }
    store.look_over().await.map_err(words)
}

/// Without staff, whoever started the server gets the token that lets them create the first administrator.
async fn invite_first(service: &Service, settings: &Settings) -> Result<(), String> {
    let none = service.needs_first_admin().await.map_err(sentence)?;
    if none {
        println!(
            "Nobody can sign in yet. Open {}/first and create the first administrator with this token:",
            settings.public_url
        );
        println!("{}", service.setup_token());
    }
    Ok(())
}

/// With another key nothing could be sent, and no webhook be told from a forged one.
async fn refuse_another_key(service: &Service) -> Result<(), String> {
    match service.key_fits().await.map_err(sentence)? {
        true => Ok(()),
        false => Err("The secret key is not the one under which this database's tokens are sealed. Put the right one back: the file oktext.key of the same backup, or what OKTEXT_SECRET_KEY was. If it is lost, `oktext forget-tokens` lets the tokens be entered anew.".into()),
    }
}

fn sentence(problem: Problem) -> String {
    domain::words::problem::sentence(&problem)
}
