//! Forms of Twilio's identifiers: two letters for the kind, then 32 hexadecimal digits.
//! Source: the `pattern` lines of Twilio's OpenAPI description (api v2010).

/// True for an account's identifier, `AC…`.
pub fn is_account(sid: &str) -> bool {
    has_form("AC", sid)
}

/// True for a message's identifier, `SM…` (text) or `MM…` (with media).
pub fn is_message(sid: &str) -> bool {
    has_form("SM", sid) || has_form("MM", sid)
}

/// True for a phone number's identifier, `PN…`.
pub fn is_phone_number(sid: &str) -> bool {
    has_form("PN", sid)
}

/// True for a call's identifier, `CA…`.
pub fn is_call(sid: &str) -> bool {
    has_form("CA", sid)
}

/// True for an API key's identifier, `SK…`; it may stand in place of the account's as the user name.
pub fn is_api_key(sid: &str) -> bool {
    has_form("SK", sid)
}

fn has_form(kind: &str, sid: &str) -> bool {
    sid.strip_prefix(kind)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_its_kind_and_32_hexadecimal_digits() {
        let digits = "0123456789abcdef0123456789ABCDEF";
        assert!(is_account(&format!("AC{digits}")));
        assert!(is_message(&format!("SM{digits}")) && is_message(&format!("MM{digits}")));
        assert!(is_phone_number(&format!("PN{digits}")));
        assert!(is_call(&format!("CA{digits}")));
        assert!(is_api_key(&format!("SK{digits}")));
    }

    #[test]
    fn anything_else_is_no_sid() {
        let digits = "0123456789abcdef0123456789abcdef";
        for wrong in [
            "",
            "SM",
            "SM12",
            &digits[..32],
            &format!("sm{digits}"),
            &format!("SM{digits}0"),
        ] {
            assert!(!is_message(wrong), "{wrong}");
        }
        assert!(!is_message("SM0123456789abcdef0123456789abcdeg"));
        assert!(!is_message("SM0123456789abcdef0123456789abcdé"));
        assert!(!is_message(&format!(" SM{digits}")));
        assert!(!is_account(&format!("SM{digits}")));
    }
}
