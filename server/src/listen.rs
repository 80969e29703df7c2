//! The process: its socket and its end.

use crate::{
    connections,
    web::{Web, router},
};
use axum::Router;
use service::Service;
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::watch,
};

/// How long requests may take to end when the program does.
const DRAIN: Duration = Duration::from_secs(20);

/// So many connections may wait to be taken, if the system lets them: whoever comes beyond is not heard, and knocks again
/// a second later.
const LINE: u32 = 4_096;

/// How long closing the database may take then.
const CLOSE: Duration = Duration::from_secs(5);

/// Opens the socket; port 0 lets the system choose.
///
/// # Errors
/// In words: the address is taken or not ours.
pub async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let failed = |error| format!("Cannot listen on {address}: {error}");
    let listener = open(address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // An address that the last run left a moment ago is free.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LINE)
}

/// Serves until a signal says stop; then ends event streams, drains requests, and lets sends on their way end.
///
/// # Errors
/// In words.
pub async fn serve(
    listener: TcpListener,
    web: Web,
    ending: watch::Sender<bool>,
    stop: impl Future<Output = ()>,
    beside: Option<Router>,
) -> Result<(), String> {
    let store = web.service.store().clone();
    let worker = tokio::spawn(work(web.service.clone(), ending.subscribe()));
    let whole = router::whole(web, beside);
    let mut server = tokio::spawn(connections::serve(listener, whole, ending.subscribe()));
    tokio::select! {
        () = stop => {}
        ended = &mut server => return Err(format!("The server ended by itself: {ended:?}")),
    }
    tracing::info!("stopping");
    let _ = ending.send(true);
    let drained = tokio::time::timeout(DRAIN, async { tokio::join!(server, worker) }).await;
    if drained.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    // Of SQLite the log is folded into the file, so that it is whole by itself.
    let _ = tokio::time::timeout(CLOSE, store.close()).await;
    Ok(())
}

/// What goes on beside serving: the outbox, tidying, asking Twilio, the nightly checks, and the bell between servers.
async fn work(service: Service, ending: watch::Receiver<bool>) {
    let ended = || {
        let mut ending = ending.clone();
        async move {
            let _ = ending.wait_for(|ending| *ending).await;
        }
    };
    tokio::join!(
        service.run_outbox(ended()),
        service.run_tidying(ended()),
        service.run_asking(ended()),
        service.run_nightly(ended()),
        service.run_bell(ended())
    );
}

/// Waits for Ctrl-C or SIGTERM. Both are heard from this call on, and not only once it is waited for: whoever was told that
/// the program is ready may ask it to end at once.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())
            .inspect_err(|error| tracing::warn!(%error, "SIGTERM cannot be heard"))
    };
    async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = interrupt.await;
    }
}
