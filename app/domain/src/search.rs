//! How clients are found: by the beginnings of the words of their name, of their case numbers, and by digits of their phone.

use crate::{case_number::CaseNumber, phone::Phone};

/// The terms under which a client is found; a search word finds every term that begins with it.
pub fn terms(name: &str, phone: Option<&Phone>, cases: &[CaseNumber]) -> Vec<String> {
    let mut terms: Vec<String> = words(name).collect();
    if let Some(phone) = phone {
        terms.extend(digit_terms(phone));
    }
    for case in cases {
        terms.extend(case_terms(case));
    }
    terms.sort();
    terms.dedup();
    terms
}

/// What is looked for: every word must be the beginning of some term.
pub fn query(typed: &str) -> Vec<String> {
    if let Some(digits) = as_phone_digits(typed) {
        return vec![digits];
    }
    words(typed).take(6).collect()
}

/// Folds case and accents, so that "pena" finds "Peña".
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// The whole number, the number without its country, and the last seven and four digits.
fn digit_terms(phone: &Phone) -> Vec<String> {
    let digits = phone.digits();
    let national = digits.strip_prefix('1').unwrap_or(digits);
    let mut terms = vec![digits.to_owned(), national.to_owned()];
    for last in [7, 4] {
        if national.len() > last {
            terms.push(national[national.len() - last..].to_owned());
        }
    }
    terms
}

/// The whole case number without its punctuation, and each of its pieces.
fn case_terms(case: &CaseNumber) -> Vec<String> {
    let pieces: Vec<String> = words(case.as_str()).collect();
    let mut terms = vec![pieces.concat()];
    terms.extend(pieces);
    terms
}

/// Digits with the punctuation of phone numbers only, at least three of them: "(661) 555".
fn as_phone_digits(typed: &str) -> Option<String> {
    let phone_like = typed
        .chars()
        .all(|c| c.is_ascii_digit() || " ()+-./".contains(c));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    (phone_like && digits.len() >= 3).then_some(digits)
}

/// Latin letters without their marks; everything else as it is.
fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str) -> bool {
        let phone = Phone::from_e164("+16615550142").expect("a number");
        let case = CaseNumber::parse("25-1040417").expect("a case number");
        let terms = terms("Marisol Peña Guerrero", Some(&phone), &[case]);
        let query = query(typed);
        !query.is_empty()
            && query
                .iter()
                .all(|word| terms.iter().any(|term| term.starts_with(word)))
    }

    #[test]
    fn a_client_is_found_by_beginnings_of_the_name_with_or_without_accents() {
        for typed in ["mar", "PENA", "peña gue", "guerrero marisol"] {
            assert!(finds(typed), "{typed}");
        }
        assert!(!finds("risol"));
        assert!(!finds("marisol x"));
    }

    #[test]
    fn a_client_is_found_by_digits_of_the_phone_however_written() {
        for typed in [
            "(661) 555-0142",
            "661555",
            "555-0142",
            "0142",
            "+1 661 555 0142",
        ] {
            assert!(finds(typed), "{typed}");
        }
        assert!(!finds("9999"));
    }

    #[test]
    fn a_client_is_found_by_the_case_number() {
        for typed in ["25-1040417", "251040", "1040417"] {
            assert!(finds(typed), "{typed}");
        }
    }
}
