//! A note: for what changes a decision.

use super::Icon;
use leptos::prelude::*;

/// What a note is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Heed,
    Bad,
}

/// A note with its silhouette.
#[component]
pub fn Note(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    let (class, shape) = match tone {
        Tone::Plain => ("note", "s-todo"),
        Tone::Good => ("note good", "s-delivered"),
        Tone::Heed => ("note heed", "s-heed"),
        Tone::Bad => ("note bad", "s-stop"),
    };
    view! {
        <div class=class>
            <Icon name=shape />
            <div>{children()}</div>
        </div>
    }
    .into_any()
}
