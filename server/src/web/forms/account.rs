//! Signing in and out, and the first administrator.

use super::{
    super::session::{HOST, cookie, inside, no_cookie, token},
    Posted,
};
use crate::web::kept;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use secrecy::SecretString;
use service::sign_in::SignedIn;

/// `POST /login`
pub async fn sign_in(posted: Posted) -> Response {
    match posted.web.service.sign_in(posted.read(), posted.from).await {
        Ok(SignedIn {
            token,
            of_host: true,
        }) => welcome(&posted, &token, HOST),
        Ok(SignedIn { token, .. }) => {
            let next = inside(posted.value("next"));
            let next = kept::restore(&posted.web, &token, posted.value("kept"))
                .await
                .unwrap_or(next);
            welcome(&posted, &token, &next)
        }
        Err(problem) => posted.answer(Err(problem)).await,
    }
}

/// `POST /first`
pub async fn first(posted: Posted) -> Response {
    match posted
        .web
        .service
        .create_first_admin(posted.read(), posted.from)
        .await
    {
        Ok(token) => welcome(&posted, &token, "/admin/setup"),
        Err(problem) => posted.answer(Err(problem)).await,
    }
}

/// `POST /logout`
pub async fn sign_out(posted: Posted) -> Response {
    if let Some(token) = token(&posted.web, &posted.headers)
        && let Err(problem) = posted.web.service.sign_out(&token).await
    {
        return posted.answer(Err(problem)).await;
    }
    (
        CookieJar::new().add(no_cookie(&posted.web)),
        Redirect::to("/login"),
    )
        .into_response()
}

/// Signs the browser in, and leads on.
pub fn welcome(posted: &Posted, token: &SecretString, next: &str) -> Response {
    (
        CookieJar::new().add(cookie(&posted.web, token)),
        Redirect::to(next),
    )
        .into_response()
}
