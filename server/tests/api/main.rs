//! The program over HTTP, on both databases, with the pretend Twilio inside.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test says by failing what went wrong"
)]

mod away;
mod backup;
mod bad_input;
mod calls;
mod checks;
mod clocks;
mod console;
mod crash;
mod crowd;
mod disk;
mod doors;
#[cfg(unix)]
mod failover;
#[cfg(target_os = "linux")]
mod files;
mod first_start;
mod follow_up;
mod forms;
mod functions;
mod groups;
mod halts;
mod host;
#[cfg(target_os = "linux")]
mod huge;
mod incoming;
mod invitations;
mod kept;
mod keywords;
mod live;
mod log;
mod migrations;
mod nodes;
mod number_flags;
mod odd;
mod operating;
mod permission;
mod proxies;
mod public_address;
mod restore;
mod sending;
mod sessions;
mod setup;
mod shared_account;
mod site;
mod slow;
mod staff;
mod stale;
mod support;
mod twice;
mod unclear;
mod walls;
mod webhooks;
mod withdrawn;
