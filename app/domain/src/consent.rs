//! Whether a client may be texted. Permission belongs to a client and a number together:
//! with another number the client is asked again. The carrier's block is another fact: it belongs to the number, and
//! only its owner can lift it.

mod block;
mod source;

pub use block::{BlockCause, BlockView, LiftCause, Standing};
pub use source::{ConsentForm, ConsentSource};

use crate::{phone::Phone, when::When};
use serde::{Deserialize, Serialize};

/// What is known of a client when somebody asks to text them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The client's cell number now.
    pub number: Option<&'a Phone>,
    /// The number for which permission was last given, unless it was withdrawn since.
    pub permitted: Option<&'a Phone>,
    /// What stands against the number itself, whatever the office was permitted.
    pub standing: Standing,
    /// The organization's texting is set up (account, token and number are there).
    pub set_up: bool,
}

/// Why a client cannot be texted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyNot {
    /// There is no cell number.
    NoNumber,
    /// The phone texted STOP, or Twilio says so: the carrier blocks us.
    Blocked,
    /// An error code says that the carrier blocks us, and the administrator has not decided whether that is true.
    OptOutHeld,
    /// The client wrote what reads as a withdrawal, and nobody has decided whether it is one.
    Paused,
    /// "Okay to Text" is not ticked.
    NotOkay,
    /// The organization has not set texting up.
    NotSetUp,
    /// A fault of this program: the text could not be taken out, several times in a row.
    Fault,
}

impl WhyNot {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::NoNumber,
        Self::Blocked,
        Self::OptOutHeld,
        Self::Paused,
        Self::NotOkay,
        Self::NotSetUp,
        Self::Fault,
    ];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoNumber => "no_number",
            Self::Blocked => "blocked",
            Self::OptOutHeld => "opt_out_held",
            Self::Paused => "paused",
            Self::NotOkay => "not_okay",
            Self::NotSetUp => "not_set_up",
            Self::Fault => "fault",
        }
    }

    /// The reason of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == name)
    }
}

/// Whether permission stands for this number: it is for one number, and does not move to another.
pub fn is_permitted(number: Option<&Phone>, permitted: Option<&Phone>) -> bool {
    number.is_some() && number == permitted
}

/// Whether these facts allow a text.
///
/// # Errors
/// The first thing that somebody has to put right.
pub fn may_text(facts: &Facts<'_>) -> Result<(), WhyNot> {
    facts.number.ok_or(WhyNot::NoNumber)?;
    facts.standing.allows()?;
    if !is_permitted(facts.number, facts.permitted) {
        return Err(WhyNot::NotOkay);
    }
    if facts.set_up {
        Ok(())
    } else {
        Err(WhyNot::NotSetUp)
    }
}

/// A line of the consent ledger, which is only ever added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentEvent {
    /// Permission was given for this number.
    Given,
    /// Permission was withdrawn for this number.
    Withdrawn,
    /// The number was replaced; permission does not move with it.
    NumberChanged,
    /// The carrier blocks our texts to this number.
    Blocked,
    /// The carrier's block is lifted.
    Lifted,
    /// A text that read like a withdrawal was none: permission is as it was.
    Kept,
}

impl ConsentEvent {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Withdrawn => "withdrawn",
            Self::NumberChanged => "number_changed",
            Self::Blocked => "blocked",
            Self::Lifted => "lifted",
            Self::Kept => "kept",
        }
    }

    /// The event of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Given,
            Self::Withdrawn,
            Self::NumberChanged,
            Self::Blocked,
            Self::Lifted,
            Self::Kept,
        ]
        .into_iter()
        .find(|e| e.as_str() == name)
    }
}

/// A line of the ledger as shown: what, which number, when, by whom, because of what, in which words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentLine {
    pub event: ConsentEvent,
    pub number: Phone,
    pub at: When,
    /// The member of staff; nobody, when it came from the client or from Twilio.
    pub by: String,
    /// Where it came from, where that was recorded.
    pub source: Option<ConsentSource>,
    /// What staff noted.
    pub note: String,
    /// The client's own words.
    pub words: String,
}

/// A client's number, and whether it may be texted.
pub type Permission<'a> = (Option<&'a Phone>, bool);

/// What saving a client's form does to consent.
///
/// `shown` is the number and whether it was permitted when the form was opened, `before` the same as it is stored;
/// `now` the number as typed (parsed) and the box; `asked_about` the number beside which the box was shown. Ticking
/// the box beside the old number says nothing about a new one, and a box that shows what stands no more is no
/// decision about what stands now.
///
/// # Errors
/// The complaint to show beside the box, and the form stays.
pub fn decide(
    shown: Permission<'_>,
    before: Permission<'_>,
    now: Permission<'_>,
    asked_about: Option<&Phone>,
) -> Result<Vec<(ConsentEvent, Phone)>, crate::problem::Complaint> {
    use crate::problem::Complaint;
    let ((old, was_okay), (new, okay)) = (before, now);
    if shown != before && now != before {
        return Err(Complaint::PermissionChanged {
            number: old.cloned(),
            okay: was_okay,
        });
    }
    if okay && new.is_none() {
        return Err(Complaint::OkayWithoutNumber);
    }
    let changed = old != new;
    if changed && okay && old.is_some() && asked_about != new {
        return Err(Complaint::AskConsentAnew);
    }
    let mut events = Vec::new();
    if let (true, true, Some(old)) = (changed, was_okay, old) {
        events.push((ConsentEvent::NumberChanged, old.clone()));
    }
    let stands = was_okay && !changed;
    match (stands, okay, new) {
        (false, true, Some(new)) => events.push((ConsentEvent::Given, new.clone())),
        (true, false, Some(new)) => events.push((ConsentEvent::Withdrawn, new.clone())),
        _ => {}
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Complaint;

    fn phone(digits: &str) -> Phone {
        Phone::from_e164(digits).expect("a number written here")
    }

    /// Of a form that shows what stands.
    fn decide_now(
        before: Permission<'_>,
        now: Permission<'_>,
        asked_about: Option<&Phone>,
    ) -> Result<Vec<(ConsentEvent, Phone)>, Complaint> {
        decide(before, before, now, asked_about)
    }

    #[test]
    fn a_box_that_shows_what_stands_no_more_decides_nothing() {
        let (one, other) = (phone("+16615550142"), phone("+16615550119"));
        let (yes, no) = ((Some(&one), true), (Some(&one), false));
        let changed = |number: &Phone, okay| {
            Err(Complaint::PermissionChanged {
                number: Some(number.clone()),
                okay,
            })
        };
        assert_eq!(decide(yes, no, yes, Some(&one)), changed(&one, false));
        assert_eq!(decide(no, yes, no, Some(&one)), changed(&one, true));
        let moved = (Some(&other), true);
        assert_eq!(decide(yes, moved, yes, Some(&one)), changed(&other, true));
        assert_eq!(decide((None, false), yes, no, None), changed(&one, true));
        // Who says what stands already changes nothing.
        assert_eq!(decide(yes, no, no, Some(&one)), Ok(vec![]));
        assert_eq!(decide(no, yes, yes, Some(&one)), Ok(vec![]));
    }

    #[test]
    fn texting_needs_a_number_a_permission_for_it_and_a_set_up_office() {
        let (one, two) = (phone("+16615550142"), phone("+16615550119"));
        let facts = |number, permitted, set_up| Facts {
            number,
            permitted,
            standing: Standing::default(),
            set_up,
        };
        assert_eq!(
            may_text(&facts(None, Some(&one), true)),
            Err(WhyNot::NoNumber)
        );
        assert_eq!(
            may_text(&facts(Some(&one), None, true)),
            Err(WhyNot::NotOkay)
        );
        assert_eq!(
            may_text(&facts(Some(&one), Some(&two), true)),
            Err(WhyNot::NotOkay)
        );
        assert_eq!(
            may_text(&facts(Some(&one), Some(&one), false)),
            Err(WhyNot::NotSetUp)
        );
        assert_eq!(may_text(&facts(Some(&one), Some(&one), true)), Ok(()));
    }

    #[test]
    fn what_stands_against_the_number_is_told_before_a_missing_tick() {
        let one = phone("+16615550142");
        let ask = |standing, permitted| {
            let number = Some(&one);
            may_text(&Facts {
                number,
                permitted,
                standing,
                set_up: true,
            })
        };
        let blocked = Standing {
            blocked: true,
            ..Standing::default()
        };
        let held = Standing {
            held: true,
            blocked: true,
            paused: true,
        };
        let paused = Standing {
            paused: true,
            ..Standing::default()
        };
        assert_eq!(ask(blocked, None), Err(WhyNot::Blocked));
        assert_eq!(ask(blocked, Some(&one)), Err(WhyNot::Blocked));
        assert_eq!(ask(held, Some(&one)), Err(WhyNot::OptOutHeld));
        assert_eq!(ask(paused, Some(&one)), Err(WhyNot::Paused));
    }

    #[test]
    fn reasons_and_events_are_found_by_their_names() {
        for why in WhyNot::ALL {
            assert_eq!(WhyNot::from_name(why.as_str()), Some(why));
        }
        for event in [
            ConsentEvent::Blocked,
            ConsentEvent::Lifted,
            ConsentEvent::Kept,
        ] {
            assert_eq!(ConsentEvent::from_name(event.as_str()), Some(event));
        }
    }

    #[test]
    fn a_box_ticked_beside_the_old_number_says_nothing_about_a_new_one() {
        let (old, new) = (phone("+16615550142"), phone("+16615550119"));
        let refused = decide_now((Some(&old), true), (Some(&new), true), Some(&old));
        assert_eq!(refused, Err(Complaint::AskConsentAnew));
        let asked =
            decide_now((Some(&old), true), (Some(&new), true), Some(&new)).expect("asked anew");
        assert_eq!(
            asked,
            [
                (ConsentEvent::NumberChanged, old),
                (ConsentEvent::Given, new)
            ]
        );
    }

    #[test]
    fn a_new_number_without_the_tick_only_ends_the_old_permission() {
        let (old, new) = (phone("+16615550142"), phone("+16615550119"));
        let events =
            decide_now((Some(&old), true), (Some(&new), false), Some(&old)).expect("saved");
        assert_eq!(events, [(ConsentEvent::NumberChanged, old)]);
    }

    #[test]
    fn ticking_gives_unticking_withdraws_and_leaving_alone_writes_nothing() {
        let one = phone("+16615550142");
        let go = |was, okay| decide_now((Some(&one), was), (Some(&one), okay), Some(&one));
        assert_eq!(
            go(false, true),
            Ok(vec![(ConsentEvent::Given, one.clone())])
        );
        assert_eq!(
            go(true, false),
            Ok(vec![(ConsentEvent::Withdrawn, one.clone())])
        );
        assert_eq!(go(true, true), Ok(vec![]));
        assert_eq!(go(false, false), Ok(vec![]));
    }

    #[test]
    fn the_box_needs_a_number() {
        assert_eq!(
            decide_now((None, false), (None, true), None),
            Err(Complaint::OkayWithoutNumber)
        );
    }

    #[test]
    fn a_first_number_may_come_with_its_permission() {
        let one = phone("+16615550142");
        let events = decide_now((None, false), (Some(&one), true), None);
        assert_eq!(events, Ok(vec![(ConsentEvent::Given, one)]));
    }
}
