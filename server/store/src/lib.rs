//! All SQL of the program, for SQLite and PostgreSQL alike, and the migrations of both.
//!
//! Nothing here knows the time or makes ids: both are arguments. An organization's rows are reached through
//! [`Tx`] alone; what concerns no organization, or all of them, stands on [`Store`] by name.

mod backup;
mod bell;
mod error;
mod here;
mod left_behind;
mod link;
mod many;
mod measure;
mod migrate;
mod open;
mod readers;
pub mod rows;
mod sql;
mod stuck;
mod tx;
mod waits;
mod whole;

pub use backup::{Copied, look_through};
pub use bell::{LONGEST_MESSAGE, Others};
pub use error::StoreError;
pub use many::Many;
pub use measure::single_rows;
pub use open::Store;
pub use rows::*;
pub use tx::{Tx, search::LookFor};
pub use whole::{BookedText, Held, tries};

/// What every call answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[cfg(test)]
mod tests;
