//! Asking a number's addresses what to do: first the one, and when it fails the fallback.

use super::{Line, Post};
use crate::post::Request;
use crate::twiml::Response;
use crate::{Shared, clock};

/// Nobody answered, or with an error. Source: twilio.com/docs/api/errors/11200.
pub(super) const NO_ANSWER: u32 = 11200;
/// The answer is no TwiML. Source: twilio.com/docs/api/errors/12100.
const NO_TWIML: u32 = 12100;

/// What is asked.
pub(super) struct Hook<'a> {
    pub line: &'a Line,
    pub what: &'static str,
    pub sid: &'a str,
    pub phone: &'a str,
    pub params: Vec<(String, String)>,
}

/// An address and its method.
pub(super) type Address<'a> = (Option<&'a str>, Option<&'a str>);

/// What came of asking.
#[derive(Default)]
pub(super) struct Asked {
    pub posts: Vec<Post>,
    pub answer: Option<(String, Response)>,
    pub error_code: Option<u32>,
}

impl Hook<'_> {
    /// Asks; each request is written down.
    pub async fn ask(mut self, shared: &Shared, addresses: [Address<'_>; 2]) -> Asked {
        let mut asked = Asked::default();
        for (url, method) in addresses {
            let Some(url) = url else { continue };
            let method = method.unwrap_or("POST");
            let result = self.once(shared, url, method, &mut asked.posts).await;
            match result {
                Ok(answer) => {
                    asked.answer = Some(answer);
                    break;
                }
                Err(code) => {
                    asked.error_code = asked.error_code.or(Some(code));
                    self.tell_fallback(code, url);
                }
            }
        }
        asked
    }

    async fn once(
        &self,
        shared: &Shared,
        url: &str,
        method: &str,
        posts: &mut Vec<Post>,
    ) -> Result<(String, Response), u32> {
        let at = format!("{:.3}", clock::now());
        let request = Request {
            url,
            method,
            token: &self.line.token,
            params: &self.params,
        };
        let answer = request.send(shared).await;
        let status = answer.as_ref().map(|answer| answer.status);
        let result = match answer {
            Some(answer) if (200..300).contains(&answer.status) => {
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                let read = Response::read(&answer.body);
                read.map(|read| (text, read)).ok_or(NO_TWIML)
            }
            _ => Err(NO_ANSWER),
        };
        let post = Post {
            at,
            sid: self.sid.to_owned(),
            phone: self.phone.to_owned(),
            what: self.what,
            method: method.to_owned(),
            url: url.to_owned(),
            params: self.params.clone(),
            status,
            error_code: result.as_ref().err().copied(),
        };
        shared.state().posts.push(post.clone());
        posts.push(post);
        shared.changed();
        result
    }

    fn tell_fallback(&mut self, code: u32, url: &str) {
        let told = [
            ("ErrorCode", code.to_string()),
            ("ErrorUrl", url.to_owned()),
        ];
        let told = told.map(|(name, value)| (name.to_owned(), value));
        self.params.extend(told);
    }
}
