//! "Message Status": asks Twilio now. One plain form for the buttons of all rows; with WASM the answer comes without
//! leaving the page.

use super::{rows::Rows, shown::Shown};
use crate::{
    api::refresh_status,
    components::markup::{Markup, tag},
};
use domain::{
    ids::TextId,
    text::TextRow,
    words::{self, texts as said},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use web_sys::HtmlElement;

const FORM: &str = "ask";
/// Set on a button while it asks. It stays where it is and keeps the focus.
const ASKING: &str = "aria-disabled";

/// The button of a text that Twilio can be asked about.
pub fn button(html: &mut Markup, text: &TextRow) {
    if !text.with_twilio {
        return;
    }
    let what = [
        ("class", "btn btn-line btn-small"),
        ("form", FORM),
        ("name", "text"),
        ("value", &text.id.to_string()),
    ];
    html.element("button", &what, |html| {
        html.text(said::MESSAGE_STATUS);
        html.say(tag!("span", "class" = "hide"), &said::of_the_text(&text.at));
    });
}

/// The form that the buttons belong to. `action`: the page itself.
#[component]
pub fn AskForm(action: String, rows: Rows) -> impl IntoView {
    let ask = move |event: SubmitEvent| {
        let pressed = event
            .submitter()
            .and_then(|button| Some((text_of(&button)?, button)));
        // Where the browser does not tell the button, it posts the form.
        let Some((text, button)) = pressed else {
            return;
        };
        event.prevent_default();
        if !button.has_attribute(ASKING) {
            spawn_local(ask_twilio(text, button, rows));
        }
    };
    view! { <form id=FORM method="post" action=action on:submit=ask hidden></form> }
}

async fn ask_twilio(text: TextId, button: HtmlElement, rows: Rows) {
    // Neither can fail for a name of ours.
    let _ = button.set_attribute(ASKING, "true");
    say(text, said::ASKING);
    let answered = refresh_status(text).await;
    let _ = button.remove_attribute(ASKING);
    match answered {
        Ok(answered) => {
            rows.take(&answered.row);
            say(text, &said::answer_of(&answered));
        }
        Err(error) => say(text, &words::problem::sentence(&error.problem())),
    }
}

fn say(text: TextId, words: &str) {
    // The page may have been left meanwhile.
    if let Some(shown) = Shown::find(text) {
        shown.answer(words);
    }
}

fn text_of(button: &HtmlElement) -> Option<TextId> {
    button.get_attribute("value")?.parse().ok()
}
