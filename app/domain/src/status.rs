//! The life of a text as a ladder. Reports arrive late, twice and out of order; a text only climbs.
//!
//! Ranks 0 to 5 are ours, before Twilio has the text; 10 to 110 follow Twilio's statuses
//! (Twilio, "Messaging: outbound message status in status callbacks").

use serde::{Deserialize, Serialize};

/// Where a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Saved here, not yet taken by a worker.
    Waiting,
    /// Taken by a worker; nothing has left.
    Claimed,
    /// About to leave, or leaving: committed before the first byte.
    Posting,
    /// It may have reached Twilio; never sent again by itself.
    Unknown,
    /// Staff decided that it went out; any word of Twilio's tells better.
    WentOut,
    /// Twilio said no; nothing went out.
    Refused,
    /// Stopped here before it left.
    Stopped,
    Scheduled,
    Accepted,
    Queued,
    Sending,
    Sent,
    PartiallyDelivered,
    Delivered,
    Undelivered,
    Failed,
    Canceled,
    Read,
}

/// Where a report of a status came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Twilio's answer to our sending.
    Answer,
    /// Twilio's status callback: may be late or out of order.
    Callback,
    /// We asked Twilio: its word now.
    Fetch,
}

impl Source {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Callback => "callback",
            Self::Fetch => "fetch",
        }
    }
}

/// The rank of every final status.
pub const FINAL: i16 = 100;

impl Status {
    /// Every status, in the order of their ranks.
    pub const ALL: [Self; 18] = [
        Self::Waiting,
        Self::Claimed,
        Self::Posting,
        Self::Unknown,
        Self::WentOut,
        Self::Scheduled,
        Self::Accepted,
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::PartiallyDelivered,
        Self::Delivered,
        Self::Undelivered,
        Self::Failed,
        Self::Canceled,
        Self::Refused,
        Self::Stopped,
        Self::Read,
    ];

    /// The rung of the ladder.
    pub fn rank(self) -> i16 {
        match self {
            Self::Waiting => 0,
            Self::Claimed => 1,
            Self::Posting => 2,
            Self::Unknown => 3,
            Self::WentOut => 5,
            Self::Scheduled => 10,
            Self::Accepted => 20,
            Self::Queued => 30,
            Self::Sending => 40,
            Self::Sent => 50,
            Self::PartiallyDelivered => 60,
            Self::Delivered
            | Self::Undelivered
            | Self::Failed
            | Self::Canceled
            | Self::Refused
            | Self::Stopped => FINAL,
            Self::Read => 110,
        }
    }

    /// Nothing more is expected.
    pub fn is_final(self) -> bool {
        self.rank() >= FINAL
    }

    /// The name under which it is stored, and, from `scheduled` on, Twilio's own word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Posting => "posting",
            Self::Unknown => "unknown",
            Self::WentOut => "went_out",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::Scheduled => "scheduled",
            Self::Accepted => "accepted",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::PartiallyDelivered => "partially_delivered",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Read => "read",
        }
    }

    /// The status stored under that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The status that Twilio's word means. Unknown words are data: they are kept as reports and move nothing.
    pub fn from_twilio(word: &str) -> Option<Self> {
        Self::from_name(word).filter(|status| is_twilios(*status))
    }
}

/// We said that nothing went out.
fn ends_here(status: Status) -> bool {
    matches!(status, Status::Refused | Status::Stopped)
}

/// One of Twilio's words; our own it never says.
fn is_twilios(status: Status) -> bool {
    status.rank() >= Status::Scheduled.rank() && !ends_here(status)
}

/// Where a text stands after a report: `None` when the report changes nothing.
///
/// Only upwards; from one final status to another only when Twilio was asked. Our own final words yield to any word of
/// Twilio's: of a text that staff had sent again the first may have arrived, although the second was refused.
pub fn advance(current: Status, reported: Status, source: Source) -> Option<Status> {
    let climbs = reported.rank() > current.rank() || (ends_here(current) && is_twilios(reported));
    let corrects = source == Source::Fetch
        && reported != current
        && reported.rank() == FINAL
        && current.rank() == FINAL;
    (climbs || corrects).then_some(reported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_every_ordered_pair_a_report_only_climbs_or_corrects_a_final_word() {
        for current in Status::ALL {
            for reported in Status::ALL {
                for source in [Source::Answer, Source::Callback, Source::Fetch] {
                    let next = advance(current, reported, source);
                    let both_final = current.rank() == FINAL && reported.rank() == FINAL;
                    let of_ours = matches!(current, Status::Refused | Status::Stopped);
                    let of_twilio = Status::from_twilio(reported.as_str()).is_some();
                    let expected = reported.rank() > current.rank()
                        || (both_final && source == Source::Fetch && reported != current)
                        || (of_ours && of_twilio);
                    assert_eq!(
                        next,
                        expected.then_some(reported),
                        "{current:?} {reported:?} {source:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_late_sent_never_undoes_delivered() {
        assert_eq!(
            advance(Status::Delivered, Status::Sent, Source::Callback),
            None
        );
        assert_eq!(
            advance(Status::Delivered, Status::Sent, Source::Fetch),
            None
        );
    }

    #[test]
    fn only_asking_twilio_turns_one_final_word_into_another() {
        let turn = |source| advance(Status::Failed, Status::Delivered, source);
        assert_eq!(turn(Source::Callback), None);
        assert_eq!(turn(Source::Fetch), Some(Status::Delivered));
    }

    #[test]
    fn an_unclear_send_is_cleared_by_any_word_of_twilio() {
        for word in ["queued", "sent", "delivered", "failed"] {
            let reported = Status::from_twilio(word).expect("Twilio's word");
            assert_eq!(
                advance(Status::Unknown, reported, Source::Callback),
                Some(reported)
            );
        }
    }

    #[test]
    fn what_was_refused_here_and_is_with_twilio_all_the_same_is_told_by_twilio() {
        let turn = |reported| advance(Status::Refused, reported, Source::Callback);
        assert_eq!(turn(Status::Sent), Some(Status::Sent));
        assert_eq!(turn(Status::Delivered), Some(Status::Delivered));
        assert_eq!(turn(Status::Stopped), None);
    }

    #[test]
    fn w3_whatever_the_order_of_six_reports_the_end_is_the_highest() {
        let reports = [
            Status::Accepted,
            Status::Queued,
            Status::Sending,
            Status::Sent,
            Status::PartiallyDelivered,
            Status::Delivered,
        ];
        permutations(&reports, &mut |order| {
            let end = order.iter().fold(Status::Posting, |now, report| {
                advance(now, *report, Source::Callback).unwrap_or(now)
            });
            assert_eq!(end, Status::Delivered);
        });
    }

    #[test]
    fn our_own_words_are_not_twilios() {
        for word in [
            "waiting", "claimed", "posting", "unknown", "went_out", "refused", "stopped",
            "received", "hm",
        ] {
            assert_eq!(Status::from_twilio(word), None, "{word}");
        }
    }

    #[test]
    fn every_status_is_found_by_its_name() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.as_str()), Some(status));
        }
    }

    fn permutations(items: &[Status], visit: &mut impl FnMut(&[Status])) {
        fn go(items: &mut Vec<Status>, from: usize, visit: &mut impl FnMut(&[Status])) {
            if from == items.len() {
                return visit(items);
            }
            for i in from..items.len() {
                items.swap(from, i);
                go(items, from + 1, visit);
                items.swap(from, i);
            }
        }
        go(&mut items.to_vec(), 0, visit);
    }
}
