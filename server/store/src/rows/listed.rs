//! A text as tables show it.

use super::phone;
use crate::{Result, error::odd, here::Values};
use domain::{
    ids::{StaffId, TextId},
    phone::Phone,
    status::Status,
};
use rusqlite::Row;
use serde::Deserialize;
use std::cmp::Reverse;
use uuid::Uuid;

/// What a table shows of a text: less than a [`crate::rows::TextRecord`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedText {
    pub id: TextId,
    pub staff: StaffId,
    /// The name of who wrote it.
    pub by: String,
    pub body: String,
    pub to: Phone,
    pub parts: i64,
    pub status: Status,
    /// Twilio's error code, once seen.
    pub error: Option<i64>,
    /// Why it was stopped here.
    pub stopped: Option<String>,
    /// Its SID is known.
    pub with_twilio: bool,
    pub created_at: i64,
    /// When the status was last learned.
    pub status_at: i64,
    /// How many times of the schedule for asking Twilio are over.
    pub asked: i64,
}

/// The values of one text, in the order of the statements in `tx/listed.rs`.
#[derive(Deserialize)]
struct RawListed<'a> {
    id: Uuid,
    staff: Uuid,
    by: String,
    body: String,
    to: &'a str,
    parts: i64,
    status: &'a str,
    error: Option<i64>,
    stopped: Option<String>,
    with_twilio: u8,
    created_at: i64,
    status_at: i64,
    asked: i64,
}

/// Reads the JSON array of a statement; the newest comes first, whatever order the database put them in.
pub(crate) fn read_listed(json: &str) -> Result<Vec<ListedText>> {
    let found: Vec<RawListed<'_>> =
        serde_json::from_str(json).map_err(|error| odd("texts", &error.to_string()))?;
    let mut texts: Vec<ListedText> = found.into_iter().map(read).collect::<Result<_>>()?;
    texts.sort_by_key(|text| Reverse((text.created_at, text.id)));
    Ok(texts)
}

/// Reads one text of a row, in the same order.
pub(crate) fn listed_here(row: &Row<'_>) -> rusqlite::Result<Result<ListedText>> {
    let mut values = Values::of(row);
    Ok(read(RawListed {
        id: values.value()?,
        staff: values.value()?,
        by: values.value()?,
        body: values.value()?,
        to: values.text()?,
        parts: values.value()?,
        status: values.text()?,
        error: values.value()?,
        stopped: values.value()?,
        with_twilio: values.value()?,
        created_at: values.value()?,
        status_at: values.value()?,
        asked: values.value()?,
    }))
}

fn read(raw: RawListed<'_>) -> Result<ListedText> {
    Ok(ListedText {
        id: TextId(raw.id),
        staff: StaffId(raw.staff),
        to: phone(raw.to)?,
        status: Status::from_name(raw.status).ok_or_else(|| odd("status", raw.status))?,
        with_twilio: raw.with_twilio == 1,
        by: raw.by,
        body: raw.body,
        parts: raw.parts,
        error: raw.error,
        stopped: raw.stopped,
        created_at: raw.created_at,
        status_at: raw.status_at,
        asked: raw.asked,
    })
}
