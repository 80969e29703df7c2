//! Adding and editing clients, and adding cases.

use super::Posted;
use axum::{extract::Path, response::Response};
use domain::{
    case_number::CaseNumber,
    ids::ClientId,
    problem::{Complaint, Problem},
};
use service::phones;

/// `POST /clients/new`
pub async fn add(posted: Posted) -> Response {
    save(posted, None).await
}

/// `POST /clients/{id}/edit`
pub async fn edit(Path(id): Path<String>, posted: Posted) -> Response {
    match id.parse() {
        Ok(id) => save(posted, Some(id)).await,
        Err(_) => posted.again(Some(Problem::NotFound)).await,
    }
}

async fn save(mut posted: Posted, id: Option<ClientId>) -> Response {
    let done = match posted.actor() {
        Ok(actor) => {
            posted
                .web
                .service
                .save_client(actor, id, posted.read())
                .await
        }
        Err(problem) => Err(problem),
    };
    if let Err(problem) = &done
        && problem.about("okay") == Some(&Complaint::AskConsentAnew)
    {
        ask_anew(&mut posted);
    }
    posted.answer(done.map(|id| format!("/clients/{id}"))).await
}

/// The box comes back unticked, now standing beside the new number.
fn ask_anew(posted: &mut Posted) {
    let now = phones::parse(posted.value("cell")).ok().flatten();
    posted.set("okay", None);
    posted.set("okay_for", now.map(|phone| phone.as_str().to_owned()));
}

/// `POST /clients/{id}`: a case more.
pub async fn add_case(Path(id): Path<String>, posted: Posted) -> Response {
    let done = match (posted.actor(), id.parse()) {
        (Ok(actor), Ok(id)) => posted.web.service.add_case(actor, id, posted.read()).await,
        (Err(problem), _) => Err(problem),
        (_, Err(_)) => Err(Problem::NotFound),
    };
    posted
        .answer(done.map(|number: CaseNumber| format!("/cases/{}", number.path())))
        .await
}
