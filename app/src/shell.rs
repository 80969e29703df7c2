//! The HTML around the pages: head, styles, and the start of WASM.

#[cfg(feature = "ssr")]
use crate::routes::is_composer;
use crate::{
    App,
    context::{Program, Site, session},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use std::sync::Arc;

/// The document. Only the server renders it; WASM takes over from `<body>`.
pub fn shell() -> impl IntoView {
    let site = expect_context::<Arc<Site>>();
    #[cfg(feature = "ssr")]
    protect();
    let theme = session().0.and_then(|actor| actor.theme);
    let program = program(&site);
    // The module starts by itself: no `strict-dynamic`, no `unsafe-inline`, only this nonce.
    let start = format!(
        "import start from '{}';await start({{module_or_path:'{}'}});",
        program.js, program.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang="en-US" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="referrer" content="same-origin" />
                <link rel="stylesheet" href=site.css.clone() />
                <link rel="icon" href=site.icon.clone() type="image/svg+xml" />
                <link rel="modulepreload" href=program.js.clone() />
                <link
                    rel="preload"
                    href=program.wasm.clone()
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                <MetaTags />
                <script type="module" nonce=use_nonce()>
                    {start}
                </script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The program of this page.
fn program(site: &Site) -> &Program {
    #[cfg(feature = "ssr")]
    if use_context::<http::request::Parts>().is_some_and(|asked| is_composer(asked.uri.path())) {
        return &site.composer;
    }
    &site.pages
}

/// The page's content security policy: nothing from elsewhere, no inline script without this page's nonce,
/// no inline style at all.
#[cfg(feature = "ssr")]
fn protect() {
    let (Some(nonce), Some(response)) =
        (use_nonce(), use_context::<leptos_axum::ResponseOptions>())
    else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}
