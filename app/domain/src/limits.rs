//! How long things may be. One place, so that the browser, the server and the database agree.

/// A person's name, in characters.
pub const NAME: usize = 200;
/// An e-mail address, in characters (RFC 5321 allows 254).
pub const EMAIL: usize = 254;
/// A password, in characters: at least and at most.
pub const PASSWORD: (usize, usize) = (12, 256);
/// What somebody types for a phone number, in characters.
pub const TYPED_PHONE: usize = 40;
/// The name of a quick entry, in characters.
pub const QUICK_ENTRY_NAME: usize = 80;
/// A Text Response, in characters: Twilio's limit for one text.
pub const TEXT_RESPONSE: usize = 1600;
/// A Call Response, in characters: the smaller of Twilio's limits for spoken text (Polly voices).
pub const CALL_RESPONSE: usize = 3000;
/// An address, in characters.
pub const URL: usize = 2000;
/// The address name of an organization, in characters: at least and at most.
pub const ADDRESS_NAME: (usize, usize) = (2, 40);
/// What may be searched for, in characters.
pub const SEARCH: usize = 100;
/// The most parts that an administrator can allow for one text.
pub const PARTS: u32 = 10;
/// Rows on a page of a list.
pub const PAGE: usize = 50;
/// A note beside a change of permission or a decision, in characters.
pub const NOTE: usize = 500;
