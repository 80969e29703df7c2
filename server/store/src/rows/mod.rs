//! What is handed in and out: plain values, ids and numbers already of the domain's types.

mod case_file;
mod clients;
mod failover;
mod hosts;
mod incoming;
mod invitations;
mod listed;
mod office;
mod people;
mod permission;
mod setup;
mod texts;
mod unclear;
mod writing;

pub use case_file::*;
pub use clients::*;
pub use failover::*;
pub use hosts::*;
pub use incoming::*;
pub use invitations::*;
pub use listed::*;
pub use office::*;
pub use people::*;
pub use permission::*;
pub use setup::*;
pub use texts::*;
pub use unclear::*;
pub use writing::*;

use crate::{Result, error::odd};
use domain::phone::Phone;

pub(crate) fn phone(text: &str) -> Result<Phone> {
    Phone::from_e164(text).ok_or_else(|| odd("phone number", "(hidden)"))
}

pub(crate) fn maybe_phone(text: Option<&str>) -> Result<Option<Phone>> {
    text.map(phone).transpose()
}
