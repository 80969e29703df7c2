//! The counter's voice: a live region, empty in the HTML, written after a pause and only when there is news.

use crate::browser::pause::Pause;
use domain::{
    counter::{self, Told},
    segments::Measure,
    words::compose as words,
};
use leptos::prelude::*;
use std::time::Duration;

/// Silence after the last key. A whole second also keeps two announcements a second apart.
const SILENCE: Duration = Duration::from_secs(1);

/// Says what changed about a text's price or fate.
#[component]
pub fn Announcer(measure: Memo<Measure>, max_parts: u32) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let told = StoredValue::new(Told::default());
    let silence = Pause::new(SILENCE);
    let speak = move || {
        let Some(measure) = measure.try_get_untracked() else {
            return;
        };
        let (knows, news) = counter::news(told.get_value(), &measure, max_parts);
        told.set_value(knows);
        if let Some(news) = news {
            said.set(words::news(news));
        }
    };
    Effect::new(move |_| {
        measure.track();
        silence.then(speak);
    });
    view! {
        <p class="hide" role="status">
            {said}
        </p>
    }
}
