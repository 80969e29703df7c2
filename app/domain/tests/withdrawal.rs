//! Withdrawals in other words, and what only looks like one.

use domain::{
    client::Language,
    keywords::keyword,
    withdrawal::{ALMOST_A_KEYWORD, RULES, find},
};
use std::collections::BTreeSet;

#[test]
fn what_reads_as_a_withdrawal_is_found() {
    for (rule, texts) in [
        (
            ALMOST_A_KEYWORD,
            &[
                "STOP please",
                "stop!",
                "Stop.",
                "STOP STOP",
                "please stop",
                "S\u{200b}TOP",
                "STOP\u{200b}",
                "\u{feff}Stop",
                "stop\0",
                "STOP\u{fffd}",
                "Cancel please",
                "\u{202e}STOP\u{202c}",
                "unsubscribe!!",
                "s't'o'p",
            ][..],
        ),
        (
            "wrong_number",
            &[
                "Wrong number",
                "wrong number!!",
                "I think you have the wrong number",
                "Sorry wrong number. This is not Maria",
            ],
        ),
        (
            "stop_texting",
            &[
                "please stop texting me",
                "Stop texting me!",
                "STOP SENDING ME MESSAGES",
                "I told you to stop texting me",
                "stop it",
                "Please stop sending these",
                "quit texting this phone",
                "Stop contacting me please",
            ],
        ),
        (
            "do_not_text",
            &[
                "Don't text me anymore",
                "don\u{2019}t text me",
                "do not contact me again",
                "No more texts please",
                "no more text messages",
                "never text me again",
                "Dont message me",
                "please leave me alone",
            ],
        ),
        (
            "leave_me_alone",
            &["Leave me alone", "leave me alone please"],
        ),
        (
            "take_me_off",
            &[
                "take me off your list",
                "opt out",
                "Opt-out",
                "Please remove my number",
                "remove me",
                "I want to unsubscribe",
            ],
        ),
        (
            "do_not_want",
            &[
                "I don't want texts from you",
                "I do not want to receive texts",
                "I revoke my consent",
                "no longer wish to receive these",
            ],
        ),
        (
            "numero_equivocado",
            &[
                "Número equivocado",
                "numero equivocado",
                "NÚMERO EQUIVOCADO!!",
                "Se equivocó de número",
                "Disculpe, está equivocado de número",
            ],
        ),
        (
            "no_mas",
            &[
                "no más",
                "No mas",
                "NO MÁS",
                "No ma\u{301}s",
                "no más por favor",
                "Ya no, gracias",
                "no más mensajes por favor",
                "ALTO",
                "basta",
                "Cancelar",
            ],
        ),
        (
            "no_me_escriba",
            &[
                "ya no me escriba",
                "Ya no me escriban por favor",
                "No me mande mensajes",
                "dejen de escribirme",
                "Por favor ya no me manden mensajes",
                "Déjenme en paz",
            ],
        ),
        (
            "quiteme",
            &[
                "quíteme de la lista",
                "borre mi número",
                "Quiero darme de baja",
            ],
        ),
    ] {
        for text in texts {
            assert_eq!(find(text), Some(rule), "{text:?}");
            assert_eq!(
                keyword(text),
                None,
                "{text:?}: Twilio takes it for no keyword"
            );
        }
    }
}

#[test]
fn what_only_looks_like_one_is_left_alone() {
    for text in [
        "",
        " ",
        "👍",
        "yes",
        "Yes!",
        "ok thank you",
        "Yesterday I called and nobody answered",
        "I can't stop by today",
        "I will stop by at 3",
        "Cancel my appointment",
        "Cancel it, thanks",
        "can you cancel my appointment please",
        "End of month",
        "The end",
        "at the end of the month",
        "I quit my job",
        "What bus stop is it?",
        "The bus stop on 5th",
        "stop sign on the corner",
        "I need help to stop the eviction",
        "How do I stop the eviction?",
        "Should I stop paying rent?",
        "My landlord won't stop texting me",
        "I told him to stop texting me",
        "He does not stop calling me",
        "she never stops texting me",
        "he won't leave me alone",
        "My ex does not leave me alone",
        "I gave you the wrong number, it is 5550142",
        "Sorry I dialed the wrong number",
        "you have the wrong number for my brother",
        "What is the right number?",
        "I did not get your text",
        "can you text me the address",
        "why dont you text me back?",
        "no",
        "No thank you",
        "not yet",
        "no problem",
        "I have no more questions",
        "remove him from the lease",
        "Can you remove me from the lease?",
        "He has to opt for mediation",
        "I don't want to go to court",
        "I do not want the apartment",
        "my phone stopped working",
        "Ya no me duele",
        "Ya no trabajo ahí",
        "Ya no vivo ahí",
        "No más quería preguntar",
        "nomás una pregunta",
        "No me mande la carta a la casa",
        "No me escriba en inglés",
        "él no deja de escribirme",
        "quiero que deje de molestarme",
        "Le di el número equivocado",
        "no puedo parar en la oficina",
        "para mañana",
        "Sí, para mañana está bien",
        "¿Cuál es la parada del autobús?",
        "Cancelar mi cita",
        "quiero cancelar la cita del lunes",
        "no",
        "no gracias",
        "alto de la escalera",
        "más",
        "me mandó mensajes",
        "¿Me puede mandar la dirección?",
        "dar de baja el carro",
    ] {
        assert_eq!(find(text), None, "{text:?}");
    }
}

#[test]
fn the_words_of_twilio_are_no_business_of_the_rules() {
    // They are keywords before anybody asks for a rule; that they would read as withdrawals does no harm.
    for text in ["START", "YES", "UNSTOP", "HELP", "INFO"] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn rules_are_folded_and_named_once() {
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for rule in RULES {
        for phrase in rule.whole.iter().chain(rule.within).chain(rule.unless) {
            let plain = phrase.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
            assert!(
                plain
                    && !phrase.starts_with(' ')
                    && !phrase.ends_with(' ')
                    && !phrase.contains("  "),
                "{phrase:?}"
            );
        }
    }
    assert!(
        [Language::English, Language::Spanish]
            .iter()
            .all(|language| RULES.iter().any(|rule| rule.language == *language))
    );
}

#[test]
fn a_long_text_is_read_to_its_end() {
    let long = format!("{} please stop texting me", "word ".repeat(300));
    assert_eq!(find(&long), Some("stop_texting"));
}
