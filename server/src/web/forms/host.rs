//! The host's forms: a new organization, and the invitation of its administrator.

use super::Posted;
use axum::response::Response;
use domain::{host::HostForm, problem::Problem};
use service::invitations::Link;

/// `POST /host`
pub async fn organizations(posted: Posted) -> Response {
    let form: HostForm = posted.read();
    if form.press == "invite" {
        return match invite(&posted, &form).await {
            Ok(link) => posted.show_once(&link).await,
            Err(problem) => posted.answer(Err(problem)).await,
        };
    }
    let done = match posted.host() {
        Ok(host) => posted.web.service.create_organization(host, &form).await,
        Err(problem) => Err(problem),
    };
    // Its administrator comes next.
    posted
        .answer(done.map(|org| format!("/host?invite={org}#email")))
        .await
}

async fn invite(posted: &Posted, form: &HostForm) -> Result<Link, Problem> {
    let service = &posted.web.service;
    service.invite_administrator(posted.host()?, form).await
}
