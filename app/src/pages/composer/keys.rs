//! Keys in the text box: Ctrl+Enter sends, "/" finds a phrase, Tab goes to the next blank.

use super::{picker::Picker, send::send, writing::Writing};
use domain::typing;
use leptos::{ev::KeyboardEvent, prelude::*};

/// What Chromium and Safari give as key code while an input method composes.
const COMPOSING: u32 = 229;

/// Answers a key in the text box. `free` is true after Escape: then Tab leaves, whatever blanks there are.
pub fn pressed(event: &KeyboardEvent, writing: Writing, picker: Picker, free: StoredValue<bool>) {
    if event.is_composing() || event.key_code() == COMPOSING {
        return;
    }
    let leaves = free.get_value();
    free.set_value(event.key() == "Escape");
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Enter" if command => {
            event.prevent_default();
            if !event.repeat() {
                send(writing);
            }
        }
        "/" if !command && !event.alt_key() && slash(writing, picker) => event.prevent_default(),
        "Tab" if is_plain(event) && !leaves && next_blank(writing) => event.prevent_default(),
        _ => {}
    }
}

fn is_plain(event: &KeyboardEvent) -> bool {
    !(event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key())
}

fn slash(writing: Writing, picker: Picker) -> bool {
    let (start, _) = writing.selection();
    let opens = typing::slash_opens(&writing.text.read_untracked()[..start]);
    opens && picker.open_from_text()
}

fn next_blank(writing: Writing) -> bool {
    let (_, end) = writing.selection();
    let blank = typing::tab_stop(&writing.text.read_untracked(), end);
    blank
        .map(|blank| writing.select(blank.start, blank.end))
        .is_some()
}
