//! A waiting text that cannot be taken out by a fault of ours is parked, so that it does not keep the others waiting.

/// So many times in a row a fault may come of one text.
pub const FAULTS: i64 = 3;
/// So many times in a row the program may end with a text in hand that it was about to hand over. More than faults: a
/// program may be ended for other reasons.
pub const ENDS: i64 = 10;

/// Whether a text is parked after so many faults, and so many claims that came to nothing.
pub fn is_parked(faults: i64, claims: i64) -> bool {
    faults >= FAULTS || claims > ENDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_faults_park_a_text_and_ten_ends_of_the_program_do_not() {
        assert!(!is_parked(2, 3));
        assert!(is_parked(3, 3));
        assert!(!is_parked(0, 10));
        assert!(is_parked(0, 11));
    }
}
