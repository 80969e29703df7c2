//! How fast texts leave a number. What goes faster than the phone companies take it would wait at Twilio, where nobody
//! here can stop it any more; so it waits here.

/// What a number may do at most, when nothing left for a while, in milliseconds of its pace: a minute's texts at once.
pub const BURST: i64 = 60 * 1000;
/// Longer than the longest text needs at the slowest pace, in milliseconds.
const LONGEST_TEXT: i64 = 60 * 1000;
/// Of every number: parts a second, unless the administrator chose another. A US long code takes one.
pub const LONG_CODE: i64 = 1;
/// What the form offers: a long code, a toll-free number, a number of a verified sender, a short code, and no limit.
pub const CHOICES: [i64; 5] = [LONG_CODE, 3, 10, 100, 0];
/// More than so much is not taken into the queue, in milliseconds: 10 hours, as long as Twilio itself would keep it.
pub const LONGEST_QUEUE: i64 = 10 * 60 * 60 * 1000;

/// A number's allowance: what leaves costs time, and time gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Parts a second; 0: no limit.
    pub pace: i64,
    /// When all that left would have gone out at this pace, in milliseconds UTC.
    pub free_at: i64,
}

impl Bucket {
    /// What is left of it after a text of so many parts; `None`: not yet.
    pub fn take(self, now: i64, parts: i64) -> Option<Self> {
        if self.pace <= 0 {
            return Some(self);
        }
        let free_at = self.begins(now);
        (free_at <= now + BURST).then(|| Self {
            free_at: free_at + self.cost(parts),
            ..self
        })
    }

    /// How long texts of so many parts in all need until the last of them has left, in milliseconds.
    pub fn wait(self, now: i64, parts: i64) -> i64 {
        if self.pace <= 0 {
            return 0;
        }
        (self.begins(now) + self.cost(parts) - now - BURST).max(0)
    }

    fn begins(self, now: i64) -> i64 {
        match self.free_at {
            // Of a clock that was put back.
            at if at > now + BURST + LONGEST_TEXT => now,
            at => at.max(now),
        }
    }

    /// No text is for nothing; rounded up, or three a second would be a little more than three.
    fn cost(self, parts: i64) -> i64 {
        let (thousands, pace) = (parts.max(1).saturating_mul(1000), self.pace.max(1));
        thousands.saturating_add(pace - 1) / pace
    }
}

/// Whether one more text of so many parts finds room behind parts that wait.
pub fn has_room(pace: i64, waiting: i64, parts: i64) -> bool {
    let bucket = Bucket { pace, free_at: 0 };
    pace <= 0 || bucket.cost(waiting + parts) <= LONGEST_QUEUE
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_765_232_047_000;

    fn leave(bucket: &mut Bucket, now: i64, parts: i64) -> i64 {
        let mut left = 0;
        while let Some(after) = bucket.take(now, parts) {
            (*bucket, left) = (after, left + 1);
            assert!(left < 10_000, "no end");
        }
        left
    }

    #[test]
    fn a_minutes_texts_leave_at_once_and_then_one_each_second() {
        let mut bucket = Bucket {
            pace: 1,
            free_at: 0,
        };
        assert_eq!(leave(&mut bucket, NOW, 1), 61);
        assert_eq!(leave(&mut bucket, NOW + 999, 1), 0);
        assert_eq!(leave(&mut bucket, NOW + 1000, 1), 1);
        assert_eq!(leave(&mut bucket, NOW + 11_000, 1), 10);
    }

    #[test]
    fn a_text_of_three_parts_takes_the_time_of_three() {
        let mut bucket = Bucket {
            pace: 1,
            free_at: NOW + BURST,
        };
        assert_eq!(leave(&mut bucket, NOW, 3), 1);
        assert_eq!(leave(&mut bucket, NOW + 2999, 3), 0);
        assert_eq!(leave(&mut bucket, NOW + 3000, 3), 1);
    }

    #[test]
    fn no_text_is_for_nothing() {
        let bucket = Bucket {
            pace: 1,
            free_at: NOW,
        };
        assert_eq!(bucket.take(NOW, 0), bucket.take(NOW, 1));
    }

    #[test]
    fn over_any_hour_a_number_keeps_its_pace() {
        for pace in CHOICES.into_iter().filter(|pace| *pace > 0) {
            let (mut bucket, mut left) = (Bucket { pace, free_at: 0 }, 0);
            for second in 0..3600 {
                left += leave(&mut bucket, NOW + second * 1000, 1);
            }
            assert!(left <= pace * (3600 + BURST / 1000) + 1, "{pace}: {left}");
            assert!(left >= pace * 3600, "{pace}: {left}");
        }
    }

    #[test]
    fn without_a_pace_everything_leaves() {
        let bucket = Bucket {
            pace: 0,
            free_at: 0,
        };
        assert_eq!(bucket.take(NOW, 10), Some(bucket));
        assert_eq!(bucket.wait(NOW, 1_000_000), 0);
        assert!(has_room(0, i64::MAX / 2, 1));
    }

    #[test]
    fn those_who_wait_are_told_for_how_long() {
        let bucket = Bucket {
            pace: 1,
            free_at: NOW + BURST,
        };
        assert_eq!(bucket.wait(NOW, 30), 30_000);
        assert_eq!(
            Bucket {
                pace: 1,
                free_at: 0
            }
            .wait(NOW, 30),
            0,
            "they leave at once"
        );
    }

    #[test]
    fn ten_hours_are_taken_into_the_queue_and_not_a_second_more() {
        assert!(has_room(1, 35_999, 1));
        assert!(!has_room(1, 36_000, 1));
        assert!(has_room(3, 36_000, 1));
    }

    #[test]
    fn a_clock_that_is_put_back_silences_nobody() {
        let bucket = Bucket {
            pace: 1,
            free_at: NOW,
        };
        assert!(bucket.take(NOW - 365 * 24 * 3_600_000, 1).is_some());
    }
}
