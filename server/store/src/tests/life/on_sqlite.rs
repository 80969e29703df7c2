//! The database, asked beside the rules.

use super::{
    memory::Memory,
    world::{Program, Token},
};
use crate::{
    Accepted, Advance, Claim,
    tests::{
        base::Base,
        sample::{self, Office},
    },
};
use domain::{
    ids::TextId,
    status::{Source, Status},
    unclear::GRACE,
};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// Both, and what is needed to ask the database.
pub struct OnSqlite {
    rules: Memory,
    runtime: Runtime,
    base: Base,
    office: Office,
    texts: Vec<TextId>,
    runs: u32,
}

/// One change within the organization, committed.
macro_rules! change {
    ($self:ident, $tx:ident => $change:expr) => {
        $self.runtime.block_on(async {
            let mut $tx = $self.base.begin($self.office.org).await;
            let answer = $change.await.expect("answers");
            $tx.commit().await.expect("commits");
            answer
        })
    };
}

impl OnSqlite {
    fn owner(&self) -> String {
        format!("run {}", self.runs)
    }

    /// Database and rules say the same.
    fn same<T: PartialEq + std::fmt::Debug>(rules: T, database: &T) -> T {
        assert_eq!(rules, *database, "rules and database");
        rules
    }

    fn posted_at(&self, text: TextId) -> Option<i64> {
        let unresolved = self.runtime.block_on(self.base.store.unresolved(100));
        let unresolved = unresolved.expect("lists");
        let row = unresolved.iter().find(|row| row.text == text);
        row.map(|row| row.posting_at)
    }
}

impl Program for OnSqlite {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (base, office) = runtime.block_on(async {
            let base = Base::of_sqlite().await;
            let office = sample::office(&base, "north").await;
            (base, office)
        });
        Self {
            rules: Memory::new(),
            runtime,
            base,
            office,
            texts: vec![],
            runs: 0,
        }
    }

    fn save(&mut self, now: i64) {
        self.rules.save(now);
        let saved = self.office.saved(&self.base, now);
        self.texts.push(self.runtime.block_on(saved));
    }

    fn claim(&mut self, token: Token, now: i64) -> Option<usize> {
        let owner = self.owner();
        let claim = Claim {
            owner: &owner,
            token: Uuid::from_u128(token),
            now,
            lease: 3_600_000,
            limit: 1,
        };
        let claimed = self.runtime.block_on(self.base.store.claim(&claim));
        let claimed = claimed.expect("claims");
        let place = |text| self.texts.iter().position(|each| *each == text);
        let claimed = claimed.first().and_then(|claimed| place(claimed.text));
        Self::same(self.rules.claim(token, now), &claimed)
    }

    fn mark_posting(&mut self, text: usize, token: Token, now: i64) -> bool {
        let (id, fence, from) = (self.texts[text], Uuid::from_u128(token), sample::cell());
        let marked = change!(self, tx => tx.mark_posting(id, fence, &from, now));
        Self::same(self.rules.mark_posting(text, token, now), &marked)
    }

    fn accept(&mut self, text: usize, token: Token, sid: usize, now: i64) -> bool {
        let (id, fence, name) = (self.texts[text], Uuid::from_u128(token), format!("SM{sid}"));
        let answer = Accepted {
            sid: &name,
            status: Status::Queued,
            rank: Status::Queued.rank(),
            parts: None,
            error: None,
            at: now,
        };
        let accepted = change!(self, tx => tx.accept(id, fence, &answer));
        Self::same(self.rules.accept(text, token, sid, now), &accepted)
    }

    fn refuse(&mut self, text: usize, token: Token, now: i64) -> bool {
        let (id, fence) = (self.texts[text], Uuid::from_u128(token));
        let refused = change!(self, tx => tx.refuse(id, fence, None, now));
        Self::same(self.rules.refuse(text, token, now), &refused)
    }

    fn back(&mut self, text: usize, token: Token, now: i64) -> bool {
        let (id, fence) = (self.texts[text], Uuid::from_u128(token));
        let back = change!(self, tx => tx.back_to_waiting(id, fence, now, "busy", now));
        Self::same(self.rules.back(text, token, now), &back)
    }

    fn unclear(&mut self, text: usize, token: Token, now: i64) -> bool {
        let (id, fence) = (self.texts[text], Uuid::from_u128(token));
        let unclear = change!(self, tx => tx.unclear(id, fence, now));
        Self::same(self.rules.unclear(text, token, now), &unclear)
    }

    fn restart(&mut self) {
        self.runs += 1;
        let owner = self.owner();
        let adopted = self.runtime.block_on(self.base.store.adopt(&owner));
        adopted.expect("adopts");
        self.rules.restart();
    }

    fn learn(&mut self, text: usize, sid: usize, status: Status, source: Source, now: i64) {
        let (id, name) = (self.texts[text], format!("SM{sid}"));
        let step = Advance {
            status,
            rank: status.rank(),
            error: None,
            at: now,
            corrects: source == Source::Fetch,
        };
        change!(self, tx => tx.learn(id, &name, Some(&step)));
        self.rules.learn(text, sid, status, source, now);
    }

    fn ask_staff(&mut self, now: i64) {
        let asked = self
            .runtime
            .block_on(self.base.store.ask_staff(now, now - GRACE));
        asked.expect("asks");
        self.rules.ask_staff(now);
    }

    fn decide(&mut self, text: usize, again: bool, now: i64) -> bool {
        let id = self.texts[text];
        let decided = self.posted_at(id).is_some_and(|posted| match again {
            true => change!(self, tx => tx.put_back(id, posted, now)),
            false => change!(self, tx => tx.take_as_sent(id, posted, now)),
        });
        Self::same(self.rules.decide(text, again, now), &decided)
    }

    fn status(&self, text: usize) -> Status {
        let id = self.texts[text];
        let read = self.runtime.block_on(async {
            let mut tx = self
                .base
                .store
                .read(self.office.org)
                .await
                .expect("a reader");
            tx.text(id).await.expect("reads")
        });
        let status = read.expect("is there").status;
        Self::same(self.rules.status(text), &status)
    }

    fn is_kept(&self, text: usize) -> bool {
        self.rules.is_kept(text)
    }
}
