//! A signed request to somebody's address, as Twilio makes it. Source: twilio.com/docs/usage/webhooks.

use reqwest::header::CONTENT_TYPE;
use reqwest::{RequestBuilder, Response};
use twilio::signature;
use url::{Url, form_urlencoded};

use crate::twiml::MOST_BYTES;
use crate::{Shared, clock};

/// What is called, and with what.
pub(crate) struct Request<'a> {
    pub url: &'a str,
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The key of the signature.
    pub token: &'a str,
    pub params: &'a [(String, String)],
}

/// What came back.
pub(crate) struct Answered {
    pub status: u16,
    /// Not more of it than Twilio reads.
    pub body: Vec<u8>,
}

impl Request<'_> {
    /// Makes the request, again when it fails in a way that its address wants repeated; nothing if nobody answered.
    pub async fn send(&self, shared: &Shared) -> Option<Answered> {
        if !allowed(shared, self.url) {
            return None;
        }
        let retries = Retries::of(self.url);
        let token = clock::new_token();
        let mut left = retries.count;
        loop {
            let request = self.build(shared);
            let result = request
                .header("I-Twilio-Idempotency-Token", &token)
                .send()
                .await;
            if left == 0 || !retries.again(&result) {
                return read(result.ok()?).await;
            }
            left -= 1;
        }
    }

    fn build(&self, shared: &Shared) -> RequestBuilder {
        if self.method == "GET" {
            let url = with_query(self.url, self.params);
            let signature = signature::sign(self.token, &url, &[]);
            return shared.http.get(url).header(signature::HEADER, signature);
        }
        let signature = signature::sign(self.token, self.url, self.params);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.params)
            .finish();
        shared
            .http
            .post(self.url)
            .header(
                CONTENT_TYPE,
                "application/x-www-form-urlencoded; charset=UTF-8",
            )
            .header(signature::HEADER, signature)
            .body(body)
    }
}

fn with_query(url: &str, params: &[(String, String)]) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        return url.to_owned();
    };
    parsed.query_pairs_mut().extend_pairs(params);
    parsed.set_fragment(None);
    parsed.into()
}

/// The whole answer, or nothing if it broke off.
async fn read(mut response: Response) -> Option<Answered> {
    let status = response.status().as_u16();
    let mut body = vec![];
    while let Some(chunk) = response.chunk().await.ok()? {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            break;
        }
    }
    Some(Answered { status, body })
}

/// When an address is called again: `#rc=3&rp=all`. Once more after a failed connection, unless it says otherwise.
/// Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
struct Retries {
    count: u8,
    causes: String,
}

impl Retries {
    fn of(url: &str) -> Self {
        let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
        let value = |name: &str| {
            form_urlencoded::parse(fragment.as_bytes())
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.into_owned())
        };
        let count = value("rc").and_then(|count| count.parse().ok());
        Self {
            count: count.unwrap_or(1u8).min(5),
            causes: value("rp").unwrap_or_else(|| "ct".into()),
        }
    }

    fn again(&self, result: &reqwest::Result<Response>) -> bool {
        let cause = match result {
            Err(error) if error.is_connect() => "ct",
            Err(_) => "rt",
            Ok(response) if response.status().is_client_error() => "4xx",
            Ok(response) if response.status().is_server_error() => "5xx",
            Ok(_) => return false,
        };
        let mut wanted = self.causes.split(',');
        wanted.any(|wanted| wanted == cause || wanted == "all")
    }
}

fn allowed(shared: &Shared, url: &str) -> bool {
    match &shared.callback_origin {
        Some(origin) => Url::parse(url).is_ok_and(|url| url.origin() == *origin),
        None => true,
    }
}
