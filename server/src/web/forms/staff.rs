//! The page of staff, and the links that lead in.

use super::{Posted, account::welcome};
use axum::{extract::Path, response::Response};
use domain::{problem::Problem, staff::StaffForm};
use service::invitations::Link;

/// What a form of the page of staff does.
enum Done {
    /// Changed; the page shows it.
    Changed,
    /// Made a link, which is shown once.
    Made(Link),
}

/// `POST /admin/staff`
pub async fn manage(posted: Posted) -> Response {
    match press(&posted).await {
        Ok(Done::Made(link)) => posted.show_once(&link).await,
        Ok(Done::Changed) => {
            let path = posted.uri.path().to_owned();
            posted.answer(Ok(path)).await
        }
        Err(problem) => posted.answer(Err(problem)).await,
    }
}

async fn press(posted: &Posted) -> Result<Done, Problem> {
    let (actor, service) = (posted.actor()?, &posted.web.service);
    let form: StaffForm = posted.read();
    Ok(match form.press.as_str() {
        "invite" => Done::Made(service.invite_staff(actor, &form).await?),
        "reset" => Done::Made(service.password_link(actor, &form).await?),
        "withdraw" => {
            service.withdraw_invitation(actor, &form).await?;
            Done::Changed
        }
        _ => {
            service.change_staff(actor, &form).await?;
            Done::Changed
        }
    })
}

/// `POST /invite/{token}`
pub async fn accept(Path(token): Path<String>, posted: Posted) -> Response {
    let service = &posted.web.service;
    match service.accept(&token, posted.read(), posted.from).await {
        Ok(session) => welcome(&posted, &session, "/"),
        Err(problem) => posted.answer(Err(problem)).await,
    }
}
