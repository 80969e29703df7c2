//! How long Twilio waits when a client texts: signed, stored, answered.

use super::{demo::Demo, http::Client, load::quantile, signed::sign};
use anyhow::{Result, ensure};
use std::time::Instant;

const PATH: &str = "/twilio/text";
/// How many clients text, one after another.
const TEXTS: u32 = 2_000;

/// Microseconds of each answer, in order.
pub struct Incoming(Vec<u32>);

/// Brings texts of many phones, each once, as Twilio does: every one must be answered with the Text Response.
pub fn run(demo: &Demo) -> Result<Incoming> {
    let (account, token) = demo.twilio()?;
    let mut client = Client::connect(demo.address())?;
    let url = format!("http://{}{PATH}", demo.address());
    let mut micros = Vec::new();
    for n in 0..TEXTS {
        let (sid, from) = (format!("SM{n:032}"), format!("+1661{:07}", 2_000_000 + n));
        let form = [
            ("AccountSid", account),
            ("Body", "When"),
            ("From", from.as_str()),
            ("MessageSid", sid.as_str()),
            ("To", "+16615550100"),
        ];
        let signature = sign(token, &url, &form)?;
        let asked = Instant::now();
        let answer = client.post_signed(PATH, &form, &signature)?;
        micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
        let said = String::from_utf8_lossy(&answer.body);
        ensure!(
            answer.status == 200 && said.contains("<Message>"),
            "An incoming text was answered {}: {said}",
            answer.status
        );
    }
    micros.sort_unstable();
    Ok(Incoming(micros))
}

impl Incoming {
    /// Milliseconds within which 99 of 100 were answered.
    pub fn p99(&self) -> f64 {
        f64::from(quantile(&self.0, 0.99)) / 1000.0
    }

    pub fn in_words(&self) -> String {
        let verdict = if self.p99() < 100.0 {
            "signed, stored and answered in time"
        } else {
            "too slow for Twilio's callers"
        };
        format!(
            "Incoming texts: {} of as many phones (SQLite, one connection), p50 {:.1} ms, p99 {:.1} ms: {verdict}.",
            self.0.len(),
            f64::from(quantile(&self.0, 0.5)) / 1000.0,
            self.p99(),
        )
    }
}
