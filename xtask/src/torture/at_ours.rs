//! The way of webhooks from Twilio to the servers, with its faults: one address before all servers, as a proxy is.

use super::door::{Door, Reply, Request, answer, pass_by};
use super::plan::Bringing;
use super::world::World;
use crate::bench::http::Answer;
use anyhow::Result;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Opens the way.
pub fn open(world: &Arc<World>) -> Result<Door> {
    let (world, webhooks) = (Arc::clone(world), AtomicU64::new(0));
    Door::open(move |request| {
        let nth = webhooks.fetch_add(1, Ordering::SeqCst);
        let bringing = match world.is_rough() {
            true => world.plan.bringing(nth),
            false => Bringing::Passes,
        };
        bring(&world, request, bringing)
    })
}

fn bring(world: &Arc<World>, request: &Request, bringing: Bringing) -> Reply {
    match bringing {
        Bringing::Passes => Reply::Whole(to_some(world, request)),
        Bringing::Lost => {
            world.hits.add("webhook: missing");
            Reply::Cut
        }
        Bringing::Twice => {
            let both = std::thread::scope(|scope| {
                let other = scope.spawn(|| to_some(world, request));
                (to_some(world, request), other.join())
            });
            if both.0.status < 300 && both.1.is_ok_and(|answer| answer.status < 300) {
                world.hits.add("webhook: twice");
            }
            Reply::Whole(both.0)
        }
        Bringing::Late(milliseconds) => {
            world.hits.add("webhook: late");
            std::thread::sleep(Duration::from_millis(milliseconds));
            Reply::Whole(to_some(world, request))
        }
        Bringing::OutOfOrder(milliseconds) => {
            late_and_unheard(world, request, milliseconds);
            Reply::Cut
        }
        Bringing::AnswerLost => {
            if to_some(world, request).status < 300 {
                world.hits.add("webhook: answer lost");
            }
            Reply::Cut
        }
    }
}

/// Twilio hears that it was lost; it arrives all the same, after others.
fn late_and_unheard(world: &Arc<World>, request: &Request, milliseconds: u64) {
    let (world, request) = (Arc::clone(world), request.clone());
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(milliseconds));
        if to_some(&world, &request).status < 300 {
            world.hits.add("webhook: out of order");
        }
    });
}

/// Gives it to a server that is there.
fn to_some(world: &World, request: &Request) -> Answer {
    for _ in &world.nodes {
        if let Ok(stream) = TcpStream::connect(world.some_node()) {
            let cut = || answer(502, "text/plain", "the server ended");
            return pass_by(stream, request).unwrap_or_else(|_| cut());
        }
    }
    answer(502, "text/plain", "no server is there")
}
