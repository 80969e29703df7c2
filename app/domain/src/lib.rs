//! The rules of texting from a case file.
//!
//! Pure: no clock, no chance, no input or output. The same code decides in the browser and on the server.

pub mod address_name;
pub mod author;
pub mod blanks;
pub mod calendar;
pub mod case_number;
pub mod check;
pub mod client;
pub mod client_list;
pub mod codes;
pub mod compose;
pub mod consent;
pub mod counter;
pub mod echo;
pub mod fixes;
pub mod following;
pub mod gsm7;
pub mod host;
pub mod ids;
pub mod incoming;
pub mod invitation;
pub mod keywords;
pub mod limits;
pub mod live;
pub mod offsets;
pub mod opt_outs;
pub mod phone;
pub mod problem;
pub mod quick_entry;
pub mod replacements;
pub mod review;
pub mod role;
pub mod search;
pub mod segments;
pub mod setup;
pub mod sign_in;
pub mod staff;
pub mod status;
pub mod text;
pub mod tries;
pub mod typing;
pub mod voice;
pub mod when;
pub mod withdrawal;
pub mod words;
