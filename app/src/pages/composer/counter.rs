//! The counter below a text box, as in govuk-frontend: one node for the eye, updated at every key and hidden from
//! assistive technology; another for the ear, which speaks rarely.

use super::announcer::Announcer;
use domain::{
    segments::{self, Measure},
    words::compose as words,
};
use leptos::prelude::*;

/// More bars than this would be hairs.
const BARS: u32 = 12;

/// Counts a text as Twilio does. Not shown before WASM runs (the style waits for it), since it could not follow.
#[component]
pub fn Counter(
    /// What stands in the text box.
    #[prop(into)]
    text: Signal<String>,
    /// How many texts the administrator allows.
    max_parts: u32,
) -> impl IntoView {
    let measure = Memo::new(move |_| segments::measure(&text.read()));
    view! {
        <div class="ruler" aria-hidden="true">
            {move || bars(&measure.read())}
        </div>
        <p class="count-line" aria-hidden="true">
            <span>
                <b>{move || words::left(&measure.read(), max_parts)}</b>
                {move || words::left_where(&measure.read(), max_parts)}
            </span>
            <span>{move || words::total(&measure.read(), max_parts)}</span>
        </p>
        <Announcer measure max_parts />
    }
}

/// A bar for each text, filled as far as it is used.
fn bars(measure: &Measure) -> impl IntoView + use<> {
    let holds = measure.room / measure.parts.max(1);
    let last = (holds - measure.left.min(holds)) * 100 / holds.max(1);
    let shown = measure.parts.min(BARS);
    (1..=shown)
        .map(|bar| if bar < shown { 100 } else { last })
        .map(|width| {
            view! {
                <svg viewBox="0 0 100 6" preserveAspectRatio="none">
                    <rect width=width.to_string() height="6" />
                </svg>
            }
        })
        .collect_view()
}
