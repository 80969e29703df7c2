//! Moments. The server wrote the words in the reader's zone; here they are only shown.

use super::markup::{Markup, markup, tag};
use domain::{when::When, words};
use leptos::{prelude::*, tachys::html::InertElement};

/// A moment in the reader's zone, drawn. Pressing it, by mouse or keyboard and with or without scripts, shows the
/// same moment to the second in UTC: a tool tip would be out of reach for many. Not within a paragraph: it holds a
/// block.
pub fn when_time(html: &mut Markup, when: &When) {
    html.within(tag!("details", "class" = "when"), |html| {
        html.within(tag!("summary"), |html| plain_time(html, when));
        html.say(tag!("small"), &when.exact);
    });
}

fn plain_time(html: &mut Markup, when: &When) {
    html.words(
        "time",
        &[("datetime", &when.utc)],
        &words::common::when(when),
    );
}

/// A moment in the reader's zone, with the same in UTC behind it.
#[component]
pub fn WhenTime(when: When) -> impl IntoView {
    InertElement::new(markup(0, |html| when_time(html, &when))).into_any()
}

/// A moment in the reader's zone, for sentences.
#[component]
pub fn PlainTime(when: When) -> impl IntoView {
    InertElement::new(markup(0, |html| plain_time(html, &when))).into_any()
}
