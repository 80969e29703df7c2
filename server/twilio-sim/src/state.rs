//! All that the simulator remembers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::clock::{self, Timestamp};
use crate::talk::{Call, Talk};
use crate::{Delays, Delivery, Fate, Post, SimAccount, SimConfig, SimPhone};

/// A text that was accepted. The ledger is the oracle of tests: entries are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerEntry {
    /// 1 for the first.
    pub number: usize,
    /// When, UTC, as `2019-05-24T17:18:27.123Z`.
    pub accepted_at: String,
    pub account_sid: String,
    pub sid: String,
    pub from: String,
    pub to: String,
    pub body: String,
    pub status_callback: Option<String>,
    pub num_segments: u32,
    pub fate: Fate,
}

/// A text as the REST API shows it.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub sid: String,
    pub account_sid: String,
    pub from: String,
    pub to: String,
    pub body: String,
    pub segments: u32,
    pub status: &'static str,
    pub error_code: Option<u32>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub sent: Option<Timestamp>,
    pub status_callback: Option<String>,
    pub fate: Fate,
    pub num_media: usize,
    pub direction: Direction,
    /// The phone has it; what it shows is the ledger's, which no redaction touches.
    pub arrived: bool,
    /// Gone from the API.
    pub deleted: bool,
}

/// Which way a text goes, and by whose doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Api,
    Inbound,
    Reply,
}

impl Direction {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "outbound-api",
            Self::Inbound => "inbound",
            Self::Reply => "outbound-reply",
        }
    }
}

/// A text that was checked and may be made.
pub(crate) struct Checked {
    pub account_sid: String,
    pub from: String,
    pub to: String,
    pub body: String,
    pub status_callback: Option<String>,
    pub fate: Fate,
}

pub(crate) struct State {
    pub accounts: Vec<SimAccount>,
    pub phones: Vec<SimPhone>,
    pub delays: Delays,
    /// How far the REST API's clock is ahead of the time.
    pub skew_seconds: i64,
    /// Whoever asks for texts is told that there are too many requests.
    pub too_many_questions: bool,
    /// How many times texts were asked for.
    pub questions: u64,
    /// Oldest first; a text and its ledger entry have the same place.
    texts: Vec<Text>,
    pub ledger: Vec<LedgerEntry>,
    places: HashMap<String, usize>,
    pub deliveries: Vec<Delivery>,
    /// Texts that no request to the API made, oldest first.
    pub talks: Vec<Talk>,
    pub calls: Vec<Call>,
    /// What was asked of the numbers' addresses, oldest first.
    pub posts: Vec<Post>,
    fates: BTreeMap<String, Fate>,
    blocked: BTreeSet<(String, String)>,
}

impl State {
    pub fn new(config: SimConfig) -> Self {
        Self {
            accounts: config.accounts,
            phones: config.phones,
            delays: config.delays,
            skew_seconds: 0,
            too_many_questions: false,
            questions: 0,
            texts: Vec::new(),
            ledger: Vec::new(),
            places: HashMap::new(),
            deliveries: Vec::new(),
            talks: Vec::new(),
            calls: Vec::new(),
            posts: Vec::new(),
            fates: BTreeMap::new(),
            blocked: BTreeSet::new(),
        }
    }

    pub fn account(&self, sid: &str) -> Option<&SimAccount> {
        self.accounts.iter().find(|account| account.sid == sid)
    }

    /// Texts that the API has, newest first.
    pub fn texts(&self) -> Vec<&Text> {
        let talks = self.talks.iter().rev().map(|talk| &talk.text);
        let mut all: Vec<&Text> = talks.chain(self.texts.iter().rev()).collect();
        all.retain(|text| !text.deleted);
        // Within one moment the order stands: the sort is stable.
        all.sort_by_key(|text| Reverse(text.created));
        all
    }

    /// The newest text of a phone with this SID.
    pub fn talk(&self, sid: &str) -> Option<&Talk> {
        let mut talks = self.talks.iter().rev();
        talks.find(|talk| talk.text.sid == sid)
    }

    /// Texts that arrived at a phone, with what they said, newest first.
    pub fn arrived<'a>(&'a self, phone: &'a str) -> impl Iterator<Item = (&'a Text, &'a str)> {
        let both = self.texts.iter().zip(&self.ledger).rev();
        both.filter(move |(text, _)| text.arrived && text.to == phone)
            .map(|(text, entry)| (text, entry.body.as_str()))
    }

    pub fn find(&self, sid: &str) -> Option<&Text> {
        self.places.get(sid).map(|place| &self.texts[*place])
    }

    pub fn text(&self, account_sid: &str, sid: &str) -> Option<&Text> {
        self.find(sid)
            .or_else(|| self.talk(sid).map(|talk| &talk.text))
            .filter(|text| !text.deleted && text.account_sid == account_sid)
    }

    pub fn text_mut(&mut self, account_sid: &str, sid: &str) -> Option<&mut Text> {
        let text = match self.places.get(sid) {
            Some(place) => &mut self.texts[*place],
            None => {
                let mut talks = self.talks.iter_mut();
                &mut talks.find(|talk| talk.text.sid == sid)?.text
            }
        };
        (!text.deleted && text.account_sid == account_sid).then_some(text)
    }

    pub fn set_fate(&mut self, phone_number: &str, fate: Fate) {
        self.fates.insert(phone_number.to_owned(), fate);
    }

    pub fn fate(&self, phone_number: &str) -> Fate {
        self.fates
            .get(phone_number)
            .copied()
            .unwrap_or_else(|| Fate::of_number(phone_number))
    }

    pub fn fates(&self) -> &BTreeMap<String, Fate> {
        &self.fates
    }

    /// True when that is new.
    pub fn block(&mut self, ours: &str, phone: &str) -> bool {
        self.blocked.insert((ours.to_owned(), phone.to_owned()))
    }

    /// True when there was a block.
    pub fn unblock(&mut self, ours: &str, phone: &str) -> bool {
        self.blocked.remove(&(ours.to_owned(), phone.to_owned()))
    }

    pub fn is_blocked(&self, ours: &str, phone: &str) -> bool {
        self.blocked.contains(&(ours.to_owned(), phone.to_owned()))
    }

    /// A text from one number to another, which nobody has yet.
    pub fn new_text(
        &self,
        account_sid: &str,
        (from, to): (&str, &str),
        body: &str,
        direction: Direction,
    ) -> Text {
        let now = clock::now();
        Text {
            sid: clock::new_sid("SM"),
            account_sid: account_sid.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            body: body.to_owned(),
            segments: domain::segments::measure(body).parts,
            status: match direction {
                Direction::Api => "queued",
                Direction::Inbound => "received",
                Direction::Reply => "delivered",
            },
            error_code: None,
            created: now,
            updated: now,
            sent: None,
            status_callback: None,
            fate: Fate::Delivered,
            num_media: 0,
            direction,
            arrived: false,
            deleted: false,
        }
    }

    /// Makes the text and writes it into the ledger.
    pub fn accept(&mut self, checked: Checked) -> Text {
        let ends = (checked.from.as_str(), checked.to.as_str());
        let new = self.new_text(&checked.account_sid, ends, &checked.body, Direction::Api);
        let text = Text {
            status_callback: checked.status_callback,
            fate: checked.fate,
            ..new
        };
        self.ledger.push(entry(self.ledger.len() + 1, &text));
        self.places.insert(text.sid.clone(), self.texts.len());
        self.texts.push(text.clone());
        text
    }

    /// Moves a text on.
    pub fn advance(
        &mut self,
        sid: &str,
        status: &'static str,
        error_code: Option<u32>,
    ) -> Option<Text> {
        let text = &mut self.texts[*self.places.get(sid)?];
        let now = clock::now();
        text.status = status;
        text.updated = now;
        text.error_code = error_code;
        text.sent = text.sent.or((status == "sent").then_some(now));
        text.arrived |= status == "delivered" || (status == "sent" && text.fate == Fate::Silent);
        Some(text.clone())
    }
}

fn entry(number: usize, text: &Text) -> LedgerEntry {
    LedgerEntry {
        number,
        accepted_at: format!("{:.3}", text.created),
        account_sid: text.account_sid.clone(),
        sid: text.sid.clone(),
        from: text.from.clone(),
        to: text.to.clone(),
        body: text.body.clone(),
        status_callback: text.status_callback.clone(),
        num_segments: text.segments,
        fate: text.fate,
    }
}
