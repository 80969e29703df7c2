//! Names and numbers, isolated from the direction of the words around them.

use super::markup::{Markup, tag};
use domain::phone::Phone;
use leptos::prelude::*;

/// A name in its own direction.
#[component]
pub fn Name(#[prop(into)] name: String) -> impl IntoView {
    view! { <bdi>{name}</bdi> }
}

/// A phone number, left to right in any language.
#[component]
pub fn PhoneNumber(number: Phone) -> impl IntoView {
    view! { <bdi dir="ltr">{number.display()}</bdi> }
}

/// A name, drawn.
pub fn name(html: &mut Markup, name: &str) {
    html.say(tag!("bdi"), name);
}

/// A phone number, drawn.
pub fn phone_number(html: &mut Markup, number: &Phone) {
    html.say(tag!("bdi", "dir" = "ltr"), &number.display());
}
