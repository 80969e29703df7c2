//! Questions, and changes that may be repeated without harm.

use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use super::answer::{BODY_LIMIT, LIST_LIMIT, NoAnswer, ask};
use super::{ApiError, Client, Credentials, MessageFilter, NumberUpdate};
use crate::sid;
use crate::wire::{
    Account, Balance, IncomingPhoneNumber, IncomingPhoneNumberPage, Message, MessagePage,
};

impl Client {
    /// One text by its SID, as Twilio has it now.
    pub async fn fetch_message(
        &self,
        credentials: &Credentials,
        sid: &str,
    ) -> Result<Message, ApiError> {
        known(sid::is_message(sid), "a message")?;
        let url = self.url(credentials, &["Messages", &format!("{sid}.json")]);
        self.read(self.reading.get(url), credentials).await
    }

    /// The first page of texts, newest first; `page_size` from 1 to 1000.
    pub async fn list_messages(
        &self,
        credentials: &Credentials,
        filter: &MessageFilter,
        page_size: u32,
    ) -> Result<MessagePage, ApiError> {
        let url = self.url(credentials, &["Messages.json"]);
        let request = self.reading.get(url).query(&filter.params(page_size));
        self.read_list(request, credentials).await
    }

    /// The page after this one, or `None` after the last.
    ///
    /// Only the query of the given address is used, so an answer can't send the credentials anywhere else.
    pub async fn next_messages(
        &self,
        credentials: &Credentials,
        page: &MessagePage,
    ) -> Result<Option<MessagePage>, ApiError> {
        let Some(next) = &page.page.next_page_uri else {
            return Ok(None);
        };
        let mut url = self.url(credentials, &["Messages.json"]);
        url.set_query(next.split_once('?').map(|(_, query)| query));
        self.read_list(self.reading.get(url), credentials)
            .await
            .map(Some)
    }

    /// Has Twilio forget the body of a text.
    pub async fn redact_message(
        &self,
        credentials: &Credentials,
        sid: &str,
    ) -> Result<Message, ApiError> {
        known(sid::is_message(sid), "a message")?;
        let url = self.url(credentials, &["Messages", &format!("{sid}.json")]);
        let request = self.writing.post(url).form(&[("Body", "")]);
        self.read(request, credentials).await
    }

    /// The account itself: proves the credentials and tells trial from full.
    pub async fn fetch_account(&self, credentials: &Credentials) -> Result<Account, ApiError> {
        let request = self.reading.get(self.url(credentials, &[]));
        self.read(request, credentials).await
    }

    /// As [`Client::fetch_account`], with Twilio's own time when it answered, in milliseconds UTC, if it told.
    pub async fn fetch_account_and_time(
        &self,
        credentials: &Credentials,
    ) -> Result<(Account, Option<i64>), ApiError> {
        let request = self.reading.get(self.url(credentials, &[]));
        self.read_dated(request, credentials, BODY_LIMIT).await
    }

    /// What is left on the account.
    pub async fn balance(&self, credentials: &Credentials) -> Result<Balance, ApiError> {
        let url = self.url(credentials, &["Balance.json"]);
        self.read(self.reading.get(url), credentials).await
    }

    /// The account's phone numbers (the first thousand), or the one with this number (E.164).
    pub async fn incoming_numbers(
        &self,
        credentials: &Credentials,
        phone_number: Option<&str>,
    ) -> Result<Vec<IncomingPhoneNumber>, ApiError> {
        let mut query = vec![("PageSize", "1000")];
        query.extend(phone_number.map(|number| ("PhoneNumber", number)));
        let url = self.url(credentials, &["IncomingPhoneNumbers.json"]);
        let page: IncomingPhoneNumberPage = self
            .read_list(self.reading.get(url).query(&query), credentials)
            .await?;
        Ok(page.incoming_phone_numbers)
    }

    /// Changes the addresses that Twilio calls for a number; answers with the number as it is then.
    pub async fn update_number(
        &self,
        credentials: &Credentials,
        sid: &str,
        update: &NumberUpdate,
    ) -> Result<IncomingPhoneNumber, ApiError> {
        known(sid::is_phone_number(sid), "a phone number")?;
        let url = self.url(
            credentials,
            &["IncomingPhoneNumbers", &format!("{sid}.json")],
        );
        let request = self.writing.post(url).form(&update.params());
        self.read(request, credentials).await
    }
}

/// Keeps anything that is no SID out of the address.
fn known(right: bool, what: &str) -> Result<(), ApiError> {
    if right {
        Ok(())
    } else {
        Err(ApiError::Unclear(format!(
            "not asked: this is not the SID of {what}"
        )))
    }
}

impl Client {
    async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        credentials: &Credentials,
    ) -> Result<T, ApiError> {
        self.read_dated(request, credentials, BODY_LIMIT)
            .await
            .map(|(value, _)| value)
    }

    async fn read_list<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        credentials: &Credentials,
    ) -> Result<T, ApiError> {
        self.read_dated(request, credentials, LIST_LIMIT)
            .await
            .map(|(value, _)| value)
    }

    async fn read_dated<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        credentials: &Credentials,
        limit: usize,
    ) -> Result<(T, Option<i64>), ApiError> {
        let answer = ask(request, credentials, &self.heard, limit)
            .await
            .map_err(|error| match error {
                NoAnswer::NotReached(why) => ApiError::NotReached(why),
                NoAnswer::Unclear(why) => ApiError::Unclear(why),
            })?;
        let status = answer.status;
        if (200..300).contains(&status) {
            let value = serde_json::from_slice(&answer.body).map_err(|error| {
                ApiError::Unclear(format!(
                    "HTTP {status}, unreadable ({:?} error)",
                    error.classify()
                ))
            })?;
            return Ok((value, answer.date));
        }
        match serde_json::from_slice(&answer.body) {
            Ok(error) => Err(ApiError::Refused { status, error }),
            Err(_) => Err(ApiError::Unclear(format!(
                "HTTP {status} with no code of Twilio's"
            ))),
        }
    }
}
