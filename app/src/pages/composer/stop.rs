//! Where texting is not allowed, the reason and the remedy stand in the place of the form, and the draft is kept.

use super::writing::Writing;
use crate::components::{Note, Tone};
use domain::{consent::WhyNot, words};
use leptos::prelude::*;

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
            <Note tone=Tone::Bad>
                <h2>{words::consent::heading(why)}</h2>
                <p>{words::consent::remedy(why, ours.as_ref())}</p>
            </Note>
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
