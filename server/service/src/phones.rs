//! What people type for a phone number. Without a country it is one of the United States.

use domain::{limits, phone::Phone, problem::Complaint};
use phonenumber::{Mode, country};

/// Reads a typed number. `None`: nothing was typed.
///
/// # Errors
/// The complaint to show beside the field.
pub fn parse(typed: &str) -> Result<Option<Phone>, Complaint> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.chars().count() > limits::TYPED_PHONE {
        return Err(Complaint::TooLong {
            max: limits::TYPED_PHONE,
        });
    }
    if typed.chars().any(char::is_alphabetic) {
        return Err(Complaint::NotAPhone);
    }
    // Of some numbers that are too long the library leaves out digits: another phone. Such a one does not read the same again.
    let e164 = e164(typed).filter(|read| e164(read).as_ref() == Some(read));
    e164.and_then(|read| Phone::from_e164(&read))
        .map(Some)
        .ok_or(Complaint::NotAPhone)
}

/// A number in E.164, if it is one that somebody can have.
fn e164(typed: &str) -> Option<String> {
    let number = phonenumber::parse(Some(country::US), typed).ok()?;
    let whole = number.is_valid() && number.extension().is_none();
    whole.then(|| number.format().mode(Mode::E164).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<Option<String>, Complaint> {
        parse(typed).map(|phone| phone.map(|p| p.as_str().to_owned()))
    }

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for typed in [
            "(661) 327-0142",
            "661-327-0142",
            "661.327.0142",
            "+1 661 327 0142",
            "1 661 327 0142",
            " 6613270142 ",
        ] {
            assert_eq!(read(typed), Ok(Some("+16613270142".into())), "{typed}");
        }
        assert_eq!(read("+52 55 5123 4567"), Ok(Some("+525551234567".into())));
        assert_eq!(read("+44 20 7946 0958"), Ok(Some("+442079460958".into())));
    }

    #[test]
    fn nothing_typed_is_no_number() {
        assert_eq!(parse("  "), Ok(None));
    }

    #[test]
    fn what_is_no_number_is_refused_with_words() {
        for typed in [
            "661",
            "call me",
            "327-0142",
            "(661) 327-0142 ext. 5",
            "+999 123 4567",
            // Eleven of its twelve digits would be a number.
            "+44111653236127",
            "\0",
            "0000000000",
            "661-FLOWERS",
        ] {
            assert_eq!(parse(typed), Err(Complaint::NotAPhone), "{typed}");
        }
        assert_eq!(parse(&"1".repeat(41)), Err(Complaint::TooLong { max: 40 }));
    }
}
