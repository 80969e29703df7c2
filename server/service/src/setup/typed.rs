//! Texting Setup's form, as it was typed and as it is meant.

use crate::phones;
use domain::{
    limits,
    phone::Phone,
    problem::{Complaint, Complaints, Problem, line},
    setup::{SetupForm, is_account_sid, is_auth_token, is_callable_url},
};
use secrecy::SecretString;
use store::rows::SetupRow;

/// Texting Setup's form, read.
pub(super) struct Typed {
    pub number: Phone,
    pub sid: String,
    pub token: Option<SecretString>,
    pub text_response: String,
    pub call_response: String,
    pub status_callback: String,
    pub max_parts: u32,
}

impl Typed {
    pub fn read(form: &SetupForm, before: Option<&SetupRow>) -> Result<Self, Problem> {
        let mut complaints = Complaints::default();
        let number = complaints.take(
            "number",
            phones::parse(&form.number).and_then(|n| n.ok_or(Complaint::Missing)),
        );
        let sid = complaints.take("sid", read_sid(&form.sid));
        let token = complaints.take("token", read_token(&form.token, before, form.sid.trim()));
        let text_response = complaints.take(
            "text_response",
            line(&form.text_response, limits::TEXT_RESPONSE),
        );
        let call_response = complaints.take(
            "call_response",
            line(&form.call_response, limits::CALL_RESPONSE),
        );
        let status_callback = complaints.take("status_callback", read_url(&form.status_callback));
        let max_parts = complaints.take("max_parts", read_parts(&form.max_parts));
        complaints.finish()?;
        let all = (|| {
            Some(Self {
                number: number?,
                sid: sid?,
                token: token?,
                text_response: text_response?,
                call_response: call_response?,
                status_callback: status_callback?,
                max_parts: max_parts?,
            })
        })();
        // With no complaint every field was read.
        all.ok_or(Problem::Internal)
    }
}

fn read_sid(typed: &str) -> Result<String, Complaint> {
    let sid = line(typed, limits::NAME)?;
    if is_account_sid(&sid) {
        Ok(sid)
    } else {
        Err(Complaint::NotASid)
    }
}

/// Empty keeps the token that is set, but only for the account for which it was set.
fn read_token(
    typed: &str,
    before: Option<&SetupRow>,
    sid: &str,
) -> Result<Option<SecretString>, Complaint> {
    let typed = typed.trim();
    let kept =
        before.is_some_and(|b| b.sealed_token.is_some() && b.account_sid.as_deref() == Some(sid));
    match typed {
        "" if kept => Ok(None),
        "" => Err(Complaint::Missing),
        _ if is_auth_token(typed) => Ok(Some(typed.into())),
        _ => Err(Complaint::NotAnAuthToken),
    }
}

fn read_url(typed: &str) -> Result<String, Complaint> {
    let url = line(typed, limits::URL)?;
    if is_callable_url(&url) {
        Ok(url)
    } else {
        Err(Complaint::NotAUrl)
    }
}

fn read_parts(typed: &str) -> Result<u32, Complaint> {
    let parts = typed
        .trim()
        .parse::<u32>()
        .ok()
        .filter(|parts| (1..=limits::PARTS).contains(parts));
    parts.ok_or(Complaint::NotAChoice)
}
