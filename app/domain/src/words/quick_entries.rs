//! The table of quick entries.

pub const TITLE: &str = "Twilio Text Quick Entry";
pub const LEAD: &str = "Phrases that staff insert into a text. A blank in [square brackets] is filled in by hand, and a text with an empty one can’t be sent.";
pub const CAPTION: &str = "Quick entries, in the order in which they are offered";
pub const ARCHIVED_CAPTION: &str = "Archived quick entries";
pub const ARCHIVED: &str = "Archived";
pub const ARCHIVED_LEAD: &str = "No longer offered. Texts that used them stay as they are.";
pub const NAME: &str = "Name";
pub const NAME_HINT: &str = "What staff look for in the list.";
pub const TEXT: &str = "Text";
pub const TEXT_HINT: &str = "Put what changes each time in square brackets, like [date] or [time].";
pub const ACTIONS: &str = "Actions";
pub const ADD: &str = "Add a quick entry";
pub const SAVE: &str = "Save quick entry";
pub const NONE: &str = "No quick entries yet";
pub const NONE_MORE: &str = "A quick entry is a phrase that your office sends often, such as an appointment reminder. Write the first one here.";
pub const UP: &str = "Up";
pub const DOWN: &str = "Down";
pub const ARCHIVE: &str = "Archive";
pub const RESTORE: &str = "Restore";

/// The heading of the form.
pub fn modify(name: &str) -> String {
    format!("Modify “{name}”")
}

/// What a button acts on, for those who hear it without its row.
pub fn of(name: &str) -> String {
    format!(" quick entry “{name}”")
}

/// "116 characters, 1 text"
pub fn length(characters: usize, parts: u32) -> String {
    let characters = super::count(
        i64::try_from(characters).unwrap_or(i64::MAX),
        "character",
        "characters",
    );
    format!(
        "{characters}, {}",
        super::count(i64::from(parts), "text", "texts")
    )
}
