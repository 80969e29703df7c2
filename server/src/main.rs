//! Oktext: the staff of an organization text their clients from the case file, through Twilio, with consent kept.
//!
//! This crate is the only place where the parts meet: see ARCHITECTURE.md for the map.

mod alone;
mod carrier;
mod cli;
mod commands;
mod connections;
mod key;
mod listen;
mod log;
mod settings;
mod web;

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A page is thousands of small pieces, made and let go within a millisecond: with the system's allocator that is
/// a quarter of its cost. SQLite's C takes from it too (feature `override`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let (filter, format) = settings::Settings::log(&cli.options);
    log::to_stderr(filter.as_deref(), format);
    // Zero or two providers panic at the first TLS call: one, and first.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        eprintln!("another TLS provider was installed first");
        return ExitCode::FAILURE;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the program cannot start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}
