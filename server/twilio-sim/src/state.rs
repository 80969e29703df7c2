//! All that the simulator remembers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::clock::{self, Timestamp};
use crate::{Delays, Delivery, Fate, SimAccount, SimConfig, SimPhone};

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
    /// The phone has it; what it shows is the ledger's, which no redaction touches.
    pub arrived: bool,
    /// Gone from the API.
    pub deleted: bool,
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
    /// Oldest first; a text and its ledger entry have the same place.
    texts: Vec<Text>,
    pub ledger: Vec<LedgerEntry>,
    places: HashMap<String, usize>,
    pub deliveries: Vec<Delivery>,
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
            texts: Vec::new(),
            ledger: Vec::new(),
            places: HashMap::new(),
            deliveries: Vec::new(),
            fates: BTreeMap::new(),
            blocked: BTreeSet::new(),
        }
    }

    pub fn account(&self, sid: &str) -> Option<&SimAccount> {
        self.accounts.iter().find(|account| account.sid == sid)
    }

    /// Texts that the API has, oldest first.
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = &Text> {
        self.texts.iter().filter(|text| !text.deleted)
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
            .filter(|text| !text.deleted && text.account_sid == account_sid)
    }

    pub fn text_mut(&mut self, account_sid: &str, sid: &str) -> Option<&mut Text> {
        let text = &mut self.texts[*self.places.get(sid)?];
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

    pub fn block(&mut self, ours: &str, phone: &str) {
        self.blocked.insert((ours.to_owned(), phone.to_owned()));
    }

    pub fn unblock(&mut self, ours: &str, phone: &str) {
        self.blocked.remove(&(ours.to_owned(), phone.to_owned()));
    }

    pub fn is_blocked(&self, ours: &str, phone: &str) -> bool {
        self.blocked.contains(&(ours.to_owned(), phone.to_owned()))
    }

    /// Makes the text and writes it into the ledger.
    pub fn accept(&mut self, checked: Checked) -> Text {
        let now = clock::now();
        let Checked {
            account_sid,
            from,
            to,
            body,
            status_callback,
            fate,
        } = checked;
        let segments = domain::segments::measure(&body).parts;
        let text = Text {
            sid: clock::new_sid("SM"),
            account_sid,
            from,
            to,
            body,
            segments,
            status: "queued",
            error_code: None,
            created: now,
            updated: now,
            sent: None,
            status_callback,
            fate,
            arrived: false,
            deleted: false,
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
