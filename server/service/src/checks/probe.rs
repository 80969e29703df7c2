//! A request to our own public address, as Twilio makes it: it shows what a proxy on the way does.
//!
//! It carries a challenge that was sealed with our key. Only this program can have made it, and only this program can
//! open it; so whoever answers it right is this program, and nobody else is told what arrived.

use super::{Service, Subject};
use crate::carrier::{Account, Knock, NotOpened, Opened};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    check::{Arrived, NotReached},
    ids::OrgId,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

/// What the challenge is bound to: it opens as nothing else.
const BOUND: &[u8] = b"probe";
/// What is knocked at: an address with letters, digits and signs that proxies like to change, and an older one.
const PATHS: [&str; 2] = ["/twilio/text?probe=Aa%2Fb%20c", "/text/VoiceMessage.ashx"];

/// A challenge that opened: the request is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub org: OrgId,
    /// What proves that it was opened.
    pub nonce: String,
}

/// What arrived, as this program tells itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    pub nonce: String,
    /// Path and query.
    pub arrived: String,
    pub has_signature: bool,
    pub signed: bool,
    pub form: Vec<(String, String)>,
}

impl Service {
    /// Opens a challenge. `None`: it is not ours.
    pub fn open_challenge(&self, challenge: &str) -> Option<Challenge> {
        let sealed = URL_SAFE_NO_PAD.decode(challenge).ok()?;
        let opened = self.0.sealer.open(&sealed, BOUND).ok()?;
        let (org, nonce) = opened.expose_secret().split_once(' ')?;
        Some(Challenge {
            org: org.parse().ok()?,
            nonce: nonce.to_owned(),
        })
    }

    /// Knocks at our public address, and only there.
    pub(super) async fn knock(
        &self,
        org: OrgId,
        account: &Account,
        subject: &Subject,
    ) -> Result<Arrived, NotReached> {
        let mut outcome = Err(NotReached::NoConnection {
            address: subject.addresses.base.clone(),
        });
        for path in PATHS {
            outcome = self.knock_at(org, account, subject, path).await;
            if !outcome.as_ref().is_ok_and(|arrived| arrived.signed) {
                break;
            }
        }
        outcome
    }

    async fn knock_at(
        &self,
        org: OrgId,
        account: &Account,
        subject: &Subject,
        path: &str,
    ) -> Result<Arrived, NotReached> {
        let nonce = self.0.clock.id().to_string();
        let sealed = self.0.sealer.seal(&format!("{org} {nonce}"), BOUND);
        let number = subject.number.as_ref().map_or("", |number| number.as_str());
        let form = [
            ("AccountSid", account.sid.as_str()),
            ("Body", "A question? & an answer = 100 % – ¿Qué tal? 👋"),
            ("From", number),
            ("To", number),
        ];
        let knock = Knock {
            url: format!("{}{path}", subject.addresses.base),
            challenge: URL_SAFE_NO_PAD.encode(sealed),
            form: form
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        };
        let opened = self.0.carrier.knock(account, &knock).await;
        judge(&knock, path, &nonce, opened)
    }
}

fn judge(
    knock: &Knock,
    path: &str,
    nonce: &str,
    opened: Result<Opened, NotOpened>,
) -> Result<Arrived, NotReached> {
    let address = knock.url.split('?').next().unwrap_or_default().to_owned();
    let opened = match opened {
        Err(NotOpened::NoConnection) => return Err(NotReached::NoConnection { address }),
        Err(NotOpened::TooSlow) => return Err(NotReached::TooSlow { address }),
        Ok(opened) => opened,
    };
    if (300..400).contains(&opened.status) {
        return Err(NotReached::Redirects { address });
    }
    let echo = serde_json::from_slice::<Echo>(&opened.body).ok();
    match echo.filter(|echo| opened.status == 200 && echo.nonce == nonce) {
        None => Err(NotReached::NotUs {
            address,
            status: opened.status,
        }),
        Some(echo) => Ok(Arrived {
            sent: path.to_owned(),
            same_form: echo.form == knock.form,
            arrived: echo.arrived,
            has_signature: echo.has_signature,
            signed: echo.signed,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knock() -> Knock {
        Knock {
            url: "https://o.example/twilio/text?a".into(),
            challenge: String::new(),
            form: vec![("A".into(), "b".into())],
        }
    }

    fn answer(status: u16, nonce: &str) -> Result<Opened, NotOpened> {
        let echo = Echo {
            nonce: nonce.into(),
            arrived: "/twilio/text?a".into(),
            has_signature: true,
            signed: true,
            form: knock().form,
        };
        Ok(Opened {
            status,
            body: serde_json::to_vec(&echo).expect("JSON"),
        })
    }

    fn judged(opened: Result<Opened, NotOpened>) -> Result<Arrived, NotReached> {
        judge(&knock(), "/twilio/text?a", "n", opened)
    }

    #[test]
    fn only_the_right_answer_is_ours() {
        let arrived = judged(answer(200, "n")).expect("arrives");
        assert!(arrived.signed && arrived.same_form && arrived.sent == arrived.arrived);
        let status = |opened| match judged(opened) {
            Err(NotReached::NotUs { status, .. }) => Some(status),
            _ => None,
        };
        assert_eq!(status(answer(200, "another")), Some(200));
        assert_eq!(status(answer(502, "n")), Some(502));
        let page = Opened {
            status: 200,
            body: b"<html>Welcome to nginx".to_vec(),
        };
        assert_eq!(status(Ok(page)), Some(200));
    }

    #[test]
    fn a_redirect_is_not_followed_and_told() {
        assert!(matches!(
            judged(answer(301, "n")),
            Err(NotReached::Redirects { .. })
        ));
        assert!(matches!(
            judged(Err(NotOpened::TooSlow)),
            Err(NotReached::TooSlow { .. })
        ));
    }
}
