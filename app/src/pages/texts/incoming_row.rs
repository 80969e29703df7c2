//! A text that a client wrote, drawn among the others: the same on the server and in the browser when it is new.
//! What tells it apart is a word and the tray, not its color.

use super::row::{MESSAGE, NUMBER, STATUS, SUB, WHEN, WHY, id_of};
use crate::components::{
    icon::icon,
    markup::{Markup, tag},
    people::phone_number,
    when::when_time,
};
use domain::{
    incoming::{IncomingRow, Kind},
    phone::Phone,
    words::{incoming as words, texts},
};

/// The row of a text that came in. `phone`: the client's number now.
pub fn incoming_row(html: &mut Markup, text: &IncomingRow, phone: Option<&Phone>) {
    let about = [
        ("role", "row"),
        ("id", &id_of(&text.id)),
        ("class", class(text.kind)),
    ];
    html.element("tr", &about, |html| {
        html.within(WHEN, |html| when_time(html, &text.at));
        html.within(MESSAGE, |html| message(html, text));
        html.within(NUMBER, |html| number(html, text, phone));
        html.within(STATUS, |html| received(html, text));
    });
}

fn message(html: &mut Markup, text: &IncomingRow) {
    match text.body.trim().is_empty() {
        true => html.say(tag!("p", "class" = "hush"), words::EMPTY),
        false => html.say(tag!("p", "dir" = "auto"), &text.body),
    }
    html.within(SUB, |html| {
        html.say(tag!("bdi"), &words::who(&text.clients));
    });
}

fn number(html: &mut Markup, text: &IncomingRow, phone: Option<&Phone>) {
    match &text.number {
        Some(number) => phone_number(html, number),
        None => html.say(tag!("bdi", "dir" = "ltr"), &text.from),
    }
    if text.number.as_ref() != phone {
        html.say(SUB, texts::EARLIER_NUMBER);
    }
}

/// "Received" with the tray, and what there is to know of it.
pub fn received(html: &mut Markup, text: &IncomingRow) {
    html.within(tag!("span", "class" = "status plain"), |html| {
        icon(html, "s-in");
        html.text(words::RECEIVED);
    });
    for note in words::notes(text) {
        html.say(WHY, &note);
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Stop | Kind::Withdrawal => "row-in row-heed",
        _ => "row-in",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::markup::markup;
    use domain::when::When;

    fn text(body: &str, clients: &[&str]) -> IncomingRow {
        IncomingRow {
            id: "0190a000-0000-7000-8000-000000000000"
                .parse()
                .expect("an id"),
            from: "(661) 555-0142".into(),
            number: Phone::from_e164("+16615550142"),
            body: body.into(),
            kind: Kind::Text,
            media: 0,
            altered: false,
            answer: None,
            silence: None,
            late: false,
            at: When {
                utc: "2025-12-08T22:14:00.000Z".into(),
                day: "Today".into(),
                time: "2:14 PM".into(),
                zone: "PST".into(),
                exact: "Monday, December 8, 2025, 22:14:00 UTC".into(),
            },
            clients: clients.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn drawn(text: &IncomingRow) -> String {
        markup(0, |html| incoming_row(html, text, text.number.as_ref()))
    }

    #[test]
    fn what_a_client_writes_stays_words() {
        let html = drawn(&text(
            "</p></textarea><script>alert(1)</script> \u{202e}",
            &["</bdi><b>x"; 2],
        ));
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn it_is_marked_by_word_and_shape_and_names_everybody_who_may_have_written() {
        let html = drawn(&text("Ok", &["Marisol Peña", "Elena Peña"]));
        for part in [
            "Received",
            "#s-in",
            "several clients: Marisol Peña and Elena Peña",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_text_without_words_says_so() {
        assert!(drawn(&text(" ", &["A"])).contains(words::EMPTY));
    }
}
