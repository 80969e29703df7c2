//! What people type for a phone number, and what Twilio says is one.

use domain::phone::Phone;
use service::phones;

/// Typed text is a number or refused; a number reads the same again in each way it is written.
pub fn holds(data: &[u8]) {
    let typed = String::from_utf8_lossy(data);
    if let Some(phone) = Phone::from_e164(&typed) {
        assert_eq!(phone.as_str(), typed);
        shown(&phone);
    }
    if let Ok(Some(phone)) = phones::parse(&typed) {
        shown(&phone);
        assert_eq!(
            phones::parse(phone.as_str()),
            Ok(Some(phone.clone())),
            "{typed}"
        );
        assert_eq!(phones::parse(&phone.display()), Ok(Some(phone)), "{typed}");
    }
}

fn shown(phone: &Phone) {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let all = digits(phone.as_str());
    assert!(
        all.ends_with(&digits(&phone.display())),
        "no digit is lost or made up"
    );
    assert!(
        digits(&phone.masked()).len() < all.len(),
        "a log never has the whole number"
    );
}
