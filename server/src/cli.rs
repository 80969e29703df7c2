//! The commands and their flags. Each setting is a flag, an environment variable and a key in `oktext.toml`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::SocketAddr, path::PathBuf};

/// Text clients from the case file, through Twilio, with consent kept.
#[derive(Parser)]
#[command(name = "oktext", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub command: Command,
}

/// Settings of the process.
#[derive(Args, Clone, Default)]
pub struct Options {
    /// The settings file
    #[arg(long, global = true, env = "OKTEXT_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen
    #[arg(long, global = true, env = "OKTEXT_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// sqlite:FILE or postgres://…
    #[arg(
        long,
        global = true,
        env = "OKTEXT_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Where the database and the key are kept
    #[arg(long, global = true, env = "OKTEXT_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Under which address staff and Twilio reach this server
    #[arg(long, global = true, env = "OKTEXT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The key under which secrets are sealed: 32 bytes in base64
    #[arg(
        long,
        global = true,
        env = "OKTEXT_SECRET_KEY",
        value_name = "BASE64",
        hide_env_values = true
    )]
    pub secret_key: Option<String>,
    /// A file that holds that key
    #[arg(
        long,
        global = true,
        env = "OKTEXT_SECRET_KEY_FILE",
        value_name = "FILE"
    )]
    pub secret_key_file: Option<PathBuf>,
    /// Where Twilio's API is
    #[arg(long, global = true, env = "OKTEXT_TWILIO_API_URL", value_name = "URL")]
    pub twilio_api_url: Option<String>,
    /// What is logged, like info or oktext=debug
    #[arg(long, global = true, env = "OKTEXT_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// A file with milliseconds by which the clock is put forward, read at every look at it: for tests and trainings
    #[arg(
        long,
        global = true,
        env = "OKTEXT_CLOCK_FILE",
        value_name = "FILE",
        hide = true
    )]
    pub clock_file: Option<PathBuf>,
    /// How log lines are written
    #[arg(
        long,
        global = true,
        env = "OKTEXT_LOG_FORMAT",
        value_enum,
        value_name = "FORMAT"
    )]
    pub log_format: Option<LogFormat>,
    /// Who asks for /metrics with this bearer token is answered, from wherever; without one only this machine is
    #[arg(
        long,
        global = true,
        env = "OKTEXT_METRICS_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    pub metrics_token: Option<String>,
    /// Addresses of proxies whose X-Forwarded-For is believed
    #[arg(
        long,
        global = true,
        env = "OKTEXT_TRUSTED_PROXIES",
        value_name = "IP",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people
    #[default]
    Text,
    /// An object a line, for machines
    Json,
}

/// What the program can do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve staff and Twilio
    Serve,
    /// Try everything with a pretend Twilio: no account, no real texts
    Demo(Demo),
    /// Bring the database up to date
    Migrate,
    /// Copy the SQLite database of a running server into a new file, and look through the copy
    Backup { file: PathBuf },
    /// Put a backup in the place of the SQLite database; no text leaves until an administrator says so
    Restore {
        file: PathBuf,
        /// Also when there is a database already, which is then kept beside
        #[arg(long)]
        force: bool,
    },
    /// After restoring PostgreSQL: no text leaves until an administrator says so
    Hold,
    /// Let the texts of all organizations leave again
    Release,
    /// The secret key is lost: forget all Auth Tokens, so that they can be entered anew under another key
    ForgetTokens {
        /// They are gone for good
        #[arg(long)]
        sure: bool,
    },
    /// Say in words whether configuration, database and Twilio are in order
    Check,
    /// Add staff, or give somebody a new password
    #[command(subcommand)]
    User(User),
    /// Add an organization, or list them
    #[command(subcommand)]
    Org(Org),
    /// Add an administrator of the host, who manages organizations
    #[command(subcommand)]
    Host(Host),
    /// The pretend Twilio alone
    Sim(Sim),
    /// What the database says of every text, for the torture harness
    #[cfg(any(debug_assertions, feature = "torture"))]
    #[command(hide = true)]
    Books,
    /// Fill a demo database for benchmarks
    #[command(hide = true)]
    BenchSeed(BenchSeed),
    /// What this machine does without us, for benchmarks: bare rows of SQLite a second, each in a commit of its own
    #[command(hide = true)]
    BenchRows {
        /// A file that is not there yet
        file: PathBuf,
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
    /// What this machine does without us, for benchmarks: a bare server that answers 204
    #[command(hide = true)]
    BenchBare,
}

/// The demo's own flags.
#[derive(Args)]
pub struct Demo {
    /// How long a text stays queued and sent, in milliseconds: FROM-TO, or 0
    #[arg(
        long,
        env = "OKTEXT_DEMO_DELAYS",
        value_name = "MILLISECONDS",
        default_value = "800-2500"
    )]
    pub delays: String,
}

/// Commands about staff.
#[derive(Subcommand)]
pub enum User {
    /// Add a member of staff; the password is read from standard input
    Add {
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_enum, default_value = "staff")]
        role: RoleArg,
        /// Which organization, by its address name; may be left out when there is only one
        #[arg(long, value_name = "ADDRESS")]
        org: Option<String>,
    },
    /// Give somebody a new password, read from standard input, and end their sessions
    Reset { email: String },
}

/// Commands about organizations.
#[derive(Subcommand)]
pub enum Org {
    /// Add an organization
    Add {
        name: String,
        /// Its time zone, like America/Chicago
        #[arg(long)]
        zone: String,
        /// Its short address name, like cedar-valley; made of the name if left out
        #[arg(long)]
        address: Option<String>,
    },
    /// List the organizations: address name, name, time zone
    List,
}

/// Commands about people of the host.
#[derive(Subcommand)]
pub enum Host {
    /// Add somebody who creates organizations and invites their administrators; the password is read from standard
    /// input
    Add {
        email: String,
        #[arg(long)]
        name: String,
    },
}

/// A role, as typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleArg {
    Administrator,
    Staff,
}

/// The simulator's own flags.
#[derive(Args)]
pub struct Sim {
    /// How long a text stays queued and sent, in milliseconds: FROM-TO, or 0
    #[arg(long, value_name = "MILLISECONDS", default_value = "800-2500")]
    pub delays: String,
}

/// The benchmark filling's own flags.
#[derive(Args)]
pub struct BenchSeed {
    /// How many texts
    #[arg(long, default_value_t = 1_000_000)]
    pub texts: u32,
    /// How many clients
    #[arg(long, default_value_t = 100_000)]
    pub clients: u32,
    /// What became of the texts
    #[arg(long, value_enum, default_value = "delivered")]
    pub state: SeedState,
}

/// What became of the texts of a benchmark.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SeedState {
    /// Delivered: nothing happens to them any more
    Delivered,
    /// Twilio has text N as SM and N in 32 hexadecimal digits, and will report
    Queued,
    /// They wait to be sent, each to its client, without a pace
    Waiting,
}
