//! The commands of the program, one file each.

mod backup;
mod bench_limits;
mod bench_seed;
#[cfg(any(debug_assertions, feature = "torture"))]
mod books;
mod check;
mod demo;
mod demo_data;
mod forget_tokens;
mod hold;
mod host;
mod migrate;
mod open;
mod org;
mod restore;
mod serve;
mod sim;
mod user;

use crate::{
    cli::{Cli, Command},
    settings::Settings,
};

/// Runs a command.
///
/// # Errors
/// In words, for the person at the console.
pub async fn run(cli: Cli) -> Result<(), String> {
    if let Command::Demo(demo) = cli.command {
        return demo::run(cli.options, demo).await;
    }
    if let Command::BenchSeed(seed) = cli.command {
        return bench_seed::run(cli.options, seed).await;
    }
    if let Command::BenchRows { file, seconds } = cli.command {
        return bench_limits::rows(&file, seconds).await;
    }
    let settings = Settings::load(&cli.options)?;
    match cli.command {
        Command::Serve => serve::run(settings).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::Backup { file } => backup::run(&settings, &file).await,
        Command::Restore { file, force } => restore::run(&settings, &file, force).await,
        Command::Hold => hold::hold(&settings).await,
        Command::Release => hold::release(&settings).await,
        Command::ForgetTokens { sure } => forget_tokens::run(&settings, sure).await,
        Command::Check => check::run(settings).await,
        Command::User(user) => user::run(settings, user).await,
        Command::Org(org) => org::run(settings, org).await,
        Command::Host(host) => host::run(settings, host).await,
        #[cfg(any(debug_assertions, feature = "torture"))]
        Command::Books => books::run(&settings).await,
        Command::Sim(sim) => sim::run(&settings, &sim).await,
        Command::BenchBare => bench_limits::bare(&settings).await,
        Command::Demo(_) | Command::BenchSeed(_) | Command::BenchRows { .. } => Ok(()),
    }
}
