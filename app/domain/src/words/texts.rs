//! The Texts page: its table, Message Status, and what is said while it is open.

use super::{compose, thousands};
use crate::{
    codes,
    consent::WhyNot,
    status::Status,
    text::{StatusAnswer, TextRow},
    when::When,
};

pub const TEXTS: &str = "Texts";
/// Stands above the client's name in the heading.
pub const TEXTS_WITH: &str = "Texts with";
pub const DATE: &str = "Date and time";
pub const TEXT: &str = "Text";
pub const NUMBER: &str = "Number";
pub const MESSAGE_STATUS: &str = "Message Status";
/// Leads to a composer with the words of a text that did not arrive.
pub const TRY_AGAIN: &str = "Try again";
pub const ASKING: &str = "Asking Twilio…";
pub const EARLIER_NUMBER: &str = "earlier number";
pub const OLDER: &str = "Older texts";
pub const NEWEST: &str = "Newest texts";
pub const NONE_YET: &str = "No texts yet";
pub const NONE_YET_MEANS: &str = "Every text that goes to this client on this case stands here, with when it was sent, by whom, and whether it arrived.";
pub const NO_MORE: &str = "No older texts";
pub const NO_MORE_MEANS: &str = "These were all.";
pub const NOT_LIVE: &str = "Not live just now; load this page again to see changes.";
pub const NO_FINAL_WORD: &str =
    "No final word from the carrier. It may have arrived; if it matters, ask the client.";
pub const NO_SID: &str = "Twilio has not confirmed this text yet, so it cannot be asked about.";
pub const ON_OLDER_PAGE: &str = "Older texts of this case";

/// The caption of the table.
pub fn caption(case: &str) -> String {
    format!("Texts on case {case}, newest first")
}

/// The line above the table. `zone` is the short name of the zone in which times are shown.
pub fn summary(texts: i64, zone: &str) -> String {
    let texts = match texts {
        1 => "1 text".to_owned(),
        n => format!("{} texts", thousands(n)),
    };
    format!("{texts}, newest first. All times are {zone}.")
}

/// Who printed it: on paper only.
pub fn printed(by: &str, office: &str) -> String {
    format!(" Printed by {by}, {office}.")
}

/// What the button "Message Status" adds for those who hear it.
pub fn of_the_text(at: &When) -> String {
    format!(" of the text of {}, {}", at.day, at.time)
}

/// How it is billed, when that is worth a word.
pub fn parts(row: &TextRow) -> Option<String> {
    (row.parts > 1).then(|| compose::texts(row.parts))
}

/// Why a row stands where it does: the sentence of its status, or of its failure, and the next step.
pub fn why(row: &TextRow) -> String {
    if let Some(why) = row.stopped {
        return super::status::stopped(why).into();
    }
    if row.no_final_word {
        return NO_FINAL_WORD.into();
    }
    if let (Status::Waiting | Status::Claimed, Some(waiting)) = (row.status, &row.waiting) {
        return super::halt::waiting(waiting);
    }
    match row.error.filter(|_| compose::went_wrong(row.status)) {
        Some(code) => format!(
            "{} {}",
            super::codes::meaning(code),
            super::codes::next_step(code)
        ),
        None => super::status::sentence(row.status).into(),
    }
}

/// Whether a composer with the same words helps: what did not go out, or did not arrive, may well arrive another time.
pub fn is_worth_another_try(row: &TextRow) -> bool {
    match row.stopped {
        Some(why) => matches!(why, WhyNot::NotSetUp | WhyNot::Fault),
        None => {
            let code = row.error.filter(|_| compose::went_wrong(row.status));
            code.is_some_and(codes::offers_try_again)
        }
    }
}

/// What Twilio said when it was asked, and when that was.
pub fn answer(said: &str, asked: &When) -> String {
    format!(
        "Twilio says: {said}, asked {}",
        super::common::moment(asked)
    )
}

/// The same on a page whose address tells when Twilio was asked: "2:14 PM PST".
pub fn answer_at(said: &str, at: &str) -> String {
    format!("Twilio says: {said}, asked at {at}")
}

/// The same from Twilio's own answer.
pub fn answer_of(answered: &StatusAnswer) -> String {
    answer(&answered.said, &answered.asked_at)
}

/// News about one's own last text, for those who hear the page. Never its body: others may hear it too.
pub fn news(row: &TextRow) -> String {
    format!(
        "Your text of {}: {}",
        row.at.time,
        super::status::word(row.status)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Phone;

    fn row(status: Status, error: Option<u32>) -> TextRow {
        let at = When {
            utc: "2025-12-08T22:14:00.000Z".into(),
            day: "Today".into(),
            time: "2:14 PM".into(),
            zone: "PST".into(),
            exact: "Monday, December 8, 2025, 22:14:00 UTC".into(),
        };
        TextRow {
            id: "0190a000-0000-7000-8000-000000000000"
                .parse()
                .expect("an id"),
            body: "The secret".into(),
            to: Phone::from_e164("+16615550142").expect("a number"),
            status,
            error,
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
    fn a_failed_row_says_what_happened_and_what_to_do() {
        let why = why(&row(Status::Undelivered, Some(30003)));
        assert!(
            why.contains("could not be reached") && why.contains("Try again later"),
            "{why}"
        );
    }

    #[test]
    fn an_old_error_does_not_haunt_a_delivered_text() {
        let why = why(&row(Status::Delivered, Some(30003)));
        assert_eq!(why, super::super::status::sentence(Status::Delivered));
    }

    #[test]
    fn a_text_without_a_final_word_says_so() {
        let silent = TextRow {
            no_final_word: true,
            ..row(Status::Sent, None)
        };
        assert_eq!(why(&silent), NO_FINAL_WORD);
    }

    #[test]
    fn twilios_answer_comes_with_its_time() {
        let said = answer("delivered", &row(Status::Delivered, None).status_at);
        assert_eq!(said, "Twilio says: delivered, asked today at 2:14 PM PST");
    }

    #[test]
    fn news_never_hold_the_body() {
        let said = news(&row(Status::Delivered, None));
        assert_eq!(said, "Your text of 2:14 PM: Delivered");
    }
}
