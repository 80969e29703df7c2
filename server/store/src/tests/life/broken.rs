//! Programs whose rules have a mistake: the game has to notice each of them, or its silence means nothing.

use super::{
    memory::Memory,
    world::{Program, Token},
};
use domain::status::{Source, Status};

/// A mistake.
pub trait Mistake {
    /// What was a text on its way when the program ended waits again.
    const POSTING_WAITS_AGAIN: bool = false;
    /// The last report counts, and not the highest.
    const LADDER_GOES_DOWN: bool = false;
    /// What a worker writes counts, whoever has the claim by now.
    const NO_FENCE: bool = false;
    /// A text whose outcome nobody knows is let go of.
    const UNKNOWN_IS_DROPPED: bool = false;
}

/// The rules but for this mistake.
pub struct Broken<M> {
    rules: Memory,
    mistake: std::marker::PhantomData<M>,
}

impl<M: Mistake> Program for Broken<M> {
    fn new() -> Self {
        Self {
            rules: Memory::new(),
            mistake: std::marker::PhantomData,
        }
    }

    fn save(&mut self, now: i64) {
        self.rules.save(now);
    }

    fn claim(&mut self, token: Token, now: i64) -> Option<usize> {
        self.rules.claim(token, now)
    }

    fn mark_posting(&mut self, text: usize, token: Token, now: i64) -> bool {
        self.rules.mark_posting(text, self.fence(text, token), now)
    }

    fn accept(&mut self, text: usize, token: Token, sid: usize, now: i64) -> bool {
        self.rules.accept(text, self.fence(text, token), sid, now)
    }

    fn refuse(&mut self, text: usize, token: Token, now: i64) -> bool {
        self.rules.refuse(text, self.fence(text, token), now)
    }

    fn back(&mut self, text: usize, token: Token, now: i64) -> bool {
        self.rules.back(text, self.fence(text, token), now)
    }

    fn unclear(&mut self, text: usize, token: Token, now: i64) -> bool {
        let done = self.rules.unclear(text, self.fence(text, token), now);
        if M::UNKNOWN_IS_DROPPED && done {
            self.rules.forget(text);
        }
        done
    }

    fn restart(&mut self) {
        if M::POSTING_WAITS_AGAIN {
            self.rules.posting_was_claimed();
        }
        self.rules.restart();
    }

    fn learn(&mut self, text: usize, sid: usize, status: Status, source: Source, now: i64) {
        self.rules.learn(text, sid, status, source, now);
        if M::LADDER_GOES_DOWN {
            self.rules.becomes(text, status);
        }
    }

    fn ask_staff(&mut self, now: i64) {
        self.rules.ask_staff(now);
    }

    fn decide(&mut self, text: usize, again: bool, now: i64) -> bool {
        self.rules.decide(text, again, now)
    }

    fn status(&self, text: usize) -> Status {
        self.rules.status(text)
    }

    fn is_kept(&self, text: usize) -> bool {
        self.rules.is_kept(text)
    }
}

impl<M: Mistake> Broken<M> {
    /// The token with which this worker writes.
    fn fence(&self, text: usize, token: Token) -> Token {
        let now = self.rules.token(text).filter(|_| M::NO_FENCE);
        now.unwrap_or(token)
    }
}
