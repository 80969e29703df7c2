//! `oktext org add|list`: organizations, from the console.

use super::{open, user::sentence};
use crate::{cli::Org, settings::Settings};
use domain::host::HostForm;

/// Adds or lists.
///
/// # Errors
/// In words.
pub async fn run(settings: Settings, org: Org) -> Result<(), String> {
    let store = open::store(&settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store, false)?;
    if let Org::Add {
        name,
        zone,
        address,
    } = org
    {
        let form = HostForm {
            name,
            zone,
            address: address.unwrap_or_default(),
            ..HostForm::default()
        };
        let added = service.add_organization(&form).await;
        added.map_err(|problem| sentence(&problem))?;
    }
    let orgs = service.store().orgs().await;
    for org in orgs.map_err(|error| error.to_string())? {
        println!("{}\t{}\t{}", org.slug, org.name, org.zone);
    }
    Ok(())
}
