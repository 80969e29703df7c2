//! A Twilio that answers at once, for sending as fast as can be. It counts, and keeps nothing: what the simulator does
//! beside would be measured too.

use crate::postgres::free_port;
use anyhow::Result;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Threads that answer.
const THREADS: usize = 4;

/// Runs until the program ends.
pub struct Twilio {
    pub address: String,
    posts: Arc<AtomicU64>,
}

impl Twilio {
    pub fn start() -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let listener = Arc::new(TcpListener::bind(&address)?);
        let posts = Arc::new(AtomicU64::new(0));
        for _ in 0..THREADS {
            let (listener, posts) = (Arc::clone(&listener), Arc::clone(&posts));
            std::thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    // A connection that breaks off is the server's own business.
                    let _ = answer(stream, &posts);
                }
            });
        }
        Ok(Twilio { address, posts })
    }

    /// How many texts it was given.
    pub fn posts(&self) -> u64 {
        self.posts.load(Ordering::SeqCst)
    }
}

/// One request on a connection, which is closed after it, as the program asks.
fn answer(stream: TcpStream, posts: &AtomicU64) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
    stream.read_line(&mut first)?;
    while stream.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let (status, said) = reply(&first, posts);
    let answer = format!(
        "HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{said}",
        said.len()
    );
    stream.get_mut().write_all(answer.as_bytes())?;
    Ok(())
}

fn reply(first: &str, posts: &AtomicU64) -> (u16, String) {
    if first.starts_with("POST") {
        let n = posts.fetch_add(1, Ordering::SeqCst);
        return (201, message(&format!("SM{n:032x}"), "queued"));
    }
    match first
        .split("/Messages/")
        .nth(1)
        .and_then(|rest| rest.split('.').next())
    {
        Some(sid) => (200, message(sid, "delivered")),
        None => (
            200,
            "{\"messages\": [], \"next_page_uri\": null}".to_owned(),
        ),
    }
}

fn message(sid: &str, status: &str) -> String {
    format!(
        "{{\"sid\": \"{sid}\", \"status\": \"{status}\", \"error_code\": null, \"num_segments\": \"1\"}}"
    )
}
