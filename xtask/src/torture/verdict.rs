//! What was asked, what the oracle accepted, what the database says: compared, as a pure function.

use std::collections::HashMap;

/// So many servers in a row may end with a text in hand before it is put aside: domain::parked.
pub const ENDS: i64 = 10;

/// A text that somebody pressed "Send Message" for. Each has words of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pressed {
    pub body: String,
    /// Their browser was told that it is saved.
    pub confirmed: bool,
}

/// A text that Twilio took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    pub sid: String,
    pub body: String,
    pub status: String,
    pub error: Option<i64>,
}

/// A text as the database has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    pub id: String,
    pub body: String,
    pub status: String,
    pub sid: Option<String>,
    pub error: Option<i64>,
    pub created_at: i64,
    pub status_at: i64,
    pub posting_at: Option<i64>,
    pub in_outbox: bool,
    /// Staff are asked whether it went out.
    pub asked: bool,
    /// It needs attention, and says so.
    pub parked: bool,
    /// So many times it was claimed, and nothing came of it.
    pub claims: i64,
}

/// A text that a client wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrote {
    pub body: String,
}

/// Everything that is compared.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    pub pressed: Vec<Pressed>,
    pub accepted: Vec<Accepted>,
    pub booked: Vec<Booked>,
    pub wrote: Vec<Wrote>,
    /// The words of each text of a client that the database has.
    pub came: Vec<String>,
}

/// What the comparison found; each list names texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Saved, as staff were told, or written by a client, and nowhere.
    pub lost: Vec<String>,
    /// Sent, or kept, more than once.
    pub twice: Vec<String>,
    /// The database says otherwise than Twilio.
    pub wrong: Vec<String>,
    /// Neither sent nor given up, or nobody was told.
    pub stuck: Vec<String>,
    /// Staff are asked whether they went out; Twilio does not have them.
    pub asked: Vec<String>,
    /// More servers than [`ENDS`] ended with it in hand: it was put aside, and staff are told to send it again.
    pub parked: Vec<String>,
    /// The longest time from a press to the last word on it, in milliseconds of the servers' clock.
    pub longest: i64,
}

impl Verdict {
    /// Nothing was lost, doubled, wrong or stuck.
    pub fn is_good(&self) -> bool {
        self.twice.is_empty() && self.open() == 0
    }

    /// How many may still come to agree: nothing makes a text that went out twice one.
    pub fn open(&self) -> usize {
        self.lost.len() + self.wrong.len() + self.stuck.len()
    }
}

/// Compares.
pub fn judge(accounts: &Accounts) -> Verdict {
    let mut verdict = Verdict::default();
    let accepted = by_words(&accounts.accepted, |text| &text.body);
    let booked = by_words(&accounts.booked, |text| &text.body);
    let pressed = by_words(&accounts.pressed, |text| &text.body);
    for press in &accounts.pressed {
        let there = booked
            .get(press.body.as_str())
            .map_or(&[][..], Vec::as_slice);
        let sent = accepted
            .get(press.body.as_str())
            .map_or(&[][..], Vec::as_slice);
        if sent.len() > 1 || there.len() > 1 {
            verdict.twice.push(press.body.clone());
        }
        if !press.confirmed {
            verdict
                .stuck
                .push(format!("{}: nobody was told that it is saved", press.body));
        }
        match (there.first(), sent.first()) {
            (Some(text), sent) => compare(text, sent.copied(), &mut verdict),
            (None, Some(_)) => verdict
                .wrong
                .push(format!("{}: sent, not kept", press.body)),
            (None, None) if press.confirmed => verdict.lost.push(press.body.clone()),
            (None, None) => {}
        }
    }
    let nobodys = booked.keys().chain(accepted.keys());
    let nobodys = nobodys.filter(|body| !pressed.contains_key(*body));
    verdict
        .wrong
        .extend(nobodys.map(|body| format!("{body}: nobody asked for it")));
    compare_incoming(accounts, &mut verdict);
    verdict
}

fn compare(text: &Booked, sent: Option<&Accepted>, verdict: &mut Verdict) {
    let named = |what: &str| format!("{}: {} {what}", text.body, text.status);
    match (text.status.as_str(), sent) {
        ("waiting" | "claimed" | "posting", _) => verdict.stuck.push(named("at the end")),
        ("unknown", None) if text.asked => verdict.asked.push(text.body.clone()),
        ("unknown", None) => verdict.stuck.push(named("and nobody is asked")),
        ("stopped", None) if text.parked && text.claims > ENDS => {
            verdict.parked.push(text.body.clone())
        }
        ("refused", None) => {
            verdict.longest = verdict.longest.max(text.status_at - text.created_at)
        }
        (_, None) => verdict.lost.push(named("here, and Twilio has none")),
        (status, Some(sent)) => {
            let same = status == sent.status
                && text.sid.as_deref() == Some(sent.sid.as_str())
                && (text.error == sent.error || sent.error.is_none());
            if same && !text.in_outbox {
                verdict.longest = verdict.longest.max(text.status_at - text.created_at);
            } else {
                verdict.wrong.push(named(&format!(
                    "here{}, {} at Twilio",
                    if text.in_outbox {
                        " and in the outbox"
                    } else {
                        ""
                    },
                    sent.status
                )));
            }
        }
    }
}

fn compare_incoming(accounts: &Accounts, verdict: &mut Verdict) {
    let came = by_words(&accounts.came, |body| body);
    for text in &accounts.wrote {
        match came.get(text.body.as_str()).map_or(0, Vec::len) {
            0 => verdict.lost.push(text.body.clone()),
            1 => {}
            _ => verdict.twice.push(text.body.clone()),
        }
    }
}

fn by_words<T>(all: &[T], words: fn(&T) -> &String) -> HashMap<&str, Vec<&T>> {
    let mut found: HashMap<&str, Vec<&T>> = HashMap::new();
    for one in all {
        found.entry(words(one)).or_default().push(one);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One text that went well, in all three places.
    fn well(body: &str) -> Accounts {
        Accounts {
            pressed: vec![Pressed {
                body: body.into(),
                confirmed: true,
            }],
            accepted: vec![Accepted {
                sid: format!("SM{body}"),
                body: body.into(),
                status: "delivered".into(),
                error: None,
            }],
            booked: vec![Booked {
                body: body.into(),
                status: "delivered".into(),
                sid: Some(format!("SM{body}")),
                created_at: 1_000,
                status_at: 3_500,
                ..Booked::default()
            }],
            ..Accounts::default()
        }
    }

    fn counts(accounts: &Accounts) -> [usize; 5] {
        let found = judge(accounts);
        assert_eq!(found.is_good(), counted(&found)[..4] == [0; 4]);
        counted(&found)
    }

    fn counted(found: &Verdict) -> [usize; 5] {
        [
            found.lost.len(),
            found.twice.len(),
            found.wrong.len(),
            found.stuck.len(),
            found.asked.len(),
        ]
    }

    #[test]
    fn a_text_that_all_agree_on_is_well_and_took_its_time() {
        assert_eq!(counts(&well("a")), [0; 5]);
        assert_eq!(judge(&well("a")).longest, 2_500);
    }

    #[test]
    fn a_text_that_was_confirmed_and_is_nowhere_is_lost() {
        let mut accounts = well("a");
        accounts.accepted.clear();
        accounts.booked.clear();
        assert_eq!(counts(&accounts), [1, 0, 0, 0, 0]);
        accounts.pressed[0].confirmed = false;
        assert_eq!(
            counts(&accounts),
            [0, 0, 0, 1, 0],
            "it was not lost, since nobody was told that it is saved; but they pressed and pressed"
        );
    }

    #[test]
    fn a_text_that_is_called_sent_and_that_twilio_does_not_have_is_lost() {
        let mut accounts = well("a");
        accounts.accepted.clear();
        assert_eq!(counts(&accounts), [1, 0, 0, 0, 0]);
        accounts.booked[0].status = "stopped".into();
        assert_eq!(counts(&accounts), [1, 0, 0, 0, 0], "nobody asked for that");
    }

    #[test]
    fn a_text_that_twilio_has_twice_is_found_whatever_the_database_says() {
        let mut accounts = well("a");
        let again = Accepted {
            sid: "SMother".into(),
            ..accounts.accepted[0].clone()
        };
        accounts.accepted.push(again);
        assert_eq!(counts(&accounts), [0, 1, 0, 0, 0]);
    }

    #[test]
    fn one_press_that_is_kept_twice_is_found() {
        let mut accounts = well("a");
        accounts.booked.push(accounts.booked[0].clone());
        assert_eq!(counts(&accounts), [0, 1, 0, 0, 0]);
    }

    #[test]
    fn another_status_another_sid_and_a_code_that_is_missing_are_wrong() {
        for change in [
            |text: &mut Booked| text.status = "sent".into(),
            |text: &mut Booked| text.sid = Some("SMother".into()),
            |text: &mut Booked| text.sid = None,
            |text: &mut Booked| text.status = "unknown".into(),
            |text: &mut Booked| text.in_outbox = true,
        ] {
            let mut accounts = well("a");
            change(&mut accounts.booked[0]);
            assert_eq!(
                counts(&accounts),
                [0, 0, 1, 0, 0],
                "{:?}",
                accounts.booked[0]
            );
        }
        let mut accounts = well("a");
        accounts.accepted[0].error = Some(30008);
        assert_eq!(counts(&accounts), [0, 0, 1, 0, 0]);
    }

    #[test]
    fn what_is_neither_sent_nor_given_up_is_stuck() {
        for status in ["waiting", "claimed", "posting", "unknown"] {
            let mut accounts = well("a");
            accounts.accepted.clear();
            accounts.booked[0].status = status.into();
            assert_eq!(counts(&accounts), [0, 0, 0, 1, 0], "{status}");
        }
    }

    #[test]
    fn what_staff_are_asked_about_is_counted_and_is_no_fault() {
        let mut accounts = well("a");
        accounts.accepted.clear();
        accounts.booked[0].status = "unknown".into();
        accounts.booked[0].asked = true;
        assert_eq!(counts(&accounts), [0, 0, 0, 0, 1]);
    }

    #[test]
    fn what_was_put_aside_after_many_ends_is_counted_and_after_fewer_it_is_lost() {
        let mut accounts = well("a");
        accounts.accepted.clear();
        let text = &mut accounts.booked[0];
        (text.status, text.parked, text.claims) = ("stopped".into(), true, ENDS + 1);
        assert_eq!(counts(&accounts), [0; 5]);
        assert_eq!(judge(&accounts).parked, ["a"]);
        accounts.booked[0].claims = ENDS;
        assert_eq!(counts(&accounts), [1, 0, 0, 0, 0], "a fault of ours");
        assert!(judge(&accounts).parked.is_empty());
    }

    #[test]
    fn what_twilio_refused_is_no_fault() {
        let mut accounts = well("a");
        accounts.accepted.clear();
        accounts.booked[0].status = "refused".into();
        assert_eq!(counts(&accounts), [0; 5]);
    }

    #[test]
    fn what_nobody_asked_for_is_found() {
        let mut accounts = well("a");
        accounts.pressed.clear();
        assert!(!judge(&accounts).is_good());
        let mut unkept = well("a");
        unkept.booked.clear();
        assert_eq!(counts(&unkept), [0, 0, 1, 0, 0], "sent, and not kept");
    }

    #[test]
    fn a_clients_text_is_kept_exactly_once() {
        let mut accounts = well("a");
        accounts.wrote.push(Wrote { body: "b".into() });
        assert_eq!(counts(&accounts), [1, 0, 0, 0, 0]);
        accounts.came.push("b".into());
        assert_eq!(counts(&accounts), [0; 5]);
        accounts.came.push("b".into());
        assert_eq!(counts(&accounts), [0, 1, 0, 0, 0]);
    }
}
