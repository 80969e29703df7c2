//! What an address may carry of an answer of Twilio's: a page without scripts shows it after the form was posted, and
//! anybody can write an address.

/// A word such as Twilio says, and no sentence that a link could put into Twilio's mouth.
pub fn is_word(said: &str) -> bool {
    const LONGEST: usize = 20;
    let letters = said
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
    letters && !said.is_empty() && said.len() <= LONGEST
}

/// A time such as the server writes it, "2:14 PM PST", and nothing else.
pub fn is_time(at: &str) -> bool {
    const LONGEST: usize = 6;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = at.split(' ').collect();
    let &[clock, half, zone] = parts.as_slice() else {
        return false;
    };
    let hours = clock.len() <= 5
        && clock
            .split_once(':')
            .is_some_and(|(hour, minute)| digits(hour) && digits(minute));
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b':');
    hours && matches!(half, "AM" | "PM") && zone.len() <= LONGEST && zone.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_hold_a_word_and_no_sentence() {
        for said in ["queued", "partially_delivered", "no-answer"] {
            assert!(is_word(said), "{said}");
        }
        for said in [
            "",
            "Call 900",
            "call me",
            "a_word_that_is_far_too_long",
            "<b>",
        ] {
            assert!(!is_word(said), "{said}");
        }
    }

    #[test]
    fn an_address_can_hold_a_time_and_no_sentence() {
        for at in ["2:14 PM PST", "11:05 AM GMT+5", "12:00 AM -03"] {
            assert!(is_time(at), "{at}");
        }
        for at in [
            "",
            "2:14 PM",
            "2:14 PM PST. Call 900",
            "Call PM now",
            "214 PM PST",
            "2:14 XX PST",
            "2:14 PM <b>",
        ] {
            assert!(!is_time(at), "{at}");
        }
    }
}
