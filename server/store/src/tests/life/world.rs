//! Twilio, the workers, the people and the clock: what happens to a program's texts, and what must never come of it.

use domain::status::{Source, Status};
use std::collections::BTreeMap;

const TEXTS: usize = 6;
const MINUTE: i64 = 60_000;
const YEAR: i64 = 365 * 24 * 60 * MINUTE;

/// A worker's token.
pub type Token = u128;

/// What a program can do with its texts, which are numbered in the order in which they were saved.
pub trait Program {
    fn new() -> Self;
    fn save(&mut self, now: i64);
    fn claim(&mut self, token: Token, now: i64) -> Option<usize>;
    fn mark_posting(&mut self, text: usize, token: Token, now: i64) -> bool;
    fn accept(&mut self, text: usize, token: Token, sid: usize, now: i64) -> bool;
    fn refuse(&mut self, text: usize, token: Token, now: i64) -> bool;
    fn back(&mut self, text: usize, token: Token, now: i64) -> bool;
    fn unclear(&mut self, text: usize, token: Token, now: i64) -> bool;
    /// The program ends at once, and a new run takes over.
    fn restart(&mut self);
    fn learn(&mut self, text: usize, sid: usize, status: Status, source: Source, now: i64);
    fn ask_staff(&mut self, now: i64);
    /// Staff decide about a text that they are asked about.
    fn decide(&mut self, text: usize, again: bool, now: i64) -> bool;
    fn status(&self, text: usize) -> Status;
    /// It is still to be sent, or to be cleared up.
    fn is_kept(&self, text: usize) -> bool;
}

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Clear,
    Lost,
    Refused,
    Busy,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    Save,
    Claim,
    Post {
        hand: usize,
        reaches: bool,
    },
    Answer {
        hand: usize,
        how: How,
    },
    Crash,
    /// A worker of a run that ended writes all the same.
    Late {
        ghost: usize,
        how: How,
    },
    Progress {
        message: usize,
        arrives: bool,
    },
    Report {
        message: usize,
        which: usize,
    },
    Look {
        text: usize,
    },
    Fetch {
        message: usize,
    },
    Ask,
    Decide {
        text: usize,
        again: bool,
    },
    Clock(i64),
}

impl Step {
    /// The step of this kind; most kinds name something by number.
    pub fn of(kind: u8, one: usize, other: usize) -> Self {
        let how = [
            How::Clear,
            How::Clear,
            How::Lost,
            How::Lost,
            How::Refused,
            How::Busy,
        ][other];
        match kind {
            0..10 => Self::Save,
            10..25 => Self::Claim,
            25..40 => Self::Post {
                hand: one,
                reaches: other < 4,
            },
            40..52 => Self::Answer { hand: one, how },
            52..55 => Self::Crash,
            55..60 => Self::Late { ghost: one, how },
            60..68 => Self::Progress {
                message: one,
                arrives: other > 1,
            },
            68..80 => Self::Report {
                message: one,
                which: other,
            },
            80..84 => Self::Look { text: one },
            84..88 => Self::Fetch { message: one },
            88..91 => Self::Ask,
            91..95 => Self::Decide {
                text: one,
                again: other > 1,
            },
            _ => Self::Clock([1_000, 5_000, MINUTE, 16 * MINUTE, YEAR, -YEAR][other]),
        }
    }
}

/// A text that Twilio has.
struct Message {
    text: usize,
    truth: Status,
    reports: Vec<Status>,
}

/// A text in a worker's hand; then, whether it was posted, and what Twilio made of it.
struct Hand {
    text: usize,
    token: Token,
    posted: Option<Option<usize>>,
}

/// Everything.
pub struct World<P> {
    program: P,
    now: i64,
    latest: i64,
    tokens: Token,
    hands: Vec<Hand>,
    ghosts: Vec<Hand>,
    /// What Twilio has; its place is its Sid.
    ledger: Vec<Message>,
    /// Of each text: presses of "Send", and requests that may have reached Twilio.
    decided: Vec<i32>,
    posted: Vec<i32>,
    sids: BTreeMap<usize, usize>,
    highest: Vec<Status>,
}

impl<P: Program> World<P> {
    pub fn new() -> Self {
        let now = crate::tests::sample::NOW;
        Self {
            program: P::new(),
            now,
            latest: now,
            tokens: 1,
            hands: vec![],
            ghosts: vec![],
            ledger: vec![],
            decided: vec![],
            posted: vec![],
            sids: BTreeMap::new(),
            highest: vec![],
        }
    }

    pub fn play(&mut self, step: Step) {
        match step {
            Step::Save if self.decided.len() < TEXTS => {
                self.program.save(self.now);
                self.decided.push(1);
                self.posted.push(0);
                self.highest.push(Status::Waiting);
            }
            Step::Save => {}
            Step::Claim => self.claim(),
            Step::Post { hand, reaches } => self.post(hand, reaches),
            Step::Answer { hand, how } if hand < self.hands.len() => {
                if self.hands[hand].posted.is_some() {
                    let hand = self.hands.remove(hand);
                    assert!(self.write(&hand, how), "a living worker's fence holds");
                }
            }
            Step::Answer { .. } => {}
            Step::Crash => {
                self.ghosts.append(&mut self.hands);
                self.program.restart();
            }
            Step::Late { ghost, how } => {
                if ghost < self.ghosts.len() {
                    let ghost = self.ghosts.remove(ghost);
                    let now = self.now;
                    assert!(
                        !self.program.mark_posting(ghost.text, ghost.token, now),
                        "a late worker posts nothing"
                    );
                    assert!(
                        !self.write_late(&ghost, how),
                        "a late worker writes nothing"
                    );
                }
            }
            Step::Progress { message, arrives } => self.progress(message, arrives),
            Step::Report { message, which } => {
                let reports = self.ledger.get(message).map(|message| &message.reports);
                let report = reports.and_then(|reports| reports.get(which % reports.len().max(1)));
                if let Some(status) = report.copied() {
                    self.told(message, status, Source::Callback);
                }
            }
            Step::Look { text } => self.look(text),
            Step::Fetch { message } => {
                if self
                    .ledger
                    .get(message)
                    .is_some_and(|m| self.sids.get(&m.text) == Some(&message))
                {
                    self.told(message, self.ledger[message].truth, Source::Fetch);
                }
            }
            Step::Ask => self.program.ask_staff(self.now),
            Step::Decide { text, again } => {
                if text < self.decided.len() && self.program.decide(text, again, self.now) {
                    self.decided[text] += i32::from(again);
                }
            }
            Step::Clock(by) => {
                self.now += by;
                self.latest = self.latest.max(self.now);
            }
        }
        for text in 0..self.highest.len() {
            let (was, is) = (self.highest[text], self.program.status(text));
            let of_twilio = |status| Status::from_twilio(Status::as_str(status)).is_some();
            assert!(
                !of_twilio(was) || is.rank() >= was.rank(),
                "{was:?} became {is:?}"
            );
            self.highest[text] = is;
        }
    }

    fn claim(&mut self) {
        let token = self.tokens;
        self.tokens += 1;
        if let Some(text) = self.program.claim(token, self.now) {
            assert!(
                self.hands.iter().all(|hand| hand.text != text),
                "one worker a text"
            );
            let posted = None;
            self.hands.push(Hand {
                text,
                token,
                posted,
            });
        }
    }

    fn post(&mut self, hand: usize, reaches: bool) {
        let Some(Hand {
            text,
            token,
            posted: None,
        }) = self.hands.get(hand)
        else {
            return;
        };
        let (text, token) = (*text, *token);
        if !self.program.mark_posting(text, token, self.now) {
            self.hands.remove(hand);
            return;
        }
        self.posted[text] += 1;
        let message = reaches.then(|| {
            let truth = Status::Queued;
            let reports = vec![];
            self.ledger.push(Message {
                text,
                truth,
                reports,
            });
            self.ledger.len() - 1
        });
        self.hands[hand].posted = Some(message);
    }

    fn write(&mut self, hand: &Hand, how: How) -> bool {
        let (text, token, now) = (hand.text, hand.token, self.now);
        match (hand.posted.flatten(), how) {
            (Some(sid), How::Clear) => {
                self.sids.entry(text).or_insert(sid);
                self.program.accept(text, token, sid, now)
            }
            (None, How::Refused) => {
                self.posted[text] -= 1;
                self.program.refuse(text, token, now)
            }
            (None, How::Busy) => {
                self.posted[text] -= 1;
                // A report may have told of an earlier request meanwhile.
                self.program.back(text, token, now) || self.program.unclear(text, token, now)
            }
            _ => self.program.unclear(text, token, now),
        }
    }

    fn write_late(&mut self, ghost: &Hand, how: How) -> bool {
        let (text, token, now) = (ghost.text, ghost.token, self.now);
        match (ghost.posted.flatten(), how) {
            (Some(sid), How::Clear) => self.program.accept(text, token, sid, now),
            (None, How::Refused) => self.program.refuse(text, token, now),
            (None, How::Busy) => self.program.back(text, token, now),
            _ => self.program.unclear(text, token, now),
        }
    }

    fn progress(&mut self, message: usize, arrives: bool) {
        if let Some(message) = self.ledger.get_mut(message) {
            message.truth = match message.truth {
                Status::Queued => Status::Sending,
                Status::Sending => Status::Sent,
                Status::Sent if arrives => Status::Delivered,
                Status::Sent => Status::Undelivered,
                ended => ended,
            };
            if message.reports.last() != Some(&message.truth) {
                message.reports.push(message.truth);
            }
        }
    }

    /// Twilio tells of a text. What tells of another Sid than the text's is kept apart.
    fn told(&mut self, message: usize, status: Status, source: Source) {
        let text = self.ledger[message].text;
        if *self.sids.entry(text).or_insert(message) == message {
            self.program.learn(text, message, status, source, self.now);
        }
    }

    fn look(&mut self, text: usize) {
        if text >= self.decided.len() || self.program.status(text) != Status::Unknown {
            return;
        }
        let found = self.ledger.iter().position(|message| message.text == text);
        if let Some(message) = found {
            self.told(message, self.ledger[message].truth, Source::Fetch);
        }
    }

    /// What must be so at any moment.
    pub fn check(&self) {
        for (text, decided) in self.decided.iter().enumerate() {
            assert!(
                self.posted[text] <= *decided,
                "posted more often than decided"
            );
            let has = self
                .ledger
                .iter()
                .filter(|message| message.text == text)
                .count();
            assert!(
                i32::try_from(has).is_ok_and(|has| has <= *decided),
                "sent more often than decided"
            );
            let status = self.program.status(text);
            let is_open = status.rank() <= Status::Unknown.rank();
            assert!(
                !is_open || self.program.is_kept(text),
                "{status:?} and lost"
            );
        }
    }

    /// Nothing goes wrong any more: all ends well.
    pub fn end(mut self) {
        self.now = self.latest + YEAR;
        self.play(Step::Crash);
        for message in 0..self.ledger.len() {
            for arrives in [true; 3] {
                self.play(Step::Progress { message, arrives });
            }
            for which in 0..self.ledger[message].reports.len() {
                self.play(Step::Report { message, which });
            }
        }
        for _ in 0..TEXTS {
            self.play(Step::Claim);
            if let Some(hand) = self.hands.len().checked_sub(1) {
                self.play(Step::Post {
                    hand,
                    reaches: true,
                });
                self.play(Step::Answer {
                    hand,
                    how: How::Clear,
                });
            }
        }
        self.check();
        for text in 0..self.decided.len() {
            let status = self.program.status(text);
            match self.sids.get(&text) {
                Some(sid) => assert_eq!(status, self.ledger[*sid].truth, "Twilio's last word"),
                None => assert!(
                    matches!(status, Status::Refused | Status::Unknown | Status::WentOut),
                    "{status:?}, and Twilio never had it"
                ),
            }
        }
    }
}
