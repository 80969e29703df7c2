//! One text, drawn: the same on the server, and in the browser when it is new. What may change while the page is
//! open stands in elements of its own: [`word`], [`why`], [`ask`].

use super::{ask, asked::Asked};
use crate::components::{
    markup::{Markup, Tag, tag},
    people::{name, phone_number},
    status::status_word,
    when::when_time,
};
use domain::{
    phone::Phone,
    status::Status,
    text::TextRow,
    words::{self, texts as said},
};

/// About how many bytes a row takes.
pub const ROOM: usize = 1280;

/// The cells of a row, whichever way the text went.
pub(super) const WHEN: Tag = tag!(
    "th",
    "role" = "rowheader",
    "scope" = "row",
    "class" = "x-when"
);
pub(super) const MESSAGE: Tag = tag!("td", "role" = "cell", "class" = "x-msg");
pub(super) const NUMBER: Tag = tag!("td", "role" = "cell", "class" = "x-num");
pub(super) const STATUS: Tag = tag!("td", "role" = "cell", "class" = "x-stat");
/// Small words below others: who, which number, why.
pub(super) const SUB: Tag = tag!("span", "class" = "sub");
pub(super) const WHY: Tag = tag!("span", "class" = "why");

/// The id of a text's row.
pub fn id_of(text: &impl std::fmt::Display) -> String {
    format!("t-{text}")
}

/// The row of a text. `phone`: the client's number now.
pub fn row(html: &mut Markup, text: &TextRow, phone: Option<&Phone>, asked: &Asked) {
    let about = [
        ("role", "row"),
        ("id", &id_of(&text.id)),
        ("class", tone(text.status)),
        ("data-status", text.status.as_str()),
        ("data-mine", if text.mine { "yes" } else { "" }),
    ];
    html.element("tr", &about, |html| {
        html.within(WHEN, |html| when_time(html, &text.at));
        html.within(MESSAGE, |html| {
            html.say(tag!("p", "dir" = "auto"), &text.body);
            html.within(SUB, |html| name(html, &text.by));
        });
        html.within(NUMBER, |html| {
            phone_number(html, &text.to);
            if phone != Some(&text.to) {
                html.say(SUB, said::EARLIER_NUMBER);
            }
        });
        html.within(STATUS, |html| status(html, text, asked));
    });
}

/// The class that lets a row be seen from afar.
pub fn tone(status: Status) -> &'static str {
    match words::status::tone(status) {
        "bad" => "row-bad",
        "heed" => "row-heed",
        _ => "",
    }
}

/// The word of the status.
pub fn word(html: &mut Markup, text: &TextRow) {
    status_word(html, text.status);
}

/// The sentence of the status, or reason and next step; how many texts; Twilio's code in small print.
pub fn why(html: &mut Markup, text: &TextRow) {
    html.within(WHY, |html| {
        html.text(&said::why(text));
        if let Some(code) = text
            .error
            .filter(|_| words::compose::went_wrong(text.status))
        {
            html.text(" ");
            html.say(tag!("small"), &words::compose::code(code));
        }
    });
    if said::is_worth_another_try(text) {
        again(html, text);
    }
    if let Some(parts) = said::parts(text) {
        html.say(WHY, &parts);
    }
}

/// Leads to the composer with these words: nothing goes out before somebody sends them.
fn again(html: &mut Markup, text: &TextRow) {
    let to = [
        ("class", "again"),
        ("href", &*format!("text?again={}", text.id)),
    ];
    html.element("a", &to, |html| {
        html.text(said::TRY_AGAIN);
        html.say(tag!("span", "class" = "hide"), &said::of_the_text(&text.at));
    });
}

fn status(html: &mut Markup, text: &TextRow, asked: &Asked) {
    html.within(tag!("span", "class" = "x-line"), |html| {
        html.within(tag!("span", "class" = "x-word"), |html| word(html, text));
        ask::button(html, text);
    });
    html.within(tag!("span", "class" = "x-why"), |html| why(html, text));
    let answer = asked.answer(text).unwrap_or_default();
    html.say(tag!("span", "class" = "why", "role" = "status"), &answer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::markup::markup;
    use domain::when::When;

    const ID: &str = "0190a000-0000-7000-8000-000000000000";

    fn text() -> TextRow {
        let at = When {
            utc: "2025-12-08T22:14:00.000Z".into(),
            day: "Today".into(),
            time: "2:14 PM".into(),
            zone: "PST".into(),
            exact: "Monday, December 8, 2025, 22:14:00 UTC".into(),
        };
        TextRow {
            id: ID.parse().expect("an id"),
            body: "Hello.".into(),
            to: Phone::from_e164("+16615550142").expect("a number"),
            status: Status::Undelivered,
            error: Some(30003),
            stopped: None,
            parts: 2,
            by: "Dana".into(),
            mine: true,
            at: at.clone(),
            status_at: at,
            no_final_word: false,
            with_twilio: true,
            waiting: None,
        }
    }

    fn drawn(text: &TextRow) -> String {
        let phone = text.to.clone();
        markup(0, |html| row(html, text, Some(&phone), &Asked::default()))
    }

    #[test]
    fn words_of_people_stay_words() {
        let hostile = "</p></textarea><script>alert(1)</script> \u{202e}abc שלום \"'&amp;";
        let html = drawn(&TextRow {
            body: hostile.into(),
            by: hostile.into(),
            ..text()
        });
        let escaped = "&lt;/p&gt;&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; \u{202e}abc שלום \"'&amp;amp;";
        assert!(
            html.contains(&format!("<p dir=\"auto\">{escaped}</p>")),
            "{html}"
        );
        assert!(html.contains(&format!("<bdi>{escaped}</bdi>")), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn a_failure_carries_reason_next_step_code_and_parts() {
        let html = drawn(&text());
        for part in [
            "Not delivered",
            "Try again later",
            "30003",
            "2 texts",
            "class=\"row-bad\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn what_may_well_arrive_another_time_leads_to_a_composer_with_its_words() {
        let link = format!("href=\"text?again={ID}\"");
        assert!(drawn(&text()).contains(&link));
        for (status, error) in [
            (Status::Delivered, None),
            (Status::Refused, Some(21610)),
            (Status::Delivered, Some(30003)),
        ] {
            let html = drawn(&TextRow {
                status,
                error,
                ..text()
            });
            assert!(!html.contains("again="), "{html}");
        }
        let aside = TextRow {
            status: Status::Stopped,
            error: None,
            stopped: Some(domain::consent::WhyNot::Fault),
            ..text()
        };
        assert!(drawn(&aside).contains(&link));
    }

    #[test]
    fn only_a_text_that_twilio_has_can_be_asked_about() {
        let value = format!("name=\"text\" value=\"{ID}\"");
        assert!(drawn(&text()).contains(&value));
        let html = drawn(&TextRow {
            with_twilio: false,
            ..text()
        });
        assert!(!html.contains("<button"), "{html}");
    }

    #[test]
    fn a_number_that_is_the_clients_no_more_is_called_so() {
        let html = markup(0, |html| row(html, &text(), None, &Asked::default()));
        assert!(html.contains(said::EARLIER_NUMBER), "{html}");
        assert!(!drawn(&text()).contains(said::EARLIER_NUMBER));
    }
}
