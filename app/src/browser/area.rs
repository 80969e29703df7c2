//! A text box: its selection in bytes, and edits that its own undo can take back.

use domain::{fixes::Edit, offsets};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlDocument, HtmlTextAreaElement};

/// The selection, as bytes of the value.
pub fn selection(area: &HtmlTextAreaElement) -> (usize, usize) {
    let text = area.value();
    let byte = |place: Result<Option<u32>, _>| {
        let utf16 = place
            .ok()
            .flatten()
            .map_or(usize::MAX, |units| units as usize);
        offsets::byte_of(&text, utf16)
    };
    (byte(area.selection_start()), byte(area.selection_end()))
}

/// Selects these bytes of the value and moves the focus there.
pub fn select(area: &HtmlTextAreaElement, start: usize, end: usize) {
    let text = area.value();
    // Neither can fail for a text box that is in the page.
    let _ = area.focus();
    let _ = area.set_selection_range(
        offsets::utf16_of(&text, start),
        offsets::utf16_of(&text, end),
    );
}

/// Makes an edit as if it had been typed: one Ctrl+Z takes it back, and an `input` event tells of it.
///
/// `setRangeText` would forget the whole undo history. `execCommand` is deprecated and has no successor; where
/// it is missing, the edit is made without undo.
pub fn edit(area: &HtmlTextAreaElement, edit: &Edit) {
    select(area, edit.start, edit.end);
    let document = document().unchecked_into::<HtmlDocument>();
    let done = if edit.with.is_empty() {
        document.exec_command_with_show_ui_and_value("delete", false, "")
    } else {
        document.exec_command_with_show_ui_and_value("insertText", false, &edit.with)
    };
    if !done.unwrap_or(false) {
        replace(area, edit);
    }
}

/// Empties the box.
pub fn clear(area: &HtmlTextAreaElement) {
    area.set_value("");
}

fn replace(area: &HtmlTextAreaElement, edit: &Edit) {
    let text = area.value();
    area.set_value(&format!(
        "{}{}{}",
        &text[..edit.start],
        edit.with,
        &text[edit.end..]
    ));
    let end = edit.start + edit.with.len();
    select(area, end, end);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
        let _ = area.dispatch_event(&event);
    }
}
