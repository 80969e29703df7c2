//! Pages, components and server functions of Oktext, for the browser and the server alike.
//!
//! A request walks: [`routes`] → a page in [`pages`] → a server function in [`api`] → an operation of `service`.

// A page is one type as deep as its HTML.
#![recursion_limit = "512"]

pub mod api;
pub mod browser;
pub mod components;
pub mod context;
pub mod forms;
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;

pub use routes::{App, ComposerAlone};
