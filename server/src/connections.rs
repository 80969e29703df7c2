//! The accept loop. axum's own sets no timer, so that hyper's limit for a request's head never runs: a peer that sends
//! nothing, or a byte now and then, would hold its connection for ever. Here a connection has to earn its place.

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
};
use http::Response;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
};
use tower::{Service, ServiceExt};
use tower_http::timeout::DeadlineBody;

/// A new connection brings the whole head of its first request within this time, or it is closed.
const FIRST_HEAD: Duration = Duration::from_secs(5);
/// A connection that was used may rest this long before the next head is there: longer than proxies keep theirs, since
/// a proxy that writes into a connection we are just closing has to tell its client that the request failed.
const NEXT_HEAD: Duration = Duration::from_secs(75);
/// A request's whole body is there within this time, or the reading of it fails.
const WHOLE_BODY: Duration = Duration::from_secs(10);
/// The most connections at once, as far as the system gives us files for them.
const AT_ONCE: u64 = 16_384;
/// Files that are not for connections: the database, the log, the way to Twilio.
const KEPT_BACK: u64 = 256;
/// How long to wait when the system has no files left.
const NO_FILES: Duration = Duration::from_millis(200);

/// Takes connections until `ending` says stop; then idle ones are closed and requests end.
pub async fn serve<S>(listener: TcpListener, service: S, mut ending: watch::Receiver<bool>)
where
    S: Service<Request, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
{
    let slots = Arc::new(Semaphore::new(places()));
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = ending.wait_for(|ending| *ending) => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        match accepted {
            Ok((stream, peer, slot)) => {
                open.spawn(connection(
                    stream,
                    peer,
                    service.clone(),
                    ending.clone(),
                    slot,
                ));
            }
            // The peer was gone before we looked: nobody to answer.
            Err(error) if of_the_peer(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(NO_FILES).await;
            }
        }
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Otherwise every streamed answer waits 40 ms for an acknowledgement (Nagle's algorithm).
    stream.set_nodelay(true)?;
    Ok((stream, peer, slot))
}

fn of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, InvalidInput};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | InvalidInput
    )
}

/// One connection, from its first byte to its last.
async fn connection<S>(
    stream: TcpStream,
    peer: SocketAddr,
    service: S,
    mut ending: watch::Receiver<bool>,
    slot: OwnedSemaphorePermit,
) where
    S: Service<Request, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
{
    let heard = Notify::new();
    let answer = service_fn(|request: hyper::Request<Incoming>| {
        heard.notify_one();
        let mut request = request.map(|body| Body::new(DeadlineBody::new(WHOLE_BODY, body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        service.clone().oneshot(request)
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(NEXT_HEAD)
            .serve_connection(TokioIo::new(stream), answer)
    );
    let mut first = pin!(tokio::time::timeout(FIRST_HEAD, heard.notified()));
    let (mut waiting, mut serving) = (true, true);
    loop {
        tokio::select! {
            // What came is looked at before the time is: where there is too much to do, both wait for their turn.
            biased;
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke off");
                }
                break;
            }
            came = first.as_mut(), if waiting => {
                if came.is_err() {
                    tracing::debug!("a connection that asked nothing was closed");
                    break;
                }
                waiting = false;
            }
            _ = ending.wait_for(|ending| *ending), if serving => {
                serving = false;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
    drop(slot);
}

/// How many connections there may be: each takes a file, and the system gives a process only so many.
fn places() -> usize {
    let files = rlimit::increase_nofile_limit(AT_ONCE + KEPT_BACK).unwrap_or(1024);
    usize::try_from(files.saturating_sub(KEPT_BACK).clamp(64, AT_ONCE)).unwrap_or(64)
}
