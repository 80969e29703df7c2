//! The process: its socket and its end.

use crate::{
    connections,
    web::{Web, router},
};
use axum::Router;
use service::Service;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// How long requests may take to end when the program does.
const DRAIN: Duration = Duration::from_secs(20);

/// Opens the socket; port 0 lets the system choose.
///
/// # Errors
/// In words: the address is taken or not ours.
pub async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let failed = |error| format!("Cannot listen on {address}: {error}");
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Serves until a signal says stop; then ends event streams, drains requests, and lets sends on their way end.
///
/// # Errors
/// In words.
pub async fn serve(
    listener: TcpListener,
    web: Web,
    ending: watch::Sender<bool>,
    beside: Option<Router>,
) -> Result<(), String> {
    let worker = tokio::spawn(work(web.service.clone(), ending.subscribe()));
    let whole = router::whole(web, beside);
    let mut server = tokio::spawn(connections::serve(listener, whole, ending.subscribe()));
    tokio::select! {
        () = asked_to_stop() => {}
        ended = &mut server => return Err(format!("The server ended by itself: {ended:?}")),
    }
    tracing::info!("stopping");
    let _ = ending.send(true);
    let drained = tokio::time::timeout(DRAIN, async { tokio::join!(server, worker) }).await;
    if drained.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    Ok(())
}

/// What goes on beside serving: the outbox, tidying, asking Twilio, and the nightly checks.
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
        service.run_nightly(ended())
    );
}

/// Waits for Ctrl-C or SIGTERM.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be heard");
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
