//! A way to a server that can be closed, as when the server stops or the network fails: what is open is cut off, and
//! what is new is refused.

use std::net::SocketAddr;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// So many look whether the way is closed while nobody is on it: what leads, and what it hands to each who comes.
const LEADS: usize = 2;

/// The way. It works in the background, so its test needs a runtime of several threads.
pub struct Way {
    here: SocketAddr,
    closed: watch::Sender<bool>,
    target: watch::Sender<String>,
}

impl Way {
    /// Opens a way to the server of this address.
    pub async fn to(url: &str) -> Self {
        let target = watch::Sender::new(target(url));
        let first = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let here = first.local_addr().expect("an address");
        let closed = watch::Sender::new(false);
        tokio::spawn(lead(first, target.subscribe(), closed.subscribe()));
        Self {
            here,
            closed,
            target,
        }
    }

    /// From now on it leads to this server; who is on the way to the other one stays on it.
    pub fn lead_to(&self, url: &str) {
        self.target.send_replace(target(url));
    }

    /// The same address, by this way.
    pub fn of(&self, url: &str) -> String {
        let mut url = url::Url::parse(url).expect("an address");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(self.here.port())).expect("a port");
        url.into()
    }

    /// Closes it, and waits until nobody gets through and everybody on the way was cut off: one who did not see it closed
    /// before it opens again would stay.
    pub async fn close(&self) {
        self.closed.send_replace(true);
        while TcpStream::connect(self.here).await.is_ok() || self.closed.receiver_count() > LEADS {
            tokio::task::yield_now().await;
        }
    }

    /// Opens it again.
    pub fn open(&self) {
        self.closed.send_replace(false);
    }
}

fn target(url: &str) -> String {
    let url = url::Url::parse(url).expect("an address");
    format!(
        "{}:{}",
        url.host_str().expect("a host"),
        url.port().unwrap_or(5432)
    )
}

async fn lead(
    first: TcpListener,
    target: watch::Receiver<String>,
    mut closed: watch::Receiver<bool>,
) {
    let here = first.local_addr().expect("an address");
    let mut listener = Some(first);
    let for_each = closed.clone();
    loop {
        let open = match listener.take() {
            Some(open) => open,
            None => TcpListener::bind(here).await.expect("the same port"),
        };
        loop {
            tokio::select! {
                shut = closed.wait_for(|closed| *closed) => match shut {
                    Ok(_) => break,
                    // Its test is over.
                    Err(_) => return,
                },
                came = open.accept() => {
                    let Ok((stream, _)) = came else { continue };
                    tokio::spawn(pass(stream, target.borrow().clone(), for_each.clone()));
                }
            }
        }
        drop(open);
        if closed.wait_for(|closed| !*closed).await.is_err() {
            return;
        }
    }
}

async fn pass(mut from: TcpStream, target: String, mut closed: watch::Receiver<bool>) {
    let Ok(mut to) = TcpStream::connect(target).await else {
        return;
    };
    tokio::select! {
        _ = closed.wait_for(|closed| *closed) => {}
        _ = copy_bidirectional(&mut from, &mut to) => {}
    }
}

/// A port that is free now: for a server that has to know its address before it listens.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
