//! A way for HTTP requests that can do anything to them: hold, double, cut, answer by itself.

use crate::bench::http::{Answer, read_answer};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Longer than anybody waits for an answer.
const LONGEST: Duration = Duration::from_secs(40);
/// Larger than any request here.
const MOST_BYTES: usize = 1 << 20;

/// A request, with its bytes as they are passed on.
#[derive(Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    bytes: Vec<u8>,
}

/// What goes back to whoever asked.
pub enum Reply {
    Whole(Answer),
    /// The head, and half of the body.
    Half(Answer),
    Cut,
}

/// An open door; dropped, it takes nobody in any more.
pub struct Door {
    /// `127.0.0.1:40000`.
    pub address: String,
    closed: Arc<AtomicBool>,
}

impl Door {
    /// Opens a door behind which `each` decides.
    pub fn open(each: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let closed = Arc::new(AtomicBool::new(false));
        let (ends, each) = (Arc::clone(&closed), Arc::new(each));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let each = Arc::clone(&each);
                if let Ok(stream) = stream {
                    std::thread::spawn(move || serve(stream, each.as_ref()));
                }
            }
        });
        Ok(Door { address, closed })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // So that it notices.
        drop(TcpStream::connect(&self.address));
    }
}

/// One request a connection; whoever goes away meanwhile is no matter.
fn serve(stream: TcpStream, each: &(impl Fn(&Request) -> Reply + ?Sized)) {
    let _limited = stream.set_read_timeout(Some(LONGEST));
    let mut stream = BufReader::new(stream);
    let Ok(request) = read_request(&mut stream) else {
        return;
    };
    let (answer, half) = match each(&request) {
        Reply::Whole(answer) => (answer, false),
        Reply::Half(answer) => (answer, true),
        Reply::Cut => return,
    };
    let (head, body) = (head_of(&answer), answer.body.as_slice());
    let body = if half { &body[..body.len() / 2] } else { body };
    let stream = stream.get_mut();
    let _gone = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}

fn head_of(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} Answer\r\n", answer.status);
    for (name, value) in &answer.headers {
        if !matches!(
            name.as_str(),
            "connection" | "content-length" | "transfer-encoding"
        ) {
            head += &format!("{name}: {value}\r\n");
        }
    }
    let length = answer.body.len();
    head + &format!("content-length: {length}\r\nconnection: close\r\n\r\n")
}

/// An answer of our own.
pub fn answer(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".into(), kind.into())],
        body: body.into(),
    }
}

/// Passes a request on to whoever listens there.
pub fn pass_on(request: &Request, address: &str) -> Result<Answer> {
    let stream = TcpStream::connect(address).context("nobody listens")?;
    pass_by(stream, request)
}

/// Passes a request on by an open connection.
pub fn pass_by(stream: TcpStream, request: &Request) -> Result<Answer> {
    stream.set_read_timeout(Some(LONGEST))?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(&request.bytes)?;
    read_answer(&mut stream)
}

fn read_request(stream: &mut impl BufRead) -> Result<Request> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().context("not an HTTP request")?.to_owned();
    let mut bytes = line.clone().into_bytes();
    let mut length = 0;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header)?;
        let (name, value) = header.split_once(':').unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if name == "content-length" {
            length = value.trim().parse::<usize>()?.min(MOST_BYTES);
        }
        if header.trim().is_empty() {
            break;
        }
        if name != "connection" {
            bytes.extend_from_slice(header.as_bytes());
        }
    }
    bytes.extend_from_slice(b"connection: close\r\n\r\n");
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    bytes.extend(body);
    Ok(Request {
        method,
        path,
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_passed_on_to_the_letter_and_ends_its_connection() {
        let wire = "POST /a?b HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\na=1";
        let request = read_request(&mut wire.as_bytes()).expect("a request");
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("POST", "/a?b")
        );
        let passed = String::from_utf8(request.bytes).expect("text");
        assert_eq!(
            passed,
            "POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nconnection: close\r\n\r\na=1"
        );
    }

    #[test]
    fn a_door_answers_whole_half_or_not_at_all() {
        let door = Door::open(|request| match request.path.as_str() {
            "/whole" => Reply::Whole(answer(200, "text/plain", "12345678")),
            "/half" => Reply::Half(answer(200, "text/plain", "12345678")),
            _ => Reply::Cut,
        })
        .expect("a door");
        let ask = |path: &str| {
            let wire = format!("GET {path} HTTP/1.1\r\n\r\n");
            let request = read_request(&mut wire.as_bytes()).expect("a request");
            pass_on(&request, &door.address)
        };
        assert_eq!(ask("/whole").expect("an answer").body, b"12345678");
        assert!(ask("/half").is_err());
        assert!(ask("/cut").is_err());
    }
}
