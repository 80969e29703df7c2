//! The way from the servers to PostgreSQL. It can be cut before or after a COMMIT got through.

use anyhow::Result;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::{Duration, Instant};

/// As it stands in PostgreSQL's protocol: a simple query.
const COMMIT: &[u8] = b"COMMIT\0";
const MOST_BYTES: usize = 64 * 1024;

/// On which side of a COMMIT the connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// PostgreSQL never gets it.
    Before,
    /// PostgreSQL gets it; its answer does not arrive.
    After,
}

/// The way; dropped, it takes nobody in any more.
pub struct Cable {
    /// `127.0.0.1:40000`.
    pub address: String,
    closed: Arc<AtomicBool>,
    wanted: Arc<AtomicU8>,
}

impl Cable {
    /// Opens a way to the server that listens there.
    pub fn to(target: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let (closed, wanted) = (Arc::default(), Arc::default());
        let (ends, cuts) = (Arc::clone(&closed), Arc::clone(&wanted));
        let target = target.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let ended = AtomicBool::load(&ends, Ordering::SeqCst);
                match (stream, TcpStream::connect(&target)) {
                    _ if ended => return,
                    (Ok(from), Ok(to)) => lead(from, to, &cuts),
                    _ => {}
                }
            }
        });
        Ok(Cable {
            address,
            closed,
            wanted,
        })
    }

    /// Cuts the next connection that commits. `false`: nobody did in this time.
    pub fn cut(&self, side: Side, patience: Duration) -> bool {
        self.wanted.store(number(side), Ordering::SeqCst);
        let end = Instant::now() + patience;
        while Instant::now() < end {
            if self.wanted.load(Ordering::SeqCst) == 0 {
                return true;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.wanted.swap(0, Ordering::SeqCst) == 0
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // So that it notices.
        drop(TcpStream::connect(&self.address));
    }
}

fn number(side: Side) -> u8 {
    match side {
        Side::Before => 1,
        Side::After => 2,
    }
}

fn lead(from: TcpStream, to: TcpStream, cuts: &Arc<AtomicU8>) {
    let _quick = from.set_nodelay(true).and_then(|()| to.set_nodelay(true));
    let (Ok(back_from), Ok(back_to)) = (to.try_clone(), from.try_clone()) else {
        return;
    };
    let cuts = Arc::clone(cuts);
    std::thread::spawn(move || pass(from, to, &cuts));
    std::thread::spawn(move || pass(back_from, back_to, &AtomicU8::new(0)));
}

/// Passes bytes on until either end closes, or a COMMIT is where it is to be cut.
fn pass(mut from: TcpStream, mut to: TcpStream, cuts: &AtomicU8) {
    let mut bytes = vec![0; MOST_BYTES];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        let some = &bytes[..length];
        let commits = some.windows(COMMIT.len()).any(|part| part == COMMIT);
        let side = if commits {
            cuts.swap(0, Ordering::SeqCst)
        } else {
            0
        };
        if side == number(Side::Before) || to.write_all(some).is_err() {
            break;
        }
        if side == number(Side::After) {
            // What was written still arrives.
            let _ended = from.shutdown(Shutdown::Both);
            let _ended = to.shutdown(Shutdown::Write);
            return;
        }
    }
    let _ended = from.shutdown(Shutdown::Both);
    let _ended = to.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a server got of two messages of which the second commits, by a cable that cuts there.
    fn got(side: Option<Side>) -> Vec<u8> {
        let server = TcpListener::bind("127.0.0.1:0").expect("a port");
        let cable = Cable::to(&server.local_addr().expect("an address").to_string());
        let cable = cable.expect("a cable");
        if let Some(side) = side {
            cable.wanted.store(number(side), Ordering::SeqCst);
        }
        let mut client = TcpStream::connect(&cable.address).expect("in");
        let (mut served, _) = server.accept().expect("a connection");
        client.write_all(b"INSERT\0").expect("written");
        let mut first = [0; 7];
        served.read_exact(&mut first).expect("passed on");
        client.write_all(COMMIT).expect("written");
        drop(client);
        let mut rest = first.to_vec();
        let _cut = served.read_to_end(&mut rest);
        rest
    }

    #[test]
    fn it_cuts_before_or_after_a_commit_and_otherwise_lets_all_through() {
        assert_eq!(got(None), b"INSERT\0COMMIT\0");
        assert_eq!(got(Some(Side::After)), b"INSERT\0COMMIT\0");
        assert_eq!(got(Some(Side::Before)), b"INSERT\0");
    }
}
