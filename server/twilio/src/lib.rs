//! Twilio's protocol, as its documentation and its OpenAPI description give it: the REST client, the wire types,
//! the webhook signature and TwiML. Nothing here knows of clients, cases or organizations.
//!
//! A process that uses [`Client`] installs a rustls provider first.

pub mod client;
pub mod form;
pub mod sid;
pub mod signature;
pub mod twiml;
pub mod wire;

pub use client::{
    ApiError, BuildError, Client, CreateOutcome, Credentials, MessageFilter, NewMessage, NotPosted,
    NotSent, NumberUpdate, Posted, WebhookPost,
};
pub use wire::{
    Account, Balance, Capabilities, ErrorBody, IncomingPhoneNumber, IncomingPhoneNumberPage,
    Message, MessagePage,
};
