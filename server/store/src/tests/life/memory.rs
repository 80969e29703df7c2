//! The rules of the outbox without a database.

use super::world::{Program, Token};
use domain::{
    pace::{Bucket, LONG_CODE},
    status::{Source, Status, advance},
    unclear::GRACE,
};

struct Text {
    status: Status,
    /// In the outbox.
    row: Option<Row>,
}

struct Row {
    turn: i64,
    created_at: i64,
    not_before: i64,
    token: Option<Token>,
    posting_at: Option<i64>,
    staff_asked: bool,
}

/// The texts of one member of staff.
pub struct Memory {
    texts: Vec<Text>,
    bucket: Bucket,
    turn: i64,
}

impl Memory {
    /// The row of which this worker has the claim, posted or not.
    fn fenced(&mut self, text: usize, token: Token, posted: bool) -> Option<&mut Text> {
        let text = &mut self.texts[text];
        let row = text.row.as_ref()?;
        (row.token == Some(token) && row.posting_at.is_some() == posted).then_some(text)
    }
}

/// For programs with a mistake (`broken`).
impl Memory {
    pub fn token(&self, text: usize) -> Option<Token> {
        self.texts[text].row.as_ref()?.token
    }

    pub fn becomes(&mut self, text: usize, status: Status) {
        self.texts[text].status = status;
    }

    pub fn forget(&mut self, text: usize) {
        self.texts[text].row = None;
    }

    pub fn posting_was_claimed(&mut self) {
        let on_their_way = |text: &&mut Text| text.status == Status::Posting;
        for text in self.texts.iter_mut().filter(on_their_way) {
            text.status = Status::Claimed;
            if let Some(row) = &mut text.row {
                row.posting_at = None;
            }
        }
    }
}

impl Text {
    /// From one of our own states to another.
    fn move_to(&mut self, status: Status) {
        if self.status.rank() < Status::Scheduled.rank() {
            self.status = status;
        }
    }

    fn let_go(&mut self) {
        let Some(row) = &mut self.row else {
            return;
        };
        row.token = None;
        let (from, to) = match row.posting_at {
            None => (Status::Claimed, Status::Waiting),
            Some(_) => (Status::Posting, Status::Unknown),
        };
        if self.status == from {
            self.status = to;
        }
        self.drop_if_known();
    }

    fn drop_if_known(&mut self) {
        if self.status.rank() >= Status::Scheduled.rank() {
            self.row = None;
        }
    }
}

impl Program for Memory {
    fn new() -> Self {
        Self {
            texts: vec![],
            bucket: Bucket {
                pace: LONG_CODE,
                free_at: 0,
            },
            turn: 0,
        }
    }

    fn save(&mut self, now: i64) {
        let rows = self.texts.iter().filter_map(|text| text.row.as_ref());
        let own = rows.map(|row| row.turn + 1).max().unwrap_or(0);
        let row = Row {
            turn: self.turn.max(own),
            created_at: now,
            not_before: now,
            token: None,
            posting_at: None,
            staff_asked: false,
        };
        self.texts.push(Text {
            status: Status::Waiting,
            row: Some(row),
        });
    }

    fn claim(&mut self, token: Token, now: i64) -> Option<usize> {
        let rows = self
            .texts
            .iter()
            .enumerate()
            .filter_map(|(text, t)| Some((text, t.row.as_ref()?)));
        let due = rows.filter(|(_, row)| {
            row.posting_at.is_none() && row.token.is_none() && row.not_before <= now
        });
        let (next, _) = due.min_by_key(|(text, row)| (row.turn, row.created_at, *text))?;
        self.bucket = self.bucket.take(now, 1)?;
        let text = &mut self.texts[next];
        let row = text.row.as_mut()?;
        row.token = Some(token);
        self.turn = self.turn.max(row.turn + 1);
        text.move_to(Status::Claimed);
        Some(next)
    }

    fn mark_posting(&mut self, text: usize, token: Token, now: i64) -> bool {
        let Some(text) = self
            .fenced(text, token, false)
            .filter(|text| text.status == Status::Claimed)
        else {
            return false;
        };
        if let Some(row) = &mut text.row {
            (row.posting_at, row.staff_asked) = (Some(now), false);
        }
        text.status = Status::Posting;
        true
    }

    fn accept(&mut self, text: usize, token: Token, _: usize, _: i64) -> bool {
        let Some(text) = self.fenced(text, token, true) else {
            return false;
        };
        text.row = None;
        if text.status.rank() < Status::Queued.rank() {
            text.status = Status::Queued;
        }
        true
    }

    fn refuse(&mut self, text: usize, token: Token, _: i64) -> bool {
        let Some(text) = self.fenced(text, token, true) else {
            return false;
        };
        text.row = None;
        text.move_to(Status::Refused);
        true
    }

    fn back(&mut self, text: usize, token: Token, now: i64) -> bool {
        let posted = self.texts[text]
            .row
            .as_ref()
            .is_some_and(|row| row.posting_at.is_some());
        let of_ours = |text: &&mut Text| matches!(text.status, Status::Claimed | Status::Posting);
        let Some(text) = self.fenced(text, token, posted).filter(of_ours) else {
            return false;
        };
        if let Some(row) = &mut text.row {
            (row.token, row.posting_at, row.not_before) = (None, None, now);
        }
        text.status = Status::Waiting;
        true
    }

    fn unclear(&mut self, text: usize, token: Token, _: i64) -> bool {
        let Some(text) = self.fenced(text, token, true) else {
            return false;
        };
        text.let_go();
        true
    }

    fn restart(&mut self) {
        let taken = |text: &&mut Text| text.row.as_ref().is_some_and(|row| row.token.is_some());
        self.texts.iter_mut().filter(taken).for_each(Text::let_go);
    }

    fn learn(&mut self, text: usize, _: usize, status: Status, source: Source, _: i64) {
        let text = &mut self.texts[text];
        // While a worker is posting, the row stays: its answer carries the Sid.
        text.row = text
            .row
            .take()
            .filter(|row| row.posting_at.is_some() && row.token.is_some());
        text.status = advance(text.status, status, source).unwrap_or(text.status);
    }

    fn ask_staff(&mut self, now: i64) {
        for row in self.texts.iter_mut().filter_map(|text| text.row.as_mut()) {
            let overdue = row.posting_at.is_some_and(|at| at <= now - GRACE);
            row.staff_asked |= overdue && row.token.is_none();
        }
    }

    fn decide(&mut self, text: usize, again: bool, now: i64) -> bool {
        let text = &mut self.texts[text];
        let asked = |row: &&mut Row| row.staff_asked && row.token.is_none();
        let Some(row) = text.row.as_mut().filter(asked) else {
            return false;
        };
        if again {
            (row.posting_at, row.staff_asked, row.not_before) = (None, false, now);
            text.move_to(Status::Waiting);
        } else {
            text.row = None;
            text.move_to(Status::WentOut);
        }
        true
    }

    fn status(&self, text: usize) -> Status {
        self.texts[text].status
    }

    fn is_kept(&self, text: usize) -> bool {
        self.texts[text].row.is_some()
    }
}
