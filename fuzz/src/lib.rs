//! Fuzz targets: for each kind of input that strangers send, what must hold of any bytes at all.
//!
//! `cargo xtask fuzz` makes up inputs; what once broke a target is kept under `corpus/`, and the ordinary tests replay it.

mod phone;
mod signature;
mod twiml;
mod webhook;

/// A target: it panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also its corpus's.
pub const TARGETS: [(&str, Target); 4] = [
    ("webhook", webhook::holds),
    ("signature", signature::holds),
    ("phone", phone::holds),
    ("twiml", twiml::holds),
];

/// The target of this name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS
        .into_iter()
        .find(|(each, _)| *each == name)
        .map(|(_, target)| target)
}
