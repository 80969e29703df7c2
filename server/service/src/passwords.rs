//! Passwords: argon2id with the library's parameters (19 MiB, two passes: OWASP's minimum), off the async threads.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// At most two at a time: each takes 19 MiB and a core.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Hashes a password for storing, as a PHC string.
///
/// # Panics
/// Only if the machine gives no random bytes.
pub async fn hash(password: SecretString) -> String {
    slowly(move || {
        let hashed: PasswordHash = Argon2::default()
            .hash_password(password.expose_secret().as_bytes())
            .expect("the machine gives random bytes");
        hashed.to_string()
    })
    .await
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and answers no, so that
/// nobody learns from the time whether an address is known.
pub async fn verify(password: SecretString, stored: Option<String>) -> bool {
    match stored {
        Some(stored) => slowly(move || is(&password, &stored)).await,
        None => {
            hash(password).await;
            false
        }
    }
}

fn is(password: &SecretString, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| {
        Argon2::default()
            .verify_password(password.expose_secret().as_bytes(), &stored)
            .is_ok()
    })
}

async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _permit = AT_ONCE
        .acquire()
        .await
        .expect("the semaphore is never closed");
    tokio::task::spawn_blocking(work)
        .await
        .expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hashed = hash("correct horse battery".into()).await;
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("correct horse battery".into(), Some(hashed.clone())).await);
        assert!(!verify("wrong".into(), Some(hashed)).await);
        assert!(!verify("correct horse battery".into(), None).await);
        assert!(!verify("x".into(), Some("not a hash".into())).await);
    }
}
