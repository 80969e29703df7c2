//! Withdrawals in other words. Permission may be revoked "in any reasonable manner" (47 CFR 64.1200(a)(10)), not only
//! by the words that Twilio knows. What reads like that goes to people; nothing here takes permission away.
//!
//! The rules are data. A text is folded first: lower case, no accents, no signs, one blank between words.

mod rules;

pub use rules::RULES;

use crate::{client::Language, keywords, search};

/// How people say it, in one language.
#[derive(Debug)]
pub struct Rule {
    /// The name under which it is stored with the card.
    pub name: &'static str,
    pub language: Language,
    /// The whole text says this, courtesies aside.
    pub whole: &'static [&'static str],
    /// The text says this somewhere, as whole words.
    pub within: &'static [&'static str],
    /// Not when it says this too.
    pub unless: &'static [&'static str],
}

/// The name of the rule for texts that are one of Twilio's words, but not to the letter: "Stop, please".
pub const ALMOST_A_KEYWORD: &str = "almost_a_keyword";

/// Words around the matter itself: "please STOP now, thanks".
const COURTESIES: [&str; 30] = [
    "please", "pls", "plz", "thanks", "thank", "you", "thx", "ty", "now", "just", "ok", "okay",
    "hi", "hello", "hey", "sir", "maam", "no", "all", "it", "por", "favor", "porfavor", "porfa",
    "gracias", "ahora", "hola", "senor", "senora", "ya",
];

/// The rule by which a text reads as a withdrawal, if it does. A text that Twilio takes for a keyword is none.
#[must_use]
pub fn find(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    if is_almost_a_keyword(&folded) {
        return Some(ALMOST_A_KEYWORD);
    }
    let (bare, rests) = (without_courtesies(&folded), rests(&folded));
    RULES
        .iter()
        .find(|rule| rule.reads(&folded, &bare, &rests))
        .map(|rule| rule.name)
}

impl Rule {
    /// `bare`: the text without its courtesies, see [`without_courtesies`]; `rests`: see there.
    fn reads(&self, folded: &str, bare: &[String], rests: &[&str]) -> bool {
        let says = |phrase: &&str| holds(rests, phrase);
        let whole = self
            .whole
            .iter()
            .any(|said| *said == folded || bare.iter().any(|bare| bare == said));
        (whole || self.within.iter().any(says)) && !self.unless.iter().any(says)
    }
}

/// One of Twilio's words, perhaps twice, with courtesies, signs or invisible characters around it. "Cancel it, thanks"
/// is none: what is meant by it is the appointment.
fn is_almost_a_keyword(folded: &str) -> bool {
    const AROUND: [&str; 8] = [
        "please", "pls", "plz", "thanks", "now", "por", "favor", "gracias",
    ];
    let mut words = folded
        .split(' ')
        .filter(|word| !AROUND.contains(word))
        .peekable();
    let is_stop = |word: &str| keywords::keyword(word) == Some(keywords::Keyword::Stop);
    words.peek().is_some() && words.all(is_stop)
}

/// The text from each of its words on.
fn rests(folded: &str) -> Vec<&str> {
    std::iter::successors(Some(folded), |rest| Some(rest.split_once(' ')?.1)).collect()
}

/// Whether these words stand in the text one after the other.
fn holds(rests: &[&str], phrase: &str) -> bool {
    let says = |rest: &&str| {
        let after = rest.strip_prefix(phrase);
        after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
    };
    rests.iter().any(says)
}

/// The text without the courtesies after it, and without those before it too: "no" is one in "no, stop it", and none
/// in "no más, gracias".
fn without_courtesies(folded: &str) -> [String; 2] {
    let mut words: Vec<&str> = folded.split(' ').collect();
    let is_courtesy = |word: Option<&&str>| word.is_some_and(|word| COURTESIES.contains(word));
    let ends_it = |word: Option<&&str>| matches!(word, Some(&("no" | "ya")));
    while is_courtesy(words.last()) && !ends_it(words.last()) {
        words.pop();
    }
    let first = words
        .iter()
        .take_while(|word| is_courtesy(Some(word)))
        .count();
    [words.join(" "), words[first..].join(" ")]
}

/// Lower case without accents; apostrophes and what nobody sees vanish, every other sign is a blank.
fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !vanishes(*c)).collect();
    let spaced: String = search::fold(&visible)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Apostrophes ("don't"), combining accents ("ma´s" written in two), controls and characters without width.
fn vanishes(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}' | '\u{fffd}' | '\u{ad}' | '\u{180e}' | '\u{feff}'
        | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}')
        || (c.is_control() && !c.is_whitespace())
}
