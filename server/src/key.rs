//! The key under which secrets are sealed: 32 bytes in base64. Beside an SQLite database it is made on the first
//! start; with PostgreSQL it must be given, since several servers share it.

use crate::settings::Settings;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretSlice;
use service::seal::Sealer;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

const FILE: &str = "oktext.key";

/// Finds or makes the key.
///
/// # Errors
/// In words: missing, unreadable, or not 32 bytes.
pub fn sealer(settings: &Settings) -> Result<Sealer, String> {
    let beside = beside(settings);
    let text = match (&settings.secret_key, &settings.secret_key_file) {
        (Some(key), _) => key.clone(),
        (None, Some(file)) => read(file)?,
        (None, None) if settings.is_sqlite() => match beside.exists() {
            true => read(&beside)?,
            false => make(&beside)?,
        },
        (None, None) => {
            return Err("With PostgreSQL give the key as OKTEXT_SECRET_KEY or OKTEXT_SECRET_KEY_FILE: 32 bytes in base64 (openssl rand -base64 32).".into());
        }
    };
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|_| "The secret key is not base64.".to_owned())?;
    Sealer::new(&SecretSlice::from(bytes))
        .ok_or_else(|| "The secret key does not have 32 bytes.".to_owned())
}

/// Where the key of an SQLite database is, unless it is given.
pub fn beside(settings: &Settings) -> PathBuf {
    settings.data_dir.join(FILE)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file)
        .map_err(|error| format!("The key file {} cannot be read: {error}", file.display()))
}

fn make(file: &Path) -> Result<String, String> {
    let key = STANDARD.encode(rand::random::<[u8; 32]>());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = |mut to: fs::File| {
        to.write_all(key.as_bytes())?;
        to.sync_all()
    };
    options
        .open(file)
        .and_then(write)
        .map_err(|error| format!("The key file {} cannot be made: {error}", file.display()))?;
    Ok(key)
}
