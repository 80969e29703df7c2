//! `oktext user add|reset`: staff, from the console. Passwords come from standard input, never from the command line.

use super::open;
use crate::{
    cli::{RoleArg, User},
    settings::Settings,
};
use domain::{ids::OrgId, problem::Problem, role::Role, sign_in::check_password, words};
use service::Service;
use std::io::{self, BufRead};

/// Adds or resets.
///
/// # Errors
/// In words.
pub async fn run(settings: Settings, user: User) -> Result<(), String> {
    let store = open::store(&settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store, false)?;
    match user {
        User::Add {
            email,
            name,
            role,
            org,
        } => {
            let org = organization(&service, org.as_deref()).await?;
            let password = read_password()?;
            let role = match role {
                RoleArg::Administrator => Role::Administrator,
                RoleArg::Staff => Role::Staff,
            };
            service
                .add_staff(org, &name, &email, role, password.into())
                .await
                .map_err(|p| sentence(&p))?;
            println!("{email} can sign in now.");
        }
        User::Reset { email } => {
            let password = read_password()?;
            service
                .reset_password(&email, &password)
                .await
                .map_err(|p| sentence(&p))?;
            println!("{email} has a new password and is signed out everywhere.");
        }
    }
    Ok(())
}

async fn organization(service: &Service, address: Option<&str>) -> Result<OrgId, String> {
    let orgs = service.store().orgs().await;
    let orgs = orgs.map_err(|error| error.to_string())?;
    let addresses: Vec<String> = orgs.iter().map(|org| org.slug.clone()).collect();
    match (address, orgs.as_slice()) {
        (_, []) => Err(
            "There is no organization yet: start the server and create the first administrator, or add one by oktext org add."
                .into(),
        ),
        (None, [one]) => Ok(one.id),
        (None, _) => Err(format!(
            "Name the organization with --org: {}.",
            words::list(&addresses)
        )),
        (Some(address), _) => {
            let found = orgs.iter().find(|org| org.slug == address);
            found.map(|org| org.id).ok_or_else(|| {
                format!(
                    "There is no organization {address}; there is {}.",
                    words::list(&addresses)
                )
            })
        }
    }
}

/// One line of standard input, fit for a password.
pub fn read_password() -> Result<String, String> {
    eprintln!("The password, on one line:");
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| error.to_string())?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    check_password(&password)
        .map_err(|complaint| words::problem::complaint("password", &complaint))?;
    Ok(password)
}

/// A problem for the person at the console.
pub fn sentence(problem: &Problem) -> String {
    words::problem::sentence(problem)
}
