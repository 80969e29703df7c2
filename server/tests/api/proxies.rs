//! Proxies before the program that change requests on their way: signatures are checked over the address that was set, and
//! over nothing that a request says of itself.

use crate::{
    crash::{CELL, Twilio, arguments, ready, set_up, settings},
    support::{
        Base, Database, Program, browser,
        proxy::{Does, Proxy},
        sign,
    },
};
use reqwest::StatusCode;

/// What proxies do, and what a stranger's proxy might say.
const DO: [Does; 6] = [
    does(None, &[]),
    does(Some("oktext.internal:3000"), &[]),
    does(Some("evil.example"), &[]),
    does(None, &FORWARDED),
    does(Some("evil.example"), &FORWARDED),
    does(
        None,
        &[("x-original-url", "/evil"), ("x-rewrite-url", "/evil")],
    ),
];
const FORWARDED: [(&str, &str); 6] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-port", "443"),
    ("x-forwarded-prefix", "/evil"),
    ("x-forwarded-for", "203.0.113.9"),
    ("forwarded", "host=evil.example;proto=https"),
];

const fn does(host: Option<&'static str>, says: &'static [(&'static str, &'static str)]) -> Does {
    Does {
        host,
        says,
        keeps_folder: false,
        adds_slash: false,
    }
}

/// Posts what a client wrote to the proxy, signed for this address.
async fn texted(proxy: &Proxy, twilio: &Twilio, sid: &str, signed_for: &str) -> StatusCode {
    let form = [
        ("MessageSid", sid),
        ("AccountSid", &twilio.account),
        ("From", CELL),
        ("To", &twilio.number),
        ("Body", "Hello"),
    ];
    let request = browser()
        .post(format!("{}/twilio/text", proxy.url))
        .form(&form);
    let signature = sign(&twilio.token, signed_for, &form);
    let request = request.header(twilio::signature::HEADER, signature);
    request.send().await.expect("an answer").status()
}

async fn w11_whatever_a_proxy_changes_only_the_address_that_was_set_counts(base: &Base) {
    let (twilio, proxy) = (Twilio::start(), Proxy::open("/oktext").await);
    let arguments = arguments("127.0.0.1:0", &twilio.url);
    let arguments = [arguments.as_slice(), &["--public-url", &proxy.url]].concat();
    let mut program = Program::start(base.folder(), &arguments, &settings(&base.url));
    let (url, token) = ready(&mut program);
    proxy.lead_to(&url);
    set_up(&url, &token.expect("an invitation"), &twilio).await;
    let ours = format!("{}/twilio/text", proxy.url);
    let kept = async || base.number("SELECT count(*) FROM incoming").await;
    for (n, does) in DO.into_iter().enumerate() {
        proxy.does(does);
        for claimed in [
            "https://evil.example/twilio/text",
            "https://evil.example/evil/twilio/text",
            "http://evil.example/oktext/twilio/text",
            "http://oktext.internal:3000/twilio/text",
            &format!("{url}/twilio/text"),
            &format!("{ours}/"),
        ] {
            let forged = texted(&proxy, &twilio, "SMforged", claimed).await;
            assert_eq!(
                forged,
                StatusCode::FORBIDDEN,
                "{does:?}, signed for {claimed}"
            );
        }
        let taken = texted(&proxy, &twilio, &format!("SM{n}"), &ours).await;
        assert_eq!(taken, StatusCode::OK, "{does:?}");
        assert_eq!(kept().await, i64::try_from(n).expect("few") + 1, "{does:?}");
    }
    // An address that is none of the program's is none, whatever it was signed for.
    let before = kept().await;
    for does in [
        Does {
            keeps_folder: true,
            ..Does::default()
        },
        Does {
            adds_slash: true,
            ..Does::default()
        },
    ] {
        proxy.does(does);
        for address in [ours.clone(), format!("{ours}/")] {
            let status = texted(&proxy, &twilio, "SMlost", &address).await;
            assert!(status.is_client_error(), "{does:?}: {status}");
        }
        assert_eq!(kept().await, before, "{does:?}");
    }
}

mod sqlite {
    use super::*;
    #[tokio::test]
    async fn w11() {
        let base = Base::fresh(Database::Sqlite).await;
        w11_whatever_a_proxy_changes_only_the_address_that_was_set_counts(&base).await;
        base.remove().await;
    }
}

mod postgres {
    use super::*;
    #[tokio::test]
    async fn w11() {
        let base = Base::fresh(Database::Postgres).await;
        w11_whatever_a_proxy_changes_only_the_address_that_was_set_counts(&base).await;
        base.remove().await;
    }
}
