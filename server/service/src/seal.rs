//! Secrets at rest: sealed with XChaCha20-Poly1305 under the key file. A sealed secret is bound to what it
//! belongs to (organization and kind), so that it opens nowhere else.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

const NONCE: usize = 24;

/// Seals and opens.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
}

/// A sealed secret that does not open: another key, another owner, or damaged.
#[derive(Debug, thiserror::Error)]
#[error("a sealed secret does not open with this key")]
pub struct DoesNotOpen;

impl Sealer {
    /// From the key: 32 bytes. `None` when it has another length.
    pub fn new(key: &SecretSlice<u8>) -> Option<Self> {
        XChaCha20Poly1305::new_from_slice(key.expose_secret())
            .ok()
            .map(|cipher| Self { cipher })
    }

    /// Seals: nonce, then ciphertext.
    ///
    /// # Panics
    /// Never for secrets of a sane length: the cipher's own limit is 256 GB.
    pub fn seal(&self, secret: &str, bound_to: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: bound_to,
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is far below the cipher's limit");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Self::seal`] sealed.
    ///
    /// # Errors
    /// It does not open.
    pub fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Result<SecretString, DoesNotOpen> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let payload = Payload { msg, aad: bound_to };
        let opened = self
            .cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| DoesNotOpen)?;
        String::from_utf8(opened)
            .map(SecretString::from)
            .map_err(|_| DoesNotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&SecretSlice::from(vec![byte; 32])).expect("32 bytes")
    }

    #[test]
    fn a_secret_opens_with_its_key_for_its_owner_only() {
        let sealed = sealer(1).seal("token", b"org a");
        assert_eq!(
            sealer(1)
                .open(&sealed, b"org a")
                .expect("opens")
                .expose_secret(),
            "token"
        );
        assert!(sealer(2).open(&sealed, b"org a").is_err());
        assert!(sealer(1).open(&sealed, b"org b").is_err());
        assert!(sealer(1).open(&sealed[1..], b"org a").is_err());
        assert!(sealer(1).open(b"short", b"org a").is_err());
    }

    #[test]
    fn sealing_twice_gives_two_texts() {
        assert_ne!(sealer(1).seal("token", b"a"), sealer(1).seal("token", b"a"));
    }

    #[test]
    fn a_key_has_32_bytes() {
        assert!(Sealer::new(&SecretSlice::from(vec![1; 31])).is_none());
    }
}
