//! The silhouettes of statuses and the few icons. No two statuses share an outline,
//! so that a column is read without color, in print and in forced colors.

use leptos::prelude::*;

/// Every symbol, once in a document. [`super::Icon`] shows one.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg class="hide" aria-hidden="true" focusable="false" inner_html=SYMBOLS></svg> }
}

/// Constant markup, written here: nothing typed by anybody reaches it.
const SYMBOLS: &str = concat!(
    r##"<symbol id="s-waiting" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor"/></symbol>"##,
    r##"<symbol id="s-later" viewBox="0 0 16 16"><path d="M10.5 1.6a6.6 6.6 0 1 0 4.2 9.3A5.6 5.6 0 0 1 10.5 1.6z"/></symbol>"##,
    r##"<symbol id="s-queued" viewBox="0 0 16 16"><path d="M2 3h12v2.2H2zM2 7h12v2.2H2zM2 11h12v2.2H2z"/></symbol>"##,
    r##"<symbol id="s-sent" viewBox="0 0 16 16"><path d="M1.5 7h8V3l5.5 5-5.5 5V9h-8z"/></symbol>"##,
    r##"<symbol id="s-delivered" viewBox="0 0 16 16"><path d="M2 8.6l4 4L14 3.6" fill="none" stroke="currentColor" stroke-width="2.6"/></symbol>"##,
    r##"<symbol id="s-failed" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" stroke-width="2.8"/></symbol>"##,
    r##"<symbol id="s-checking" viewBox="0 0 16 16"><circle cx="2.5" cy="8" r="2"/><circle cx="8" cy="8" r="2"/><circle cx="13.5" cy="8" r="2"/></symbol>"##,
    r##"<symbol id="s-stop" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M5 1h6l4 4v6l-4 4H5l-4-4V5zm-.8 5.9v2.2h7.6V6.9z"/></symbol>"##,
    r##"<symbol id="s-cancelled" viewBox="0 0 16 16"><path d="M3.6 12.4l8.8-8.8M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z" fill="none" stroke="currentColor"/></symbol>"##,
    r##"<symbol id="s-hourglass" viewBox="0 0 16 16"><path d="M2.5 1h11v1.8L9.3 8l4.2 5.2V15h-11v-1.8L6.7 8 2.5 2.8z"/></symbol>"##,
    r##"<symbol id="s-todo" viewBox="0 0 16 16"><path d="M2.5 2.5h11v11h-11z" fill="none" stroke="currentColor"/></symbol>"##,
    r##"<symbol id="s-in" viewBox="0 0 16 16"><path d="M8 1.5v8M4.2 6 8 9.8 11.8 6M2 10.5V14h12v-3.5" fill="none" stroke="currentColor"/></symbol>"##,
    r##"<symbol id="s-heed" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1l7.5 14H.5zM7 5.8h2v4.6H7zm0 5.8h2v1.8H7z"/></symbol>"##,
    r##"<symbol id="i-search" viewBox="0 0 16 16"><path d="M10.5 10.5 14.5 14.5M11.8 6.8a5 5 0 1 1-10 0 5 5 0 0 1 10 0z" fill="none" stroke="currentColor" stroke-width="1.8"/></symbol>"##,
    r##"<symbol id="i-down" viewBox="0 0 12 12"><path d="M1.5 4 6 8.5 10.5 4" fill="none" stroke="currentColor" stroke-width="1.8"/></symbol>"##,
    r##"<symbol id="i-sort" viewBox="0 0 10 10"><path d="M5 9 .8 3h8.4z"/></symbol>"##,
    r##"<symbol id="i-bands" viewBox="0 0 18 18"><path d="M0 1h18v4.4H0zM0 6.8h11v4.4H0zM0 12.6h15V17H0z"/></symbol>"##,
);
