//! Every trap of the set-up has its red line, and what is in order is green.

use domain::{
    check::{
        AccountFacts, Arrived, Finding, Line, NotReached, NumberFacts, Route, Standing, Topic,
        UNREGISTERED, Unanswered, account_lines, carriers_line, clock_line, merge, number_lines,
        other_fallbacks, reach_lines, refusals_from, reports_line,
    },
    halt::{self, Halt, Reason},
    phone::Phone,
    setup::Addresses,
};

const NOW: i64 = 1_765_232_047_000;

fn ours() -> Addresses {
    Addresses::under("https://text.example.org")
}

fn active() -> AccountFacts {
    AccountFacts {
        name: "Cedar Valley".into(),
        status: "active".into(),
        trial: false,
        at: Some(0),
    }
}

fn number() -> NumberFacts {
    let route = |url: String| Route {
        url,
        method: "POST".into(),
        fallback: String::new(),
        application: None,
    };
    NumberFacts {
        sid: "PN1".into(),
        number: Phone::from_e164("+16615550100").expect("a number"),
        texts: true,
        voice: true,
        sms: route(ours().text),
        calls: route(ours().voice),
        trunk: None,
    }
}

fn standings<const N: usize>(lines: &[Line; N]) -> [Standing; N] {
    std::array::from_fn(|n| lines[n].finding.standing())
}

fn of_number(change: impl FnOnce(&mut NumberFacts)) -> [Line; 3] {
    let mut facts = number();
    change(&mut facts);
    number_lines(true, Some(&Ok(Some(facts))), &ours())
}

use Standing::{Bad, Good, ToDo, Waiting};

#[test]
fn an_active_account_is_green_with_its_balance() {
    let lines = account_lines(Some(&Ok(active())), Some("$20.00".into()));
    assert_eq!(standings(&lines), [Good, Good]);
    assert_eq!(
        lines[1].finding,
        Finding::Active {
            balance: Some("$20.00".into())
        }
    );
}

#[test]
fn a_trial_account_is_red() {
    let trial = AccountFacts {
        trial: true,
        ..active()
    };
    let lines = account_lines(Some(&Ok(trial)), None);
    assert_eq!(standings(&lines), [Good, Bad]);
    assert_eq!(lines[1].finding, Finding::Trial);
}

#[test]
fn a_suspended_account_is_red_trial_or_not() {
    for trial in [false, true] {
        let facts = AccountFacts {
            status: "suspended".into(),
            trial,
            ..active()
        };
        let lines = account_lines(Some(&Ok(facts)), None);
        assert_eq!(standings(&lines), [Good, Bad]);
    }
}

#[test]
fn wrong_credentials_are_red_and_nothing_after_them_is_judged() {
    for unanswered in [
        Unanswered::Credentials,
        Unanswered::Refused { code: 20003 },
        Unanswered::Refused { code: 20404 },
    ] {
        let lines = account_lines(Some(&Err(unanswered)), None);
        assert_eq!(lines[0].finding, Finding::CredentialsRefused);
        assert_eq!(standings(&lines), [Bad, ToDo]);
    }
}

#[test]
fn a_twilio_that_does_not_answer_is_nobodys_fault_here() {
    let silent = Unanswered::Silent("timeout".into());
    assert_eq!(
        standings(&account_lines(Some(&Err(silent.clone())), None)),
        [Waiting, Waiting]
    );
    assert_eq!(
        standings(&number_lines(true, Some(&Err(silent)), &ours())),
        [Waiting, Waiting, Waiting]
    );
}

#[test]
fn before_anything_is_set_everything_is_to_do() {
    assert_eq!(standings(&account_lines(None, None)), [ToDo, ToDo]);
    assert_eq!(
        standings(&number_lines(false, None, &ours())),
        [ToDo, ToDo, ToDo]
    );
    assert_eq!(
        reports_line(0, None, None).finding.standing(),
        Standing::ToDo
    );
}

#[test]
fn a_number_that_texts_speaks_and_reaches_us_is_green() {
    assert_eq!(standings(&of_number(|_| {})), [Good, Good, Good]);
}

#[test]
fn a_number_of_somebody_else_is_red() {
    let lines = number_lines(true, Some(&Ok(None)), &ours());
    assert_eq!(lines[0].finding, Finding::NotOurs);
    assert_eq!(standings(&lines), [Bad, ToDo, ToDo]);
}

#[test]
fn a_number_that_cannot_text_or_speak_is_red() {
    let finding = |change: fn(&mut NumberFacts)| of_number(change)[0].finding.clone();
    assert_eq!(finding(|n| n.texts = false), Finding::CannotText);
    assert_eq!(finding(|n| n.voice = false), Finding::CannotSpeak);
}

#[test]
fn an_application_hides_our_address_although_it_is_right() {
    let lines = of_number(|n| n.sms.application = Some("AP1".into()));
    assert_eq!(lines[1].finding, Finding::Application { sid: "AP1".into() });
    assert_eq!(standings(&lines), [Good, Bad, Good]);
    let lines = of_number(|n| n.calls.application = Some("AP2".into()));
    assert_eq!(standings(&lines), [Good, Good, Bad]);
}

#[test]
fn a_trunk_hides_our_address_for_calls() {
    let lines = of_number(|n| n.trunk = Some("TK1".into()));
    assert_eq!(lines[2].finding, Finding::Trunk { sid: "TK1".into() });
    assert_eq!(standings(&lines), [Good, Good, Bad]);
}

#[test]
fn another_address_no_address_and_get_are_red() {
    let texts = |change: fn(&mut Route)| of_number(|n| change(&mut n.sms))[1].finding.clone();
    assert!(matches!(
        texts(|r| r.url = "https://old.example/text".into()),
        Finding::OtherAddress { .. }
    ));
    assert!(matches!(
        texts(|r| r.url = "http://text.example.org/twilio/text".into()),
        Finding::OtherAddress { .. }
    ));
    assert!(matches!(
        texts(|r| r.url.clear()),
        Finding::NoAddress { .. }
    ));
    assert_eq!(
        texts(|r| r.method = "GET".into()),
        Finding::WrongMethod { now: "GET".into() }
    );
}

#[test]
fn the_addresses_that_organizations_have_today_are_ours_in_any_case() {
    for url in [
        "https://text.example.org/text/TextHandler.ashx",
        "https://text.example.org/twilio/texthandler.ASHX",
        "https://text.example.org/twilio/text#rc=3&rp=all",
    ] {
        assert_eq!(
            of_number(|n| n.sms.url = url.into())[1].finding.standing(),
            Good,
            "{url}"
        );
    }
    let calls =
        of_number(|n| n.calls.url = "https://text.example.org/text/VoiceMessage.ashx".into());
    assert_eq!(calls[2].finding.standing(), Good);
}

fn arrived() -> Arrived {
    Arrived {
        sent: "/twilio/text?a=B".into(),
        arrived: "/twilio/text?a=B".into(),
        has_signature: true,
        same_form: true,
        signed: true,
    }
}

fn reached(change: impl FnOnce(&mut Arrived)) -> [Line; 2] {
    let mut outcome = arrived();
    change(&mut outcome);
    reach_lines("https://text.example.org", &Ok(outcome))
}

#[test]
fn a_request_that_arrives_with_its_signature_is_green() {
    assert_eq!(standings(&reached(|_| {})), [Good, Good]);
}

#[test]
fn an_address_that_is_not_reached_is_red_for_each_reason() {
    let address = String::from("https://text.example.org/twilio/text");
    for why in [
        NotReached::NoConnection {
            address: address.clone(),
        },
        NotReached::TooSlow {
            address: address.clone(),
        },
        NotReached::Redirects {
            address: address.clone(),
        },
        NotReached::NotUs {
            address,
            status: 502,
        },
    ] {
        let lines = reach_lines("https://text.example.org", &Err(why));
        assert_eq!(standings(&lines), [Bad, ToDo]);
    }
}

#[test]
fn a_proxy_is_named_by_what_it_changed() {
    let finding = |change: fn(&mut Arrived)| {
        reached(|a| {
            a.signed = false;
            change(a);
        })[1]
            .finding
            .clone()
    };
    assert_eq!(finding(|a| a.has_signature = false), Finding::SignatureLost);
    assert!(matches!(
        finding(|a| a.arrived = "/Twilio/text".into()),
        Finding::AddressChanged { .. }
    ));
    assert_eq!(finding(|a| a.same_form = false), Finding::FormChanged);
    assert_eq!(finding(|_| {}), Finding::SignatureWrong);
}

#[test]
fn two_minutes_are_the_most_that_a_clock_may_be_off() {
    let minute = 60_000;
    for off in [-2 * minute, 0, 2 * minute] {
        assert_eq!(clock_line(off, Some(0)).finding, Finding::ClockRight);
    }
    assert_eq!(
        clock_line(3 * minute, Some(0)).finding,
        Finding::ClockOff { seconds: 180 }
    );
    assert_eq!(
        clock_line(0, Some(3 * minute)).finding,
        Finding::ClockOff { seconds: -180 }
    );
    assert_eq!(clock_line(0, None).finding.standing(), ToDo);
}

#[test]
fn a_report_that_does_not_come_is_first_awaited_and_then_missed() {
    let minute = 60_000;
    let line = |now, report, taken| reports_line(now, report, taken).finding.standing();
    assert_eq!(line(5 * minute, None, Some(0)), Waiting);
    assert_eq!(line(11 * minute, None, Some(0)), Bad);
    assert_eq!(line(11 * minute, Some(-minute), Some(0)), Bad);
    assert_eq!(line(5 * minute, Some(-minute), Some(0)), Good);
    assert_eq!(line(99 * minute, Some(minute), Some(0)), Good);
    assert_eq!(line(99 * minute, Some(0), None), Good);
}

#[test]
fn texts_that_carriers_refused_as_unregistered_are_red() {
    let line = |texts| carriers_line(texts, None, NOW).finding;
    assert_eq!(line(0).standing(), Good);
    assert_eq!(line(3), Finding::Unregistered { texts: 3 });
    assert_eq!(line(3).standing(), Bad);
}

#[test]
fn while_texts_wait_for_the_registration_no_check_is_green() {
    let halt = Halt::of_number(NOW);
    let a_month = 30 * 24 * 3_600_000;
    let finding = carriers_line(0, Some(&halt), NOW + a_month).finding;
    assert_eq!(finding, Finding::HeldForRegistration);
    assert_eq!(finding.standing(), Bad);
    assert_eq!(refusals_from(Some(&halt), NOW), NOW - 7 * 24 * 3_600_000);
}

#[test]
fn what_carriers_refused_before_the_number_was_called_registered_is_not_held_against_it() {
    let said = NOW - 60_000;
    let halt = Halt {
        since: said,
        until: Some(said),
        ..Halt::of_number(NOW)
    };
    assert_eq!(refusals_from(Some(&halt), NOW), said);
    let finding = carriers_line(0, Some(&halt), NOW).finding;
    assert_eq!(finding, Finding::NoneUnregisteredSince { at: said });
    assert_eq!(finding.standing(), Good);
    assert_eq!(carriers_line(1, Some(&halt), NOW).finding.standing(), Bad);
    let a_month = 30 * 24 * 3_600_000;
    let later = carriers_line(0, Some(&halt), NOW + a_month).finding;
    assert_eq!(later, Finding::NoneUnregistered, "that was long ago");
}

#[test]
fn what_was_looked_at_anew_takes_the_place_of_what_was_known() {
    let old = merge(
        vec![carriers_line(3, None, NOW)],
        account_lines(Some(&Ok(active())), None),
    );
    let topics: Vec<Topic> = old.iter().map(|line| line.topic).collect();
    assert_eq!(
        topics,
        [Topic::Credentials, Topic::Account, Topic::Carriers]
    );
    let new = merge(old, [carriers_line(0, None, NOW)]);
    assert_eq!(new.len(), 3);
    assert_eq!(new[2].finding, Finding::NoneUnregistered);
}

#[test]
fn an_address_for_the_second_try_that_is_not_ours_would_be_overwritten_too() {
    let mut facts = number();
    assert_eq!(other_fallbacks(&facts, &ours()), [None, None]);
    facts.sms.fallback = "https://TEXT.example.org/text/texthandler.ashx#rc=2".into();
    facts.calls.fallback = ours().voice;
    assert_eq!(other_fallbacks(&facts, &ours()), [None, None]);
    facts.sms.fallback = "https://old.example/sms".into();
    facts.calls.fallback = ours().text;
    let [texts, calls] = other_fallbacks(&facts, &ours());
    assert_eq!(texts.as_deref(), Some("https://old.example/sms"));
    assert_eq!(calls, Some(ours().text), "ours, but for texts");
}

#[test]
fn a_code_of_a_text_turns_its_own_line_of_the_setup_red() {
    let topic = |code| domain::check::line_of_code(code).map(|line| line.topic);
    assert_eq!(topic(21606), Some(Topic::Number));
    assert_eq!(topic(21608), Some(Topic::Account));
    assert_eq!(topic(30034), Some(Topic::Carriers));
    assert_eq!(topic(30003), None, "a phone that is off says nothing of us");
    assert!(UNREGISTERED.iter().all(|code| {
        halt::of_code(u32::try_from(*code).expect("a code")) == Some(Reason::Unregistered)
    }));
    let next = |code| {
        let line = domain::check::line_of_code(code).expect("a line");
        domain::words::check::next(&line.finding).expect("something to do")
    };
    assert!(next(30034).starts_with("Register the number"));
    assert!(next(21606).starts_with("Look at the account"));
    let line = domain::check::line_of_code(21606).expect("a line");
    assert_eq!(line.finding.standing(), Standing::Bad);
}
