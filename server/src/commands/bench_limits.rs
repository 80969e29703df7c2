//! What the machine itself does, for the benchmarks to compare with.

use crate::{listen, settings::Settings};
use axum::{
    Router,
    body::Bytes,
    http::StatusCode,
    routing::{get, post},
    serve::ListenerExt,
};
use leptos::prelude::*;
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Prints how many rows a second SQLite takes, each in a durable commit of its own.
///
/// # Errors
/// In words.
pub async fn rows(file: &Path, seconds: u64) -> Result<(), String> {
    let (began, limit) = (Instant::now(), Duration::from_secs(seconds));
    let rows = store::single_rows(file, || began.elapsed() < limit).await;
    let rows = rows.map_err(|error| format!("{}: {error}", file.display()))?;
    println!("rows: {rows}");
    Ok(())
}

/// Answers every post with 204, once its body was read; and `GET /page` with a page that asks nobody for anything.
///
/// # Errors
/// In words.
pub async fn bare(settings: &Settings) -> Result<(), String> {
    let (listener, address) = listen::bind(settings.listen).await?;
    let listener = listener.tap_io(|stream| {
        // A connection that is gone already needs none.
        let _ = stream.set_nodelay(true);
    });
    let answer = |body: Bytes| async move {
        drop(body);
        StatusCode::NO_CONTENT
    };
    // Looking for routes, of which there are none, starts what draws pages.
    let _none = leptos_axum::generate_route_list(page);
    println!("ready http://{address}");
    let router = Router::new()
        .route("/page", get(leptos_axum::render_app_async(page)))
        .fallback(post(answer));
    axum::serve(listener, router)
        .await
        .map_err(|error| error.to_string())
}

/// Fifty rows, each of the elements that a text's row has at least, without a database, a session or a program.
fn page() -> impl IntoView {
    let row = |n: u32| {
        view! {
            <tr id=format!("t-{n}") class="row" data-status="delivered">
                <th scope="row">
                    <time datetime=format!("2026-11-25T22:{n:02}:00Z")>{format!("2:{n:02} PM PST")}</time>
                </th>
                <td>
                    <p dir="auto">{format!("No. {n}: your hearing is on Thursday at 8:30 AM.")}</p>
                    <span class="sub">"Dana Whitfield"</span>
                </td>
                <td>
                    <span class="number">"(661) 555-0142"</span>
                </td>
                <td>
                    <span class="status">
                        <span>"Delivered"</span>
                    </span>
                    <button type="submit">"Message Status"</button>
                </td>
            </tr>
        }
    };
    view! {
        <!DOCTYPE html>
        <html lang="en-US">
            <head>
                <title>"Texts"</title>
            </head>
            <body>
                <table>
                    <tbody>{(0..50).map(row).collect_view()}</tbody>
                </table>
            </body>
        </html>
    }
}
