//! A box over the page, for what must be read before going on.

use super::focus;
use leptos::{ev, html, prelude::*};
use web_sys::Element;

/// A box that is open as long as it is drawn. Rendered open, so that it can be read without WASM; with WASM it
/// becomes modal: the focus goes to the element marked `autofocus` (mark the least destructive), stays inside, and
/// returns on closing to what had it before.
///
/// Close it by no longer drawing it. `on_close` is called when the browser closed it itself: Escape, or a
/// `<form method="dialog">`.
#[component]
pub fn Dialog(
    /// The id of the heading that names the box.
    labelled_by: &'static str,
    #[prop(optional, into)] on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // All of it in the browser: on the server a page may be dropped by another thread than the one that made it.
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            let opener = StoredValue::new_local(focused());
            show(&dialog);
            on_cleanup(move || give_back(opener.try_get_value().flatten()));
        }
    });
    let closed = move |_: ev::Event| {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    view! {
        <dialog class="box" aria-labelledby=labelled_by open node_ref=node on:close=closed>
            {children()}
        </dialog>
    }
    .into_any()
}

/// What has the focus, before the box takes it.
fn focused() -> Option<Element> {
    document()
        .active_element()
        .filter(|element| element.tag_name() != "BODY")
}

/// Opens the box as a modal one: drawn open, it is not, and a box that is open cannot be made modal.
fn show(dialog: &web_sys::HtmlDialogElement) {
    // Taking the attribute away closes it without the event that closing would send.
    let _ = dialog.remove_attribute("open");
    if dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}

/// Gives the focus back once the box is gone.
fn give_back(opener: Option<Element>) {
    if let Some(opener) = opener {
        request_animation_frame(move || focus::on(&opener));
    }
}
