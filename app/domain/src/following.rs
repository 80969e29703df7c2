//! What an open page does with rows that were fetched because something happened.

use crate::{
    ids::TextId,
    status::{self, Source, Status},
    text::TextRow,
};

/// Whether a status fetched now goes beyond the one shown.
pub fn climbs(shown: Status, fetched: Status) -> bool {
    status::advance(shown, fetched, Source::Fetch).is_some()
}

/// Whether a row with this status may take the place of the one shown. Answers overtake each other; a status shown
/// never moves back.
pub fn may_follow(shown: Status, fetched: Status) -> bool {
    shown == fetched || climbs(shown, fetched)
}

/// Whether a fetched row tells something newer than what is shown.
pub fn is_newer(shown: &TextRow, fetched: &TextRow) -> bool {
    shown != fetched && may_follow(shown.status, fetched.status)
}

/// Whether a text that is not shown belongs above the first one shown: ids count upwards with time.
pub fn is_on_top(first_shown: Option<TextId>, fetched: TextId) -> bool {
    first_shown.is_none_or(|first| fetched > first)
}

/// Whether a change of one's own last text is worth saying aloud: its fate, not each of its steps.
pub fn is_worth_saying(before: Status, now: Status) -> bool {
    before != now
        && (now.is_final()
            || matches!(
                now,
                Status::Sent | Status::Unknown | Status::PartiallyDelivered
            ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{phone::Phone, when::When};

    fn row(id: u8, status: Status) -> TextRow {
        let at = When {
            utc: String::new(),
            day: String::new(),
            time: String::new(),
            zone: String::new(),
            exact: String::new(),
        };
        TextRow {
            id: format!("0190a000-0000-7000-8000-0000000000{id:02x}")
                .parse()
                .expect("an id"),
            body: "Hi".into(),
            to: Phone::from_e164("+16615550142").expect("a number"),
            status,
            error: None,
            stopped: None,
            parts: 1,
            by: "Dana".into(),
            mine: true,
            at: at.clone(),
            status_at: at,
            no_final_word: false,
            with_twilio: true,
            waiting: None,
        }
    }

    #[test]
    fn an_answer_that_was_overtaken_changes_nothing() {
        assert!(!is_newer(&row(1, Status::Delivered), &row(1, Status::Sent)));
        assert!(is_newer(&row(1, Status::Sent), &row(1, Status::Delivered)));
        assert!(!is_newer(&row(1, Status::Sent), &row(1, Status::Sent)));
        assert!(may_follow(Status::Sent, Status::Sent));
        assert!(!may_follow(Status::Delivered, Status::Sent));
    }

    #[test]
    fn only_a_later_text_goes_on_top() {
        let id = |n| row(n, Status::Sent).id;
        assert!(is_on_top(None, id(1)));
        assert!(is_on_top(Some(id(1)), id(2)));
        assert!(!is_on_top(Some(id(2)), id(1)));
    }

    #[test]
    fn the_fate_of_a_text_is_said_and_not_each_step() {
        assert!(!is_worth_saying(Status::Waiting, Status::Queued));
        assert!(is_worth_saying(Status::Sent, Status::Delivered));
        assert!(is_worth_saying(Status::Queued, Status::Undelivered));
        assert!(!is_worth_saying(Status::Delivered, Status::Delivered));
    }
}
