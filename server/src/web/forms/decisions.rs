//! What people decide about permission: for one client, about a card, about a text of which nobody knows, about many opt-outs, and how texts are handled.

use super::Posted;
use axum::{extract::Path, response::Response};
use domain::{ids::ClientId, problem::Problem, unclear::RELEASE};

/// `POST /clients/{id}/consent`
pub async fn consent(Path(id): Path<String>, posted: Posted) -> Response {
    let done = match (posted.actor(), id.parse()) {
        (Ok(actor), Ok(id)) => {
            let service = &posted.web.service;
            let changed = service.change_consent(actor, id, posted.read()).await;
            changed.map(|()| id)
        }
        (Err(problem), _) => Err(problem),
        (_, Err(_)) => Err(Problem::NotFound),
    };
    posted
        .answer(done.map(|id: ClientId| format!("/clients/{id}?recorded=1")))
        .await
}

/// `POST /reviews`
pub async fn review(posted: Posted) -> Response {
    let done = match posted.actor() {
        Ok(actor) => {
            let service = &posted.web.service;
            service.decide_review(actor, posted.read()).await
        }
        Err(problem) => Err(problem),
    };
    posted.answer(done.map(|()| "/reviews".to_owned())).await
}

/// `POST /unclear`
pub async fn unclear(posted: Posted) -> Response {
    let done = match posted.actor() {
        Ok(actor) => {
            let service = &posted.web.service;
            match posted.value("press") {
                RELEASE => service.release_queue(actor, &posted.read()).await,
                _ => service.decide_unclear(actor, posted.read()).await,
            }
        }
        Err(problem) => Err(problem),
    };
    posted.answer(done.map(|()| "/unclear".to_owned())).await
}

/// `POST /admin/opt-outs`
pub async fn opt_outs(posted: Posted) -> Response {
    let done = match posted.actor() {
        Ok(actor) => {
            let service = &posted.web.service;
            service.decide_opt_outs(actor, posted.read()).await
        }
        Err(problem) => Err(problem),
    };
    posted
        .answer(done.map(|()| "/admin/opt-outs".to_owned()))
        .await
}

/// `POST /admin/incoming`
pub async fn incoming(posted: Posted) -> Response {
    let done = match posted.actor() {
        Ok(actor) => {
            let service = &posted.web.service;
            service.save_incoming_setup(actor, posted.read()).await
        }
        Err(problem) => Err(problem),
    };
    posted
        .answer(done.map(|()| "/admin/incoming?saved=1".to_owned()))
        .await
}
