//! Sending: one press, one text. The form's key makes the same press arrive once, however often it is posted.

use super::writing::{Trouble, Writing};
use crate::{
    api::{ApiError, load_composer, send_message},
    browser::{connection::is_online, replace_address},
};
use domain::{
    compose::{SendForm, Sent, check_body},
    problem::Problem,
    words::compose as words,
};
use leptos::{prelude::*, task::spawn_local};

/// Sends what is written, unless something is the matter with it, or it is being sent already.
pub fn send(writing: Writing) {
    writing.read();
    if writing.sending.get_untracked() || writing.sent.read_untracked().is_some() {
        return;
    }
    let body = writing.text.get_untracked();
    if let Err(complaint) = check_body(&body, writing.allowed) {
        return writing
            .problem
            .set(Some(Problem::field(super::writing::BODY, complaint)));
    }
    writing.problem.set(None);
    if !is_online() {
        return writing.trouble.set(Some(Trouble::Offline));
    }
    // The words of an earlier text must not come back once they were sent.
    replace_address(&writing.address());
    writing.keeper.before_sending();
    writing.trouble.set(None);
    writing.sending.set(true);
    let form = SendForm {
        key: writing.key.get_untracked(),
        author: writing.author.get_value(),
        body,
        quick_entry: writing.chosen.get_untracked(),
        press: "send".into(),
    };
    spawn_local(async move {
        let answer = send_message(number(writing), form).await;
        // The page may be gone by now; then there is nobody to tell, and the text is on its way all the same.
        if writing.sending.try_set(false).is_none() {
            answered(writing, answer).await;
        }
    });
}

fn number(writing: Writing) -> String {
    writing
        .case
        .try_with_value(|case| case.number.to_string())
        .unwrap_or_default()
}

async fn answered(writing: Writing, answer: Result<Sent, ApiError>) {
    match answer {
        Ok(sent) => done(writing, sent),
        Err(ApiError::Offline) => failed(writing, Trouble::Unclear),
        Err(ApiError::Outdated) => failed(writing, Trouble::Outdated),
        Err(ApiError::Problem(Problem::SignedOut | Problem::OtherPerson)) => {
            failed(writing, Trouble::SignedOut);
            writing.post();
        }
        Err(ApiError::Problem(problem)) => refused(writing, problem).await,
    }
}

/// Twilio, or the outbox, has it. What Twilio refused stays in the box: nothing went out, and the words are needed.
fn done(writing: Writing, sent: Sent) {
    writing.key.set(sent.next_key.to_string());
    // The draft that stood in its place is sent.
    writing.earlier.set(None);
    if !words::went_wrong(sent.status) {
        writing.clear();
    }
    writing.keeper.after_sending();
    // The box gives the focus back to what had it before.
    writing.focus();
    writing.sent.set(Some(sent));
}

fn failed(writing: Writing, trouble: Trouble) {
    writing.trouble.set(Some(trouble));
    writing.keeper.after_failing();
}

async fn refused(writing: Writing, problem: Problem) {
    writing.keeper.after_failing();
    if let Problem::MayNotText(why) = problem {
        writing.keeper.save();
        return writing.why_not.set(Some(why));
    }
    // This form's key is spent on another text: the next press needs a new one.
    if problem == Problem::OtherTextSent
        && let Ok(view) = load_composer(number(writing), None).await
    {
        writing.key.set(view.key.to_string());
    }
    writing.problem.set(Some(problem));
}
