//! Texting Setup: the check is started, a step is saved.

use super::Posted;
use axum::response::Response;
use domain::{
    problem::Problem,
    setup::{AccountForm, Step},
    unclear::REGISTERED,
};

/// `POST /admin/texting`: checks everything now, or lets texts leave since the number is registered.
pub async fn check(posted: Posted) -> Response {
    let path = posted.uri.path().to_owned();
    let done = match posted.actor() {
        Ok(actor) => {
            let service = &posted.web.service;
            match posted.value("press") {
                REGISTERED => service
                    .number_is_registered(actor, &posted.read())
                    .await
                    .map(|()| path),
                _ => service
                    .start_check(actor)
                    .await
                    .map(|()| format!("{path}#check")),
            }
        }
        Err(problem) => Err(problem),
    };
    posted.answer(done).await
}

/// `POST /admin/texting/{step}`: saves a step and leads to the next, unless there is more to do at this one.
pub async fn step(posted: Posted) -> Response {
    let slug = posted.uri.path().rsplit('/').next().unwrap_or_default();
    let Some(step) = Step::of_slug(slug) else {
        return posted.answer(Err(Problem::NotFound)).await;
    };
    let done = save(&posted, step).await;
    let to = |goes_on| {
        if goes_on {
            step.next_path()
        } else {
            step.path()
        }
    };
    posted.answer(done.map(to)).await
}

/// Whether to go on.
async fn save(posted: &Posted, step: Step) -> Result<bool, Problem> {
    let (actor, service) = (posted.actor()?, &posted.web.service);
    match step {
        Step::Account => {
            let form: AccountForm = posted.read();
            // Tokens come and go where they are listed.
            let goes_on = !matches!(form.press.as_str(), "add" | "promote" | "remove");
            service.save_account(actor, form).await.map(|()| goes_on)
        }
        Step::Number => service
            .save_number(actor, posted.read())
            .await
            .map(|()| true),
        Step::Responses => service
            .save_responses(actor, posted.read())
            .await
            .map(|()| true),
        Step::Address => service.save_address(actor, posted.read()).await,
        Step::Connect => service.connect(actor, posted.read()).await.map(|()| true),
        // Followed where it was sent.
        Step::Test => service
            .send_test(actor, posted.read())
            .await
            .map(|()| false),
    }
}
