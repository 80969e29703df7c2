//! Twilio's error codes.

use domain::{
    codes::{Effect, NextStep, all, lookup, offers_try_again},
    halt::of_code,
    words::codes::{meaning, next_step},
};

/// Every code that staff may meet.
const MET: [u32; 38] = [
    20003, 20404, 20429, 21211, 21212, 21217, 21408, 21421, 21602, 21603, 21605, 21606, 21608,
    21610, 21611, 21612, 21614, 21617, 21619, 21635, 21659, 21660, 21661, 30001, 30002, 30003,
    30004, 30005, 30006, 30007, 30008, 30022, 30023, 30027, 30032, 30034, 30035, 63038,
];

fn with(effect: Effect) -> Vec<u32> {
    all()
        .iter()
        .filter(|code| code.has(effect))
        .map(|code| code.code)
        .collect()
}

#[test]
fn the_table_has_every_code_once_in_order() {
    let codes: Vec<_> = all().iter().map(|code| code.code).collect();
    assert_eq!(codes, MET);
    for code in MET {
        assert_eq!(lookup(code).code, code);
        assert!(lookup(code).is_known());
    }
}

#[test]
fn every_code_has_words_of_its_own() {
    for code in MET {
        assert_ne!(meaning(code), meaning(0), "{code}");
        assert_ne!(next_step(code), next_step(0), "{code}");
    }
}

#[test]
fn the_words_are_plain_sentences() {
    for code in MET.into_iter().chain([0]) {
        for sentence in [meaning(code), next_step(code)] {
            assert!(
                sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'),
                "{sentence}"
            );
            let lower = sentence.to_lowercase();
            for word in ["invalid", "oops", "please", "error code"] {
                assert!(!lower.contains(word), "{sentence}");
            }
        }
    }
}

#[test]
fn an_unknown_code_is_shown_honestly_and_does_nothing() {
    for code in [0, 1, 21609, 99999, u32::MAX] {
        let unknown = lookup(code);
        assert!(!unknown.is_known() && unknown.effects.is_empty());
        assert_eq!(unknown.next, NextStep::TellTheAdministrator);
        assert_eq!(meaning(code), meaning(0));
    }
}

#[test]
fn only_what_may_well_arrive_offers_to_try_again() {
    let offered: Vec<_> = MET
        .into_iter()
        .filter(|code| offers_try_again(*code))
        .collect();
    assert_eq!(
        offered,
        [
            21611, 30001, 30003, 30008, 30022, 30023, 30027, 30032, 30034, 30035, 63038
        ]
    );
    assert!(!offers_try_again(99999));
}

#[test]
fn what_goes_again_by_itself_only_where_it_was_refused_never_says_so_of_a_report() {
    for code in with(Effect::WaitsAndRetries) {
        let by_itself = next_step(code).contains("by itself");
        assert_eq!(by_itself, code == 20429, "{code}: no report carries 20429");
    }
}

#[test]
fn each_effect_belongs_to_its_codes() {
    assert_eq!(with(Effect::Unticks), [21610]);
    assert_eq!(
        with(Effect::FlagsNumber),
        [21211, 21217, 21421, 21612, 21614, 21635, 30005, 30006]
    );
    assert_eq!(
        with(Effect::StopsQueue),
        [20003, 30002, 30032, 30034, 30035]
    );
    for code in with(Effect::StopsQueue) {
        assert!(of_code(code).is_some(), "{code}");
    }
    assert_eq!(
        with(Effect::SetupRed),
        [
            20003, 21212, 21603, 21606, 21608, 21659, 21660, 21661, 30032, 30034, 30035
        ]
    );
    assert_eq!(
        with(Effect::WaitsAndRetries),
        [20429, 21611, 30001, 30022, 30023, 30027, 63038]
    );
}
