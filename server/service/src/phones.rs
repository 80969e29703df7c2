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
    let number = phonenumber::parse(Some(country::US), typed).map_err(|_| Complaint::NotAPhone)?;
    if !number.is_valid() || number.extension().is_some() || typed.chars().any(char::is_alphabetic)
    {
        return Err(Complaint::NotAPhone);
    }
    let e164 = number.format().mode(Mode::E164).to_string();
    Phone::from_e164(&e164)
        .map(Some)
        .ok_or(Complaint::NotAPhone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(typed: &str) -> Result<Option<String>, Complaint> {
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
            assert_eq!(e164(typed), Ok(Some("+16613270142".into())), "{typed}");
        }
        assert_eq!(e164("+52 55 5123 4567"), Ok(Some("+525551234567".into())));
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
            "\0",
            "0000000000",
            "661-FLOWERS",
        ] {
            assert_eq!(parse(typed), Err(Complaint::NotAPhone), "{typed}");
        }
        assert_eq!(parse(&"1".repeat(41)), Err(Complaint::TooLong { max: 40 }));
    }
}
