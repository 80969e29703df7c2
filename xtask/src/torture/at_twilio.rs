//! The way from the servers to Twilio, with its faults.

use super::door::{Door, Reply, Request, answer, pass_on};
use super::plan::{Asking, Nonsense, Sending};
use super::world::World;
use crate::bench::http::Answer;
use anyhow::Result;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Longer than the program waits for Twilio.
const NEVER: Duration = Duration::from_secs(20);
const JSON: &str = "application/json";

/// Opens the way.
pub fn open(world: &Arc<World>) -> Result<Door> {
    let way = Way {
        world: Arc::clone(world),
        sendings: AtomicU64::new(0),
        askings: AtomicU64::new(0),
        first: OnceLock::new(),
    };
    Door::open(move |request| way.decide(request))
}

struct Way {
    world: Arc<World>,
    sendings: AtomicU64,
    askings: AtomicU64,
    /// The Sid of a text that went out before all faults, and that the database knows.
    first: OnceLock<String>,
}

impl Way {
    fn decide(&self, request: &Request) -> Reply {
        let is_sending = request.method == "POST" && request.path.ends_with("/Messages.json");
        if !self.world.is_rough() {
            return self.calm(request, is_sending);
        }
        if is_sending {
            let nth = self.sendings.fetch_add(1, Ordering::SeqCst);
            self.send(request, self.world.plan.sending(nth))
        } else {
            let nth = self.askings.fetch_add(1, Ordering::SeqCst);
            self.ask(request, self.world.plan.asking(nth))
        }
    }

    fn send(&self, request: &Request, sending: Sending) -> Reply {
        match sending {
            Sending::Passes => self.through(request, Reply::Whole),
            Sending::Slow(milliseconds) => {
                let reply = self.through(request, Reply::Whole);
                self.hit("Twilio: slow answer");
                std::thread::sleep(Duration::from_millis(milliseconds));
                reply
            }
            Sending::AnswerCut => self.after(request, "Twilio: reset after accepting", Reply::Cut),
            Sending::Silence => {
                let reply = self.after(request, "Twilio: timeout after accepting", Reply::Cut);
                std::thread::sleep(NEVER);
                reply
            }
            Sending::Half => {
                self.hit("Twilio: half answer");
                self.through(request, Reply::Half)
            }
            Sending::Hostile(nonsense) => match self.nonsense(nonsense) {
                Some(nonsense) => {
                    self.after(request, "Twilio: hostile answer", Reply::Whole(nonsense))
                }
                None => self.through(request, Reply::Whole),
            },
            Sending::ErrorAfter => {
                let error = Reply::Whole(error());
                self.after(request, "Twilio: 500 after accepting", error)
            }
            Sending::Cut => {
                self.hit("Twilio: reset before accepting");
                Reply::Cut
            }
            Sending::ErrorBefore => {
                self.hit("Twilio: 500, not accepted");
                Reply::Whole(error())
            }
            Sending::TooMany(seconds) => {
                self.hit("Twilio: 429");
                Reply::Whole(too_many(seconds))
            }
        }
    }

    fn ask(&self, request: &Request, asking: Asking) -> Reply {
        match asking {
            Asking::Passes => self.through(request, Reply::Whole),
            Asking::Slow(milliseconds) => {
                self.hit("question: slow answer");
                std::thread::sleep(Duration::from_millis(milliseconds));
                self.through(request, Reply::Whole)
            }
            Asking::Cut => {
                self.hit("question: reset");
                Reply::Cut
            }
            Asking::Half => {
                self.hit("question: half answer");
                self.through(request, Reply::Half)
            }
            Asking::Error => {
                self.hit("question: 500");
                Reply::Whole(error())
            }
            Asking::TooMany => {
                self.hit("question: 429");
                Reply::Whole(too_many(None))
            }
        }
    }

    fn hit(&self, kind: &str) {
        self.world.hits.add(kind);
    }

    fn through(&self, request: &Request, reply: fn(Answer) -> Reply) -> Reply {
        pass_on(request, &self.world.oracle).map_or(Reply::Cut, reply)
    }

    /// Twilio takes it; what comes back is something else.
    fn after(&self, request: &Request, kind: &str, instead: Reply) -> Reply {
        if pass_on(request, &self.world.oracle).is_ok_and(|answer| answer.status == 201) {
            self.hit(kind);
        }
        instead
    }

    /// While all is well: the Sid of the first text is remembered.
    fn calm(&self, request: &Request, is_sending: bool) -> Reply {
        let Ok(answer) = pass_on(request, &self.world.oracle) else {
            return Reply::Cut;
        };
        if is_sending && answer.status == 201 {
            let read: Option<Value> = serde_json::from_slice(&answer.body).ok();
            let sid = read.and_then(|read| Some(read.get("sid")?.as_str()?.to_owned()));
            let _known = sid.map(|sid| self.first.set(sid));
        }
        Reply::Whole(answer)
    }

    fn nonsense(&self, nonsense: Nonsense) -> Option<Answer> {
        Some(match nonsense {
            Nonsense::Empty => answer(201, JSON, ""),
            Nonsense::Html => answer(200, "text/html", "<html><h1>All is well</h1></html>"),
            Nonsense::Nested => answer(201, JSON, "[".repeat(100_000)),
            Nonsense::Huge => answer(201, JSON, format!("{{\"sid\":\"{}", "A".repeat(900_000))),
            Nonsense::NoSid => answer(201, JSON, r#"{"sid":"SMx","status":"queued"}"#),
            Nonsense::SidOfAnother => {
                let body = json!({ "sid": self.first.get()?, "status": "queued" });
                answer(201, JSON, body.to_string())
            }
        })
    }
}

fn error() -> Answer {
    answer(500, "text/html", "<html><h1>Internal error</h1></html>")
}

fn too_many(seconds: Option<u64>) -> Answer {
    let body = r#"{"code":20429,"message":"Too Many Requests","status":429}"#;
    let mut answer = answer(429, JSON, body);
    let wait = seconds.map(|seconds| ("retry-after".to_owned(), seconds.to_string()));
    answer.headers.extend(wait);
    answer
}
