//! Cancel/Close: a link to the case, which asks first when something is written and not sent.

use super::writing::{Trouble, Writing};
use crate::{browser::elsewhere::go, components::Dialog};
use domain::words::compose as words;
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};

/// Leaves the composer.
#[component]
pub fn Cancel(writing: Writing) -> impl IntoView {
    let asks = RwSignal::new(false);
    let click = move |event: MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        writing.read();
        if !elsewhere && !writing.text.read_untracked().trim().is_empty() {
            event.prevent_default();
            asks.set(true);
        }
    };
    view! {
        <a class="btn btn-big" href=writing.case_address() on:click=click>
            {words::CANCEL}
        </a>
        <Show when=move || asks.get()>
            <Question writing asks />
        </Show>
    }
}

#[component]
fn Question(writing: Writing, asks: RwSignal<bool>) -> impl IntoView {
    // As the link itself would: the program may have no other page than this.
    let leave = Callback::new(move |()| go(&writing.case_address()));
    let stay = move |_| {
        asks.set(false);
        after_closing(writing);
    };
    // Leaving saves what is left of the draft.
    let keep = move |_| leave.run(());
    let throw_away = move |_| {
        spawn_local(async move {
            if writing.keeper.discard().await {
                writing.clear();
                leave.run(());
            } else {
                asks.set(false);
                writing.trouble.set(Some(Trouble::Offline));
            }
        });
    };
    view! {
        <Dialog labelled_by="leave-heading" on_close=Callback::new(move |()| asks.set(false))>
            <h2 id="leave-heading">{words::LEAVE}</h2>
            <p>{words::LEAVE_MEANS}</p>
            <div class="row">
                <button type="button" class="btn btn-main" autofocus on:click=stay>
                    {words::GO_ON}
                </button>
                <button type="button" class="btn" on:click=keep>
                    {words::KEEP_AND_LEAVE}
                </button>
                <button type="button" class="btn btn-risk" on:click=throw_away>
                    {words::THROW_AWAY}
                </button>
            </div>
        </Dialog>
    }
}

/// The box gives the focus back to Cancel/Close in the next frame; who goes on writing wants it in the text.
pub fn after_closing(writing: Writing) {
    request_animation_frame(move || request_animation_frame(move || writing.focus()));
}
