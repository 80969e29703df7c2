//! How many wrong tries are allowed: ten, then one more each minute. Only what went wrong counts.

/// Tries that may go wrong one after another.
const TRIES: i64 = 10;
/// How long until one more is allowed, in milliseconds.
const REFILL: i64 = 60_000;
/// So far may the times of tries be out of order, in milliseconds: servers have clocks of their own, and of many at once
/// the one that looked at its clock first need not be the first whose try is taken.
const SLACK: i64 = 5_000;

/// The tries of one key: an address that is tried, or a place that they come from.
///
/// A try is taken before its outcome is known, so that many at once gain nothing, and given back if it was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// When all tries are allowed again, in milliseconds since 1970.
    free_at: i64,
}

impl Tries {
    /// As they were remembered: when all are allowed again.
    pub fn until(free_at: i64) -> Self {
        Self { free_at }
    }

    /// When all tries are allowed again, in milliseconds since 1970.
    pub fn free_at(&self) -> i64 {
        self.free_at
    }

    /// Takes a try.
    ///
    /// # Errors
    /// None is left: how many minutes to wait.
    pub fn take(&mut self, now: i64) -> Result<(), u32> {
        let free_at = self.free_at.max(now) + REFILL;
        let over = free_at - now - TRIES * REFILL;
        if over > SLACK {
            let minutes = (over + REFILL - 1) / REFILL;
            return Err(u32::try_from(minutes).unwrap_or(u32::MAX));
        }
        self.free_at = free_at;
        Ok(())
    }

    /// Gives a taken try back: it was right.
    pub fn give_back(&mut self) {
        self.free_at -= REFILL;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wrong: usize) -> Tries {
        let mut tries = Tries::default();
        for _ in 0..wrong {
            assert_eq!(tries.take(1_000_000), Ok(()));
        }
        tries
    }

    #[test]
    fn after_ten_wrong_tries_one_waits_a_minute() {
        let mut tries = after(10);
        assert_eq!(tries.take(1_000_000), Err(1));
        assert_eq!(tries.take(1_000_000 + REFILL), Ok(()));
        assert_eq!(tries.take(1_000_000 + REFILL), Err(1));
    }

    #[test]
    fn of_many_at_once_ten_are_taken_in_whatever_order_they_come() {
        let mut tries = Tries::default();
        let at_once = [9, 3, 7, 1, 8, 2, 6, 0, 5, 4, 3, 2, 1, 0];
        let taken = at_once.map(|moment| tries.take(1_000_000 + moment).is_ok());
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 10);
    }

    #[test]
    fn right_tries_do_not_count_however_many() {
        let mut tries = after(9);
        for _ in 0..1000 {
            assert_eq!(tries.take(1_000_000), Ok(()));
            tries.give_back();
        }
        assert_eq!(tries.take(1_000_000), Ok(()));
        assert_eq!(tries.take(1_000_000), Err(1));
    }

    #[test]
    fn a_right_try_between_does_not_forgive_the_wrong_ones() {
        let mut tries = after(5);
        tries.take(1_000_000).expect("the sixth");
        tries.give_back();
        assert_eq!(tries, after(5));
    }

    #[test]
    fn ten_minutes_later_nothing_is_left_to_remember() {
        assert_eq!(after(10).free_at(), 1_000_000 + TRIES * REFILL);
    }
}
