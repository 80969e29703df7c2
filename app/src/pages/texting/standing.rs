//! How a step or a line stands: a word and a silhouette.

use crate::components::Icon;
use domain::{check::Standing, words::check as words};
use leptos::prelude::*;

/// The standing of a step or a line.
#[component]
pub fn StandingWord(standing: Standing) -> impl IntoView {
    let (class, shape) = match standing {
        Standing::Good => ("status good", "s-delivered"),
        Standing::Bad => ("status bad", "s-failed"),
        Standing::Waiting => ("status heed", "s-hourglass"),
        Standing::ToDo => ("status plain", "s-todo"),
    };
    view! {
        <span class=class>
            <Icon name=shape />
            {words::word(standing)}
        </span>
    }
    .into_any()
}
