//! Where texting is not allowed, the reason and the remedy stand in the place of the form, and the draft is kept.

use super::writing::Writing;
use crate::{
    api::load_case,
    components::{Note, Tone},
};
use domain::{client::CaseView, consent::WhyNot, words};
use leptos::{prelude::*, task::spawn_local};

/// Something about permission changed: looks whether this client may be texted now. What was typed is kept.
pub fn look_again(writing: Writing) {
    let Some(number) = writing.case.try_with_value(|case| case.number.to_string()) else {
        return;
    };
    spawn_local(async move {
        // The next event brings what this one could not; sending asks again anyway.
        if let Ok(case) = load_case(number).await {
            take(writing, case);
        }
    });
}

fn take(writing: Writing, case: CaseView) {
    let (Some(before), why_not) = (writing.why_not.try_get_untracked(), case.why_not) else {
        return;
    };
    writing.okay.set(case.client.okay_now());
    writing.flag.set(case.client.flag.clone());
    writing.case.set_value(case);
    if before == why_not {
        return;
    }
    if why_not.is_some() {
        writing.read();
        writing.keeper.save();
    }
    writing.why_not.set(why_not);
}

/// Why there is no form here.
#[component]
pub fn Stop(why: WhyNot, writing: Writing) -> impl IntoView {
    let client = writing
        .case
        .with_value(|case| format!("/clients/{}", case.client.id));
    let ours = writing
        .case
        .with_value(|case| case.client.our_number.clone());
    let draft = writing.text.get_untracked();
    let kept = (!draft.trim().is_empty()).then(|| {
        view! {
            <div class="field">
                <h3 class="legend">{words::compose::DRAFT_KEPT}</h3>
                <blockquote class="kept" dir="auto">
                    {draft}
                </blockquote>
            </div>
        }
    });
    view! {
        <div class="composer stack">
            <div role="alert">
            <Note tone=Tone::Bad>
                <h2>{words::consent::heading(why)}</h2>
                <p>{words::consent::remedy(why, ours.as_ref())}</p>
            </Note>
            </div>
            {kept}
            <p class="row">
                <a class="btn btn-main" href=client>
                    {words::compose::TO_CLIENT}
                </a>
                <a class="btn" href=writing.case_address()>
                    {words::compose::BACK_TO_CASE}
                </a>
            </p>
        </div>
    }
}
