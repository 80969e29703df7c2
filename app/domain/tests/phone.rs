//! Phone numbers.

use domain::phone::Phone;
use proptest::prelude::*;

fn phone(text: &str) -> Phone {
    Phone::from_e164(text).expect("a number in E.164")
}

#[test]
fn only_e164_to_the_letter_is_a_number() {
    for text in [
        "+16615550142",
        "+525512345678",
        "+1234567",
        "+123456789012345",
    ] {
        assert_eq!(phone(text).as_str(), text);
    }
    for text in [
        "",
        "+",
        "16615550142",
        "+06615550142",
        "+123456",
        "+1234567890123456",
        "+1 661 555 0142",
        "+1661555014a",
        "++1661555014",
        "+１２３４５６７８",
        " +16615550142",
        "+16615550142\n",
    ] {
        assert_eq!(Phone::from_e164(text), None, "{text:?}");
    }
}

#[test]
fn a_north_american_number_is_shown_as_people_write_it_there() {
    assert_eq!(phone("+16615550142").display(), "(661) 555-0142");
}

#[test]
fn other_numbers_are_shown_with_their_country_code_in_groups() {
    for (e164, shown) in [
        ("+525512345678", "+52 55 1234 5678"),
        ("+50222334455", "+502 2233 4455"),
        ("+50370123456", "+503 7012 3456"),
        ("+33612345678", "+33 612 345 678"),
        ("+442071838750", "+44 20 7183 8750"),
        ("+4915112345678", "+49 151 1234 5678"),
        ("+79161234567", "+7 91 6123 4567"),
        ("+3545812345", "+354 581 2345"),
        ("+6581234567", "+65 8123 4567"),
    ] {
        assert_eq!(phone(e164).display(), shown);
    }
}

#[test]
fn a_number_of_no_known_country_is_shown_in_threes() {
    assert_eq!(phone("+28123456789").display(), "+28 123 456 789");
}

#[test]
fn a_number_in_a_log_shows_its_last_four_digits_only() {
    assert_eq!(phone("+16615550142").masked(), "+1•••••••0142");
    assert_eq!(phone("+525512345678").masked(), "+52•••••••5678");
    assert_eq!(phone("+1234567").masked(), "+•••••••4567");
    assert_eq!(
        format!("{:?}", phone("+16615550142")),
        "Phone(+1•••••••0142)"
    );
}

#[test]
fn travels_as_a_plain_string_and_refuses_other_forms() {
    let json = serde_json::to_string(&phone("+16615550142")).expect("a string");
    assert_eq!(json, "\"+16615550142\"");
    assert_eq!(
        serde_json::from_str::<Phone>(&json).expect("a number"),
        phone("+16615550142")
    );
    for wrong in ["\"6615550142\"", "\"\"", "16615550142", "null"] {
        assert!(serde_json::from_str::<Phone>(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn showing_a_number_keeps_every_digit(digits in "[1-9][0-9]{6,14}") {
        let phone = phone(&format!("+{digits}"));
        let shown: String = phone.display().chars().filter(char::is_ascii_digit).collect();
        prop_assert!(phone.digits() == digits && digits.ends_with(&shown));
        prop_assert!(!phone.display().contains("  ") && !phone.display().ends_with(' '));
        let hidden: String = phone.masked().chars().filter(char::is_ascii_digit).collect();
        prop_assert!(hidden.len() <= 7 && hidden.len() + 3 <= digits.len());
    }
}
