//! Settings: flag or environment variable first, then `oktext.toml`, then the default.

use crate::cli::{LogFormat, Options};
use serde::Deserialize;
use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// The settings file, looked for in the working folder if none is named.
const FILE: &str = "oktext.toml";
const TWILIO: &str = "https://api.twilio.com";

/// How this process is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub database_url: String,
    pub data_dir: PathBuf,
    /// Without a slash at the end.
    pub public_url: String,
    pub secret_key: Option<String>,
    pub secret_key_file: Option<PathBuf>,
    /// Without a slash at the end.
    pub twilio_api_url: String,
    pub trusted_proxies: Vec<IpAddr>,
    /// A file that puts the clock forward: for tests and trainings.
    pub clock_file: Option<PathBuf>,
    /// Who may ask for `/metrics` from elsewhere.
    pub metrics_token: Option<String>,
}

/// The keys of `oktext.toml`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    public_url: Option<String>,
    secret_key: Option<String>,
    secret_key_file: Option<PathBuf>,
    twilio_api_url: Option<String>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    metrics_token: Option<String>,
    trusted_proxies: Vec<IpAddr>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// In words: a file that cannot be read or understood.
    pub fn load(options: &Options) -> Result<Self, String> {
        let file = read_file(options.config.as_deref())?;
        let listen = options
            .listen
            .or(file.listen)
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let data_dir = options
            .data_dir
            .clone()
            .or(file.data_dir)
            .unwrap_or_else(|| PathBuf::from("oktext-data"));
        let database_url = options
            .database_url
            .clone()
            .or(file.database_url)
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("oktext.sqlite3").display()));
        let public_url = options
            .public_url
            .clone()
            .or(file.public_url)
            .unwrap_or_else(|| format!("http://{listen}"));
        let trusted_proxies = match options.trusted_proxies.is_empty() {
            true => file.trusted_proxies,
            false => options.trusted_proxies.clone(),
        };
        Ok(Self {
            listen,
            database_url,
            data_dir,
            public_url: without_slash(&public_url)?,
            secret_key: options.secret_key.clone().or(file.secret_key),
            secret_key_file: options.secret_key_file.clone().or(file.secret_key_file),
            twilio_api_url: without_slash(
                options
                    .twilio_api_url
                    .as_deref()
                    .or(file.twilio_api_url.as_deref())
                    .unwrap_or(TWILIO),
            )?,
            trusted_proxies,
            clock_file: options.clock_file.clone(),
            metrics_token: options.metrics_token.clone().or(file.metrics_token),
        })
    }

    /// What is logged and how, known before everything else; a file with a mistake is told of later.
    pub fn log(options: &Options) -> (Option<String>, LogFormat) {
        let file = read_file(options.config.as_deref()).unwrap_or_default();
        let format = options.log_format.or(file.log_format);
        (options.log.clone().or(file.log), format.unwrap_or_default())
    }

    /// Staff come over TLS, so that cookies can insist on it.
    pub fn is_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The key is given, and not beside the database.
    pub fn secret_key_is_given(&self) -> bool {
        self.secret_key.is_some() || self.secret_key_file.is_some()
    }

    /// One file is the database: no other process shares it.
    pub fn is_sqlite(&self) -> bool {
        self.database_url.starts_with("sqlite:")
    }

    /// The file that is the database, if it is one.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        Some(path.strip_prefix("//").unwrap_or(path).into())
    }
}

fn read_file(named: Option<&Path>) -> Result<File, String> {
    let path = named.unwrap_or(Path::new(FILE));
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| format!("{} cannot be understood: {error}", path.display())),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Ok(File::default())
        }
        Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
    }
}

fn without_slash(url: &str) -> Result<String, String> {
    let fits = url::Url::parse(url)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !fits {
        return Err(format!(
            "{url} is not an address that begins with http:// or https://"
        ));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(options: Options, toml: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("oktext.toml");
        fs::write(&path, toml).expect("written");
        Settings::load(&Options {
            config: Some(path),
            ..options
        })
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let toml = "listen = \"127.0.0.1:4000\"\npublic_url = \"https://text.example.org/\"";
        let from_file = load(Options::default(), toml).expect("settings");
        assert_eq!(from_file.listen.port(), 4000);
        assert_eq!(from_file.public_url, "https://text.example.org");
        assert!(from_file.is_tls() && from_file.is_sqlite());
        let flag = Options {
            listen: "127.0.0.1:5000".parse().ok(),
            ..Options::default()
        };
        assert_eq!(load(flag, toml).expect("settings").listen.port(), 5000);
        assert_eq!(
            load(Options::default(), "")
                .expect("settings")
                .listen
                .port(),
            3000
        );
    }

    #[test]
    fn a_file_with_a_mistake_is_refused_with_words() {
        assert!(load(Options::default(), "lisen = 1").is_err_and(|words| words.contains("lisen")));
        assert!(load(Options::default(), "public_url = \"text.example.org\"").is_err());
        let gone = Options {
            config: Some("/nowhere/oktext.toml".into()),
            ..Options::default()
        };
        assert!(Settings::load(&gone).is_err());
    }
}
