//! The site's files, embedded; a debug build reads them where they were built. The names that the manifest lists hold
//! hashes, so a browser keeps them for ever.

use app::context::{Program, Site};
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "$OKTEXT_SITE_DIR"]
struct Files;

/// The names of the files that pages need, as the build wrote them.
#[derive(Deserialize)]
struct Manifest {
    pages: Names,
    composer: Names,
    css: String,
}

#[derive(Clone, Deserialize)]
struct Names {
    js: String,
    wasm: String,
}

/// Without a manifest the files have the names that cargo-leptos gives them. It builds one program, which has the
/// composer too.
impl Default for Manifest {
    fn default() -> Self {
        let pages = Names {
            js: "oktext.js".into(),
            wasm: "oktext.wasm".into(),
        };
        Self {
            composer: pages.clone(),
            pages,
            css: "oktext.css".into(),
        }
    }
}

impl Names {
    fn at(&self) -> Program {
        Program {
            js: at(&self.js),
            wasm: at(&self.wasm),
        }
    }
}

const MANIFEST: &str = "pkg/manifest.json";

/// Where the pages find their files.
pub fn site(training: bool) -> Site {
    let manifest = Files::get(MANIFEST)
        .and_then(|file| serde_json::from_slice::<Manifest>(&file.data).ok())
        .unwrap_or_default();
    Site {
        pages: manifest.pages.at(),
        composer: manifest.composer.at(),
        css: at(&manifest.css),
        icon: "/favicon.svg".into(),
        training,
    }
}

fn at(name: &str) -> String {
    format!("/pkg/{name}")
}

/// `GET /pkg/{file}`
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let cache = match Files::get(MANIFEST) {
        Some(_) => "public, max-age=31536000, immutable",
        // What cargo-leptos builds keeps its name when it changes.
        None => "no-cache",
    };
    serve(&format!("pkg/{name}"), &headers, cache)
}

/// `GET /favicon.svg` and `GET /favicon.ico`, for which browsers ask unasked.
pub async fn icon(headers: HeaderMap) -> Response {
    serve("favicon.svg", &headers, "public, max-age=86400")
}

/// The best form of a file that the browser understands: Brotli, gzip, or as it is.
fn serve(path: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let kinds = [("br", ".br"), ("gzip", ".gz")];
    let packed = kinds
        .into_iter()
        .filter(|(kind, _)| {
            accepted
                .split(',')
                .any(|a| a.split(';').next().unwrap_or_default().trim() == *kind)
        })
        .find_map(|(kind, ending)| Some((Files::get(&format!("{path}{ending}"))?, Some(kind))));
    let Some((file, kind)) = packed.or_else(|| Some((Files::get(path)?, None))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(mime.as_ref()) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(kind) = kind {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(kind));
    }
    response
}
