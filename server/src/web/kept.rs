//! A text that somebody wrote while their session ended. It travels through "Sign in" in the page itself, sealed,
//! and becomes the draft of the same person again; for anybody else it does not open.

use super::{Web, forms::Posted, session};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;

/// Seals what was written, bound to the person whose session ended. `None`: nobody knows whose it was.
pub async fn seal(posted: &Posted) -> Option<String> {
    let token = session::token(&posted.web, &posted.headers)?;
    let path = posted.uri.path().to_owned();
    let body = posted
        .fields
        .iter()
        .find(|(name, _)| name == "body")
        .map(|(_, body)| body.clone())?;
    let sealed = posted
        .web
        .service
        .seal_for_owner(&token, &format!("{path}\n{body}"))
        .await
        .ok()??;
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

/// Makes what was sealed the draft of who just signed in, if it is theirs: the path of its composer.
pub async fn restore(web: &Web, token: &SecretString, kept: &str) -> Option<String> {
    use secrecy::ExposeSecret;
    let sealed = URL_SAFE_NO_PAD.decode(kept).ok()?;
    let actor = web.service.actor(token.expose_secret()).await.ok()??;
    let opened = web.service.open_for(&actor, &sealed)?;
    let (path, body) = opened.expose_secret().split_once('\n')?;
    let number = path.strip_prefix("/cases/")?.strip_suffix("/text")?;
    let number = percent_decoded(number);
    web.service.save_draft(&actor, &number, body).await.ok()?;
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
