//! The document around a page: Leptos renders what is in the body, and the head is written as text once that is there,
//! since only the page knows its title. WASM takes over from `<body>`. Everything is put together once: the framework's
//! own way copies a page four times more.

use crate::{
    App,
    components::markup::{Markup, markup},
    context::{Program, Session, Site},
    routes::is_composer,
};
use futures::{StreamExt, stream};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use leptos::{
    nonce::{provide_nonce, use_nonce},
    prelude::*,
};
use leptos_axum::ResponseOptions;
use leptos_integration_utils::{BoxedFnOnce, PinnedFuture, PinnedStream, build_response};
use leptos_router::location::RequestUrl;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that the head takes, about.
const HEAD: usize = 2048;
const END: &str = "</body></html>";

/// A page, ready to be sent.
pub struct Document {
    pub html: String,
    /// What the page said of itself: not found, for one.
    pub status: Option<StatusCode>,
    pub headers: HeaderMap,
}

/// The title of the document, told by the page while it is rendered.
#[derive(Clone, Default)]
pub(crate) struct Title(Arc<Mutex<String>>);

impl Title {
    pub fn tell(&self, title: &str) {
        title.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn told(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Renders the page of an address, with all that it loads. `provide` gives the contexts that it finds.
pub async fn document(
    asked: Parts,
    session: &Session,
    site: &Site,
    provide: impl FnOnce() + Send + 'static,
) -> Document {
    let address = asked.uri.path_and_query().map_or("/", |uri| uri.as_str());
    // The router wants a whole address; whose, it does not look at.
    let address = RequestUrl::new(&format!("http://page{address}"));
    let program = match is_composer(asked.uri.path()) {
        true => &site.composer,
        false => &site.pages,
    };
    let (title, said) = (Title::default(), ResponseOptions::default());
    let (telling, saying) = (title.clone(), said.clone());
    let contexts = move || {
        provide_context(address);
        provide_context(asked);
        provide_context(telling);
        provide_context(saying);
        provide_nonce();
        provide();
    };
    let (owner, rendered) = build_response(App, contexts, in_order, false);
    let body: Vec<String> = rendered.await.collect().await;
    let nonce = owner.with(use_nonce).map(|nonce| nonce.to_string());
    let nonce = nonce.unwrap_or_default();
    let theme = session.0.as_ref().and_then(|actor| actor.theme.as_deref());
    let room = HEAD + body.iter().map(String::len).sum::<usize>();
    let mut html = markup(room, |html| {
        html.raw("<!DOCTYPE html>");
        html.open(
            "html",
            &[("lang", "en-US"), ("data-theme", theme.unwrap_or_default())],
        );
        html.element("head", &[], |html| {
            head(html, site, program, &title.told(), &nonce)
        });
        html.open("body", &[]);
    });
    body.iter().for_each(|part| html.push_str(part));
    html.push_str(END);
    owner.unset_with_forced_cleanup();
    let mut said = said.0.write().unwrap_or_else(PoisonError::into_inner);
    let mut headers = std::mem::take(&mut said.headers);
    if let Some(policy) = policy(&nonce) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Document {
        html,
        status: said.status,
        headers,
    }
}

/// Waits for everything: first the page, then the data that it carries to the browser.
fn in_order<V: IntoView + 'static>(
    page: V,
    data: BoxedFnOnce<PinnedStream<String>>,
    _: bool,
) -> PinnedFuture<PinnedStream<String>> {
    Box::pin(async move {
        let mut parts: Vec<String> = page.to_html_stream_in_order().collect().await;
        parts.extend(data().collect::<Vec<String>>().await);
        Box::pin(stream::iter(parts)) as PinnedStream<String>
    })
}

fn head(html: &mut Markup, site: &Site, program: &Program, title: &str, nonce: &str) {
    html.open("meta", &[("charset", "utf-8")]);
    for (name, content) in [
        ("viewport", "width=device-width, initial-scale=1"),
        ("color-scheme", "light dark"),
        ("referrer", "same-origin"),
    ] {
        html.open("meta", &[("name", name), ("content", content)]);
    }
    html.open("link", &[("rel", "stylesheet"), ("href", &site.css)]);
    html.open(
        "link",
        &[
            ("rel", "icon"),
            ("href", &site.icon),
            ("type", "image/svg+xml"),
        ],
    );
    html.open("link", &[("rel", "modulepreload"), ("href", &program.js)]);
    let wasm = [
        ("rel", "preload"),
        ("href", &*program.wasm),
        ("as", "fetch"),
        ("type", "application/wasm"),
        ("crossorigin", "anonymous"),
    ];
    html.open("link", &wasm);
    html.words("title", &[], title);
    // The module starts by itself: no `strict-dynamic`, no `unsafe-inline`, only this nonce.
    html.element("script", &[("type", "module"), ("nonce", nonce)], |html| {
        html.text(&format!(
            "import start from '{}';await start({{module_or_path:'{}'}});",
            program.js, program.wasm
        ));
    });
}

/// The page's content security policy: nothing from elsewhere, no inline script without this page's nonce,
/// no inline style at all.
fn policy(nonce: &str) -> Option<HeaderValue> {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}
