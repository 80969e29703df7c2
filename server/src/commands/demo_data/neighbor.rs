//! A second office beside the demo's own, with an account of its own, and the host of both. One of its clients has the
//! phone of a client of the first office: nothing crosses all the same.

use super::{AtTwilio, Sample, add_client, connect, failed, office};
use domain::{
    ids::OrgId,
    role::{Actor, Role},
    words::{
        problem::sentence,
        training::{HOST, NEIGHBOR, NEIGHBORS_STAFF, PASSWORD},
    },
};
use service::{
    Service,
    clock::{Clock, SystemClock},
    seal::Sealer,
};
use store::rows::NewOrg;

const OFFICE: &str = "Riverside Tenants Union";
const ZONE: &str = "America/Chicago";

pub(super) const CLIENTS: [Sample; 2] = [
    Sample("Marisol Peña", "+16615550142", true, "es", &["R-2051"]),
    Sample("Grace Lindqvist", "+13125550161", true, "en", &["R-2077"]),
];

pub(super) fn theirs() -> AtTwilio {
    AtTwilio {
        name: OFFICE,
        sid: "AC71be5d20c94f4a0e8d3c6b5a4f3e2d1c",
        token: "90c1d2e3f4a5b6978877665544332211",
        number: "+13125550110",
        number_sid: "PN5e4d3c2b1a09f8e7d6c5b4a392817060",
        text_response: "Nobody reads this number. Call the Riverside Tenants Union at (312) 555-0110.",
        call_response: "This is the texting line of the Riverside Tenants Union. Call us at 3 1 2, 5 5 5, 0 1 1 0.",
    }
}

/// Makes the second office and the host if they are not there, and connects the office to the pretend Twilio.
///
/// # Errors
/// In words.
pub(super) async fn ensure(service: &Service, sealer: &Sealer, now: i64) -> Result<(), String> {
    let org = match office(service, OFFICE).await? {
        Some(org) => org,
        None => fill(service, now).await?,
    };
    let connected = connect(service, sealer, (org, &theirs()), now).await;
    connected.map_err(failed)
}

async fn fill(service: &Service, now: i64) -> Result<OrgId, String> {
    let org = OrgId(SystemClock.id());
    let new = NewOrg {
        id: org,
        name: OFFICE,
        slug: "riverside",
        zone: ZONE,
        at: now,
    };
    service.store().create_org(&new).await.map_err(failed)?;
    let nora = service.add_staff(
        org,
        "Nora Feld",
        NEIGHBOR,
        Role::Administrator,
        PASSWORD.into(),
    );
    let actor = Actor {
        staff: nora.await.map_err(|problem| sentence(&problem))?,
        org,
        role: Role::Administrator,
        name: String::new(),
        email: NEIGHBOR.into(),
        office: OFFICE.into(),
        zone: ZONE.into(),
        theme: None,
    };
    let omar = service.add_staff(
        org,
        "Omar Haddad",
        NEIGHBORS_STAFF,
        Role::Staff,
        PASSWORD.into(),
    );
    omar.await.map_err(|problem| sentence(&problem))?;
    for sample in &CLIENTS {
        let added = add_client(service, &actor, sample).await;
        added.map_err(|problem| sentence(&problem))?;
    }
    let hal = service.add_host("Hal Brooks", HOST, PASSWORD).await;
    hal.map_err(|problem| sentence(&problem))?;
    Ok(org)
}
