//! A text that somebody wrote while their session ended. It travels through "Sign in" in the page itself, sealed,
//! and becomes the draft of the same person again; for anybody else it does not open.

use super::{Web, forms::Posted, session};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::ids::FormKey;
use secrecy::SecretString;
use service::drafts;

/// Seals what was written, bound to its author. `None`: nobody knows whose it is, or no draft could hold it.
pub async fn seal(posted: &Posted) -> Option<String> {
    let token = session::token(&posted.web, &posted.headers);
    let page_says = posted.value("author").parse().ok();
    let service = &posted.web.service;
    let owner = service.owner_of(page_says, token.as_deref()).await.ok()??;
    let (path, body) = (posted.uri.path(), posted.value("body"));
    // What no draft can hold could not be given back.
    if body.chars().count() > drafts::DRAFT {
        return None;
    }
    // With the form's key, since it may have been sent before, and the answer lost.
    let key: Option<FormKey> = posted.value("key").parse().ok();
    let key = key.map(|key| format!("?{key}")).unwrap_or_default();
    let sealed = service.seal_for(owner, &format!("{path}{key}\n{body}"));
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

/// Makes what was sealed the draft of who just signed in, if it is theirs: the path of its composer.
pub async fn restore(web: &Web, token: &SecretString, kept: &str) -> Option<String> {
    use secrecy::ExposeSecret;
    let sealed = URL_SAFE_NO_PAD.decode(kept).ok()?;
    let (actor, _) = web.service.arrive(token.expose_secret()).await.ok()??;
    let opened = web.service.open_for(&actor, &sealed)?;
    let (address, body) = opened.expose_secret().split_once('\n')?;
    let (path, key) = address.split_once('?').unwrap_or((address, ""));
    let number = path.strip_prefix("/cases/")?.strip_suffix("/text")?;
    let number = percent_decoded(number);
    let author = actor.author().to_string();
    let saved = web.service.save_draft(&actor, &author, key, &number, body);
    saved.await.ok()?;
    Some(path.to_owned())
}

fn percent_decoded(text: &str) -> String {
    // A path has no plus signs for blanks; the form decoder would make blanks of them.
    let text = text.replace('+', "%2B");
    url::form_urlencoded::parse(format!("x={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
