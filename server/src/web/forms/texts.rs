//! "Send Message", "Insert" and "Message Status" where there is no WASM.

use super::Posted;
use crate::web::{kept, session::sign_in_first};
use axum::{extract::Path, response::Response};
use domain::{
    author::Author,
    compose::SendForm,
    ids::TextId,
    problem::{Complaint, Problem},
    role::Actor,
    typing,
};

/// `POST /cases/{number}/text`
pub async fn send(Path(number): Path<String>, posted: Posted) -> Response {
    let actor = match posted.actor() {
        Ok(actor) => actor.clone(),
        Err(Problem::SignedOut) => return signed_out(posted, Problem::SignedOut).await,
        Err(problem) => return posted.answer(Err(problem)).await,
    };
    // Somebody else signed in with this browser since: the text is its author's, and waits for them.
    if let Ok(author) = posted.value("author").parse::<Author>()
        && author != actor.author()
    {
        return signed_out(posted, Problem::OtherPerson).await;
    }
    match posted.value("press") {
        "insert" => insert(posted, &actor, &number).await,
        _ => {
            let form: SendForm = posted.read();
            let sent = posted.web.service.send(&actor, &number, form).await;
            let path = posted.uri.path().to_owned();
            posted
                .answer(sent.map(|sent| format!("{path}?sent={}", sent.text)))
                .await
        }
    }
}

/// The session ended while somebody wrote. What they wrote travels, sealed, through "Sign in" and back; if that
/// cannot be, it is shown for copying, and nothing is said to be kept.
async fn signed_out(mut posted: Posted, why: Problem) -> Response {
    let next = posted.uri.path().to_owned();
    let written = posted.value("body").to_owned();
    if written.trim().is_empty() {
        return sign_in_first(&next);
    }
    let (why, carried) = match kept::seal(&posted).await {
        Some(sealed) => (why, ("kept".to_owned(), sealed)),
        None => (Problem::CannotKeep, ("written".to_owned(), written)),
    };
    posted.fields = vec![("next".into(), next), carried];
    posted.uri = "/login".parse().unwrap_or_default();
    posted.again(Some(why)).await
}

async fn insert(mut posted: Posted, actor: &Actor, number: &str) -> Response {
    let phrase = match posted.web.service.composer(actor, number, None).await {
        Ok(view) => view
            .quick_entries
            .into_iter()
            .find(|entry| entry.id.to_string() == posted.value("quick_entry")),
        Err(problem) => return posted.answer(Err(problem)).await,
    };
    let Some(phrase) = phrase else {
        let problem = Problem::field("quick_entry", Complaint::NoQuickEntryChosen);
        return posted.again(Some(problem)).await;
    };
    let body = typing::append(posted.value("body"), &phrase.body);
    posted.set("body", Some(body));
    posted.set("quick_entry", None);
    posted.again(None).await
}

/// `POST /cases/{number}/texts`: asks Twilio about the text that the pressed button stands beside.
pub async fn ask(Path(_number): Path<String>, posted: Posted) -> Response {
    let done = match (posted.actor(), posted.value("text").parse::<TextId>()) {
        (Ok(actor), Ok(text)) => posted
            .web
            .service
            .refresh_status(actor, text)
            .await
            .map(|answer| (text, answer)),
        (Err(problem), _) => Err(problem),
        (_, Err(_)) => Err(Problem::NotFound),
    };
    let path = posted.uri.path().to_owned();
    posted
        .answer(done.map(|(text, answer)| {
            let at = format!("{} {}", answer.asked_at.time, answer.asked_at.zone);
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("asked", &text.to_string())
                .append_pair("said", &answer.said)
                .append_pair("at", &at)
                .finish();
            format!("{path}?{query}#t-{text}")
        }))
        .await
}
