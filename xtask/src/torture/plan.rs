//! Which faults come when: a pure function of the seed. What of it is hit depends on the machine, and is counted.

use super::dice::Dice;

/// Where the program can be made to end as if it was killed (`server/service/src/torture.rs`).
pub const POINTS: [&str; 7] = [
    "before_enqueue_commit",
    "after_claim",
    "after_201",
    "before_post",
    "after_webhook_commit",
    "mid_post",
    "after_enqueue_commit",
];

/// How long claims last, in milliseconds: shorter than what is done with them sometimes takes.
pub const LEASE: u64 = 4_000;

/// The faults of one run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seed: u64,
    pub aim: Aim,
}

/// At what the ends of servers aim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// Everything in turn.
    #[default]
    All,
    /// Workers stand still past their lease: what the fence of a claim is for.
    Leases,
    /// Servers end right after Twilio took a text: what committing `posting` first is for.
    Accepted,
}

/// One life of a server. All times are in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Where it ends or stands still, as the program takes it.
    pub at: Option<String>,
    /// It is killed after this time, if it is still there.
    pub killed_after: u64,
    /// So long nobody starts it again.
    pub down: u64,
}

/// What becomes of a request that hands a text to Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    Passes,
    /// Twilio has it, and answers after this time.
    Slow(u64),
    /// Twilio has it; the connection ends before the answer.
    AnswerCut,
    /// Twilio has it, and never answers.
    Silence,
    /// Twilio has it; of the answer half arrives.
    Half,
    /// Twilio has it, and answers with nonsense.
    Hostile(Nonsense),
    /// Twilio has it, and answers 500.
    ErrorAfter,
    /// The connection ends before Twilio has it.
    Cut,
    /// Twilio does not have it, and answers 500.
    ErrorBefore,
    /// Twilio does not have it, and answers 429; so many seconds it wants to be left alone.
    TooMany(Option<u64>),
}

/// Answers that make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonsense {
    Empty,
    Html,
    Nested,
    Huge,
    NoSid,
    /// The Sid of a text that went out before.
    SidOfAnother,
}

/// What becomes of a question to Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    Passes,
    Slow(u64),
    Cut,
    Half,
    Error,
    TooMany,
}

/// What becomes of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bringing {
    Passes,
    /// It never arrives.
    Lost,
    Twice,
    /// It arrives late, and Twilio waits.
    Late(u64),
    /// Twilio takes it for lost; it arrives after others that were later.
    OutOfOrder(u64),
    /// It arrives, and the answer does not.
    AnswerLost,
}

/// What becomes of PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Stopped at once, and started again after this time.
    Stops(u64),
    /// A connection is cut before a COMMIT gets through.
    CutBeforeCommit,
    /// A connection is cut after a COMMIT got through and before its answer.
    CutAfterCommit,
}

impl Plan {
    /// The `nth` life of a server: each point has its turn, and so has being killed anywhere.
    pub fn life(self, node: u64, nth: u64) -> Life {
        let mut dice = Dice::of(self.seed, "life", (node << 32) | nth);
        let turn = match self.aim {
            Aim::All => (self.seed + nth + node * 4) % (POINTS.len() as u64 + 2),
            Aim::Leases => POINTS.len() as u64,
            Aim::Accepted => 2,
        };
        let (at, killed_after) = match POINTS.get(turn as usize) {
            Some(point) => (
                Some(format!("{point}:{}", dice.between(1, 10))),
                dice.between(2_500, 6_000),
            ),
            None if turn == POINTS.len() as u64 => (
                // Past the lease: whoever goes on then has lost its claim.
                Some(format!(
                    "after_claim:{}:{}",
                    match self.aim {
                        Aim::Leases => dice.between(3, 8),
                        _ => dice.between(8, 24),
                    },
                    LEASE * 3 / 2
                )),
                dice.between(8_000, 11_000),
            ),
            None => (None, dice.between(500, 6_000)),
        };
        Life {
            at,
            killed_after,
            down: dice.between(0, 700),
        }
    }

    /// What becomes of the `nth` text that is handed to Twilio.
    pub fn sending(self, nth: u64) -> Sending {
        let mut dice = Dice::of(self.seed, "sending", nth);
        let slow = Sending::Slow(dice.between(100, 2_500));
        let nonsense = Sending::Hostile(dice.one_of(&[
            (1, Nonsense::Empty),
            (1, Nonsense::Html),
            (1, Nonsense::Nested),
            (1, Nonsense::Huge),
            (1, Nonsense::NoSid),
            (2, Nonsense::SidOfAnother),
        ]));
        let wait = dice.one_of(&[(2, None), (2, Some(0)), (1, Some(1))]);
        dice.each_first(
            nth,
            6,
            &[
                (800, Sending::Passes),
                (40, slow),
                (30, Sending::AnswerCut),
                (4, Sending::Silence),
                (25, Sending::Half),
                (40, nonsense),
                (25, Sending::ErrorAfter),
                (14, Sending::Cut),
                (14, Sending::ErrorBefore),
                (8, Sending::TooMany(wait)),
            ],
        )
    }

    /// What becomes of the `nth` question.
    pub fn asking(self, nth: u64) -> Asking {
        let mut dice = Dice::of(self.seed, "asking", nth);
        let slow = Asking::Slow(dice.between(100, 1_500));
        dice.each_first(
            nth,
            3,
            &[
                (900, Asking::Passes),
                (30, slow),
                (20, Asking::Cut),
                (20, Asking::Half),
                (20, Asking::Error),
                (10, Asking::TooMany),
            ],
        )
    }

    /// What becomes of the `nth` webhook.
    pub fn bringing(self, nth: u64) -> Bringing {
        let mut dice = Dice::of(self.seed, "bringing", nth);
        let late = Bringing::Late(dice.between(50, 1_200));
        let out_of_order = Bringing::OutOfOrder(dice.between(300, 3_000));
        dice.each_first(
            nth,
            6,
            &[
                (850, Bringing::Passes),
                (30, Bringing::Lost),
                (50, Bringing::Twice),
                (25, late),
                (25, out_of_order),
                (20, Bringing::AnswerLost),
            ],
        )
    }

    /// What becomes of texts to the `nth` phone, in the pretend Twilio's words.
    pub fn fate(self, nth: u64) -> &'static str {
        Dice::of(self.seed, "fate", nth).one_of(&[
            (14, "delivered"),
            (3, "disorder"),
            (2, "undelivered:30008"),
            (1, "undelivered:30003"),
            (1, "silent"),
            (1, "slow:1"),
            (1, "refused:21614"),
        ])
    }

    /// What becomes of PostgreSQL the `nth` time, and how long before that all is well.
    pub fn outage(self, nth: u64) -> (u64, Outage) {
        let mut dice = Dice::of(self.seed, "outage", nth);
        let stops = Outage::Stops(dice.between(200, 2_000));
        let outage = match nth % 4 {
            1 => stops,
            3 => Outage::CutBeforeCommit,
            _ => Outage::CutAfterCommit,
        };
        (dice.between(800, 3_500), outage)
    }

    /// How long somebody thinks before the `nth` text, in milliseconds.
    pub fn thought(self, person: u64, nth: u64) -> u64 {
        Dice::of(self.seed, "thought", (person << 32) | nth).below(300)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all(seed: u64) -> Plan {
        let aim = Aim::All;
        Plan { seed, aim }
    }

    #[test]
    fn a_plan_that_aims_at_something_has_nothing_else_in_it() {
        for nth in 0..20 {
            let aimed = |aim| Plan { seed: 1, aim }.life(0, nth).at.expect("a point");
            assert!(aimed(Aim::Leases).starts_with("after_claim:"));
            assert_eq!(aimed(Aim::Leases).split(':').count(), 3);
            assert!(aimed(Aim::Accepted).starts_with("after_201:"));
        }
    }

    /// All that a plan says, as far as it is looked at here.
    fn told(seed: u64) -> Vec<String> {
        let plan = all(seed);
        let each = |nth: u64| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {} {}",
                plan.life(nth % 3, nth),
                plan.sending(nth),
                plan.asking(nth),
                plan.bringing(nth),
                plan.outage(nth),
                plan.fate(nth),
                plan.thought(nth % 24, nth)
            )
        };
        (0..500).map(each).collect()
    }

    #[test]
    fn the_same_seed_is_the_same_plan_and_another_is_another() {
        assert_eq!(told(7), told(7));
        assert_ne!(told(7), told(8));
    }

    #[test]
    fn every_kind_of_fault_is_in_every_plan() {
        for seed in 0..20 {
            let plan = all(seed);
            let names = |kinds: &mut dyn Iterator<Item = String>| -> BTreeSet<String> {
                let name = |kind: String| kind.split('(').next().unwrap_or_default().to_owned();
                kinds.map(name).collect()
            };
            let sendings = names(&mut (0..2_000).map(|n| format!("{:?}", plan.sending(n))));
            assert_eq!(sendings.len(), 10, "{sendings:?}");
            let bringings = names(&mut (0..1_000).map(|n| format!("{:?}", plan.bringing(n))));
            assert_eq!(bringings.len(), 6, "{bringings:?}");
            let askings = names(&mut (0..2_000).map(|n| format!("{:?}", plan.asking(n))));
            assert_eq!(askings.len(), 6, "{askings:?}");
            let outages = names(&mut (0..8).map(|n| format!("{:?}", plan.outage(n).1)));
            assert_eq!(outages.len(), 3, "{outages:?}");
        }
    }

    #[test]
    fn each_server_comes_to_each_point_in_nine_lives() {
        let plan = all(3);
        for node in 0..3 {
            let points: BTreeSet<String> = (0..9)
                .filter_map(|nth| plan.life(node, nth).at)
                .filter(|at| at.split(':').count() == 2)
                .filter_map(|at| at.split(':').next().map(str::to_owned))
                .collect();
            assert_eq!(points, BTreeSet::from(POINTS.map(str::to_owned)));
        }
    }
}
