//! The GSM 7-bit alphabet (3GPP TS 23.038, default alphabet and its extension table).

/// Septets that one character takes in GSM-7: 1, or 2 for the extension table (an escape pair).
/// `None` when the alphabet does not have it, which turns the whole text into UCS-2.
#[must_use]
pub const fn septets(c: char) -> Option<u32> {
    match c {
        '^' | '{' | '}' | '\\' | '[' | ']' | '~' | '|' | '€' | '\u{0c}' => Some(2),
        '\n' | '\r' => Some(1),
        // The backtick is the one printable ASCII character that is missing.
        '`' => None,
        ' '..='~' => Some(1),
        '¡' | '£' | '¤' | '¥' | '§' | '¿' => Some(1),
        'Ä' | 'Å' | 'Æ' | 'Ç' | 'É' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' | 'ß' => Some(1),
        'à' | 'ä' | 'å' | 'æ' | 'è' | 'é' | 'ì' | 'ñ' | 'ò' | 'ö' | 'ø' | 'ù' | 'ü' => {
            Some(1)
        }
        // The other Greek capitals look like Latin ones and share their place.
        'Γ' | 'Δ' | 'Θ' | 'Λ' | 'Ξ' | 'Π' | 'Σ' | 'Φ' | 'Ψ' | 'Ω' => Some(1),
        _ => None,
    }
}

/// Whether a text can travel in GSM-7 as it is.
#[must_use]
pub fn holds(text: &str) -> bool {
    text.chars().all(|c| septets(c).is_some())
}
