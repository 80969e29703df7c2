//! The pages, one file each.

pub mod case;
pub mod client;
pub mod client_form;
pub mod clients;
pub mod composer;
pub mod first;
pub mod host;
pub mod incoming;
pub mod invite;
pub mod login;
pub mod missing;
pub mod opt_outs;
pub mod quick_entries;
pub mod reviews;
pub mod setup;
pub mod staff;
pub mod texting;
pub mod texts;
pub mod unclear;
