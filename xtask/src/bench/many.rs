//! Many connections at once by one thread, so that measuring takes as little of the machine as can be: requests are made
//! and signed before, answers are looked at only as far as their status.

use super::load::quantile;
use crate::interrupt;
use anyhow::{Context, Result, bail, ensure};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// What came of it.
pub struct Load {
    /// Microseconds of each answer, in order.
    micros: Vec<u32>,
    took: Duration,
}

/// How it is asked.
pub struct How {
    pub connections: usize,
    /// So many a second, whether answers come or not; without it each connection asks as soon as it was answered.
    pub pace: Option<f64>,
    pub limit: Duration,
    /// Any other status ends the measurement.
    pub status: u16,
}

struct Conn {
    stream: TcpStream,
    read: Vec<u8>,
    /// When the request that is under way was due.
    since: Option<Instant>,
}

/// Sends these requests, each once, until they or the time are over.
pub fn run(address: &str, requests: &[Vec<u8>], how: &How) -> Result<Load> {
    let mut conns: Vec<Conn> = (0..how.connections)
        .map(|_| connect(address))
        .collect::<Result<_>>()?;
    let mut free: Vec<usize> = (0..conns.len()).collect();
    let (mut next, mut micros) = (0, Vec::with_capacity(requests.len()));
    let start = Instant::now();
    loop {
        let over = start.elapsed() >= how.limit;
        while !over && next < requests.len() && !free.is_empty() {
            let due = due(start, next, how.pace);
            if due > Instant::now() {
                break;
            }
            let Some(n) = free.pop() else { break };
            conns[n].stream.write_all(&requests[next])?;
            conns[n].since = Some(due);
            next += 1;
        }
        if free.len() == conns.len() && (over || next == requests.len()) {
            break;
        }
        for n in ready(&conns)? {
            if let Some(status) = read(&mut conns[n])? {
                ensure!(status == how.status, "Answered {status} under load.");
                let since = conns[n].since.take().context("an answer to nothing")?;
                micros.push(u32::try_from(since.elapsed().as_micros()).unwrap_or(u32::MAX));
                free.push(n);
            }
        }
        interrupt::check()?;
    }
    let took = start.elapsed();
    micros.sort_unstable();
    Ok(Load { micros, took })
}

/// When this request is due: at its pace since the start, or now.
fn due(start: Instant, n: usize, pace: Option<f64>) -> Instant {
    match pace {
        Some(pace) => start + Duration::from_secs_f64(n as f64 / pace),
        None => Instant::now(),
    }
}

fn connect(address: &str) -> Result<Conn> {
    let stream =
        TcpStream::connect(address).with_context(|| format!("{address} doesn't answer"))?;
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    Ok(Conn {
        stream,
        read: Vec::with_capacity(1024),
        since: None,
    })
}

/// The connections with something to read, after a millisecond at most.
fn ready(conns: &[Conn]) -> Result<Vec<usize>> {
    let busy: Vec<usize> = (0..conns.len())
        .filter(|n| conns[*n].since.is_some())
        .collect();
    let mut fds: Vec<PollFd<'_>> = busy
        .iter()
        .map(|n| PollFd::new(conns[*n].stream.as_fd(), PollFlags::POLLIN))
        .collect();
    poll(&mut fds, PollTimeout::from(1_u8))?;
    let any = |fd: &PollFd<'_>| fd.any().unwrap_or(false);
    let found = busy.iter().zip(&fds).filter(|(_, fd)| any(fd));
    Ok(found.map(|(n, _)| *n).collect())
}

/// The status, once the whole answer is there.
fn read(conn: &mut Conn) -> Result<Option<u16>> {
    let mut buffer = [0; 4096];
    match conn.stream.read(&mut buffer) {
        Ok(0) => bail!("A connection was closed under load."),
        Ok(length) => conn.read.extend_from_slice(&buffer[..length]),
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let whole = whole(&conn.read);
    if whole.is_some() {
        conn.read.clear();
    }
    Ok(whole)
}

fn whole(bytes: &[u8]) -> Option<u16> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse::<usize>().ok())?
    });
    (bytes.len() >= head + 4 + length.unwrap_or(0)).then_some(status)
}

impl Load {
    pub fn per_second(&self) -> f64 {
        self.micros.len() as f64 / self.took.as_secs_f64()
    }

    pub fn answers(&self) -> usize {
        self.micros.len()
    }

    /// Milliseconds that this share of the answers doesn't exceed.
    pub fn ms(&self, share: f64) -> f64 {
        f64::from(quantile(&self.micros, share)) / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn an_answer_is_whole_once_its_body_is_there() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        assert_eq!(whole(answer), Some(200));
        assert_eq!(whole(&answer[..answer.len() - 1]), None);
        assert_eq!(whole(b"HTTP/1.1 204 No Content\r\n\r\n"), Some(204));
        assert_eq!(whole(b"HTTP/1.1 204 No"), None);
    }
}
