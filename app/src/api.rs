//! Server functions: who, what, do, answer. Their endpoints are fixed, so that an open tab survives a new version.
//!
//! Each asks the same operation of `service` that webhooks, workers and plain forms ask.

pub mod error;

use domain::{
    client::{CaseView, ClientFormView, ClientList, ClientView},
    compose::{ComposerView, SendForm, Sent},
    host::HostView,
    ids::{ClientId, IncomingId, TextId},
    incoming::{IncomingForm, IncomingRow, UnmatchedView, Waiting},
    invitation::InvitationView,
    opt_outs::OptOutsView,
    quick_entry::QuickEntryTable,
    review::ReviewsView,
    setup::{Connection, NumberChoices, SetupView},
    staff::StaffTable,
    text::{StatusAnswer, TextRow, TextsView},
    unclear::UnclearView,
    when::When,
};
pub use error::ApiError;
use leptos::prelude::*;
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use domain::client_list::{ClientOrder, ClientsAsked, Whom};
#[cfg(feature = "ssr")]
use error::{anybody, who, who_of_host, words};

/// A page of the clients that match `query`, after the place `after`; `okay` and `sort` as the address says them.
#[server(endpoint = "load_clients", input = Json)]
pub async fn load_clients(
    query: String,
    okay: Option<String>,
    sort: Option<String>,
    after: Option<String>,
) -> Result<ClientList, ApiError> {
    let (service, actor) = who()?;
    let asked = ClientsAsked {
        query,
        whom: Whom::from_address(okay.as_deref()),
        order: ClientOrder::from_address(sort.as_deref()),
    };
    words(service.list_clients(&actor, asked, after.as_deref()).await)
}

/// A client with cases and consent.
#[server(endpoint = "load_client", input = Json)]
pub async fn load_client(id: ClientId) -> Result<ClientView, ApiError> {
    let (service, actor) = who()?;
    words(service.client(&actor, id).await)
}

/// What the form of a client shows; of a new one without `id`.
#[server(endpoint = "load_client_form", input = Json)]
pub async fn load_client_form(id: Option<ClientId>) -> Result<ClientFormView, ApiError> {
    let (service, actor) = who()?;
    words(service.client_form(&actor, id).await)
}

/// A case with its client.
#[server(endpoint = "load_case", input = Json)]
pub async fn load_case(number: String) -> Result<CaseView, ApiError> {
    let (service, actor) = who()?;
    words(service.case(&actor, &number).await)
}

/// The composer of a case for the person at the screen; `again`: with the words of this text of the case.
#[server(endpoint = "load_composer", input = Json)]
pub async fn load_composer(
    number: String,
    again: Option<TextId>,
) -> Result<ComposerView, ApiError> {
    let (service, actor) = who()?;
    words(service.composer(&actor, &number, again).await)
}

/// What became of a text that was just sent: for the box.
#[server(endpoint = "load_sent", input = Json)]
pub async fn load_sent(number: String, text: TextId) -> Result<Sent, ApiError> {
    let (service, actor) = who()?;
    words(service.sent(&actor, &number, text).await)
}

/// Keeps what is typed, for the author of the page alone, unless it was sent with this form's key already.
/// `None`: nothing is left to keep.
#[server(endpoint = "save_draft", input = Json)]
pub async fn save_draft(
    number: String,
    body: String,
    author: String,
    #[server(default)] key: String,
) -> Result<Option<When>, ApiError> {
    let (service, actor) = who()?;
    let saved = service.save_draft(&actor, &author, &key, &number, &body);
    words(saved.await)
}

/// Sends. The form's key makes one press one text, however often it arrives.
#[server(endpoint = "send_message", input = Json)]
pub async fn send_message(number: String, form: SendForm) -> Result<Sent, ApiError> {
    let (service, actor) = who()?;
    words(service.send(&actor, &number, form).await)
}

/// A page of a case's texts, newest first, before the place `before`.
#[server(endpoint = "load_texts", input = Json)]
pub async fn load_texts(number: String, before: Option<String>) -> Result<TextsView, ApiError> {
    let (service, actor) = who()?;
    words(service.texts(&actor, &number, before.as_deref()).await)
}

/// The rows of these texts as they are now: for live updates.
#[server(endpoint = "load_text_rows", input = Json)]
pub async fn load_text_rows(ids: Vec<TextId>) -> Result<Vec<TextRow>, ApiError> {
    let (service, actor) = who()?;
    words(service.text_rows(&actor, &ids).await)
}

/// Asks Twilio about one text now.
#[server(endpoint = "refresh_status", input = Json)]
pub async fn refresh_status(text: TextId) -> Result<StatusAnswer, ApiError> {
    let (service, actor) = who()?;
    words(service.refresh_status(&actor, text).await)
}

/// The table of quick entries.
#[server(endpoint = "load_quick_entries", input = Json)]
pub async fn load_quick_entries() -> Result<QuickEntryTable, ApiError> {
    let (service, actor) = who()?;
    words(service.quick_entries(&actor).await)
}

/// These texts that came in, as they are now: for live updates.
#[server(endpoint = "load_incoming_rows", input = Json)]
pub async fn load_incoming_rows(ids: Vec<IncomingId>) -> Result<Vec<IncomingRow>, ApiError> {
    let (service, actor) = who()?;
    words(service.incoming_rows(&actor, &ids).await)
}

/// A page of the texts of numbers that no client had, newest first, before the place `before`.
#[server(endpoint = "load_unmatched", input = Json)]
pub async fn load_unmatched(before: Option<String>) -> Result<UnmatchedView, ApiError> {
    let (service, actor) = who()?;
    words(service.unmatched(&actor, before.as_deref()).await)
}

/// The cards: texts that read as withdrawals.
#[server(endpoint = "load_reviews", input = Json)]
pub async fn load_reviews() -> Result<ReviewsView, ApiError> {
    let (service, actor) = who()?;
    words(service.reviews(&actor).await)
}

/// The texts of which nobody knows whether they went out.
#[server(endpoint = "load_unclear", input = Json)]
pub async fn load_unclear() -> Result<UnclearView, ApiError> {
    let (service, actor) = who()?;
    words(service.unclear(&actor).await)
}

/// How much waits for somebody to decide, and from which event on a page goes on that follows it.
#[server(endpoint = "load_waiting", input = Json)]
pub async fn load_waiting() -> Result<Waiting, ApiError> {
    let (service, actor) = who()?;
    words(service.waiting(&actor).await)
}

/// The opt-outs that the administrator is asked about.
#[server(endpoint = "load_opt_outs", input = Json)]
pub async fn load_opt_outs() -> Result<OptOutsView, ApiError> {
    let (service, actor) = who()?;
    words(service.opt_outs(&actor).await)
}

/// How incoming texts are handled.
#[server(endpoint = "load_incoming_setup", input = Json)]
pub async fn load_incoming_setup() -> Result<IncomingForm, ApiError> {
    let (service, actor) = who()?;
    words(service.incoming_setup(&actor).await)
}

/// Texting Setup, without its secrets.
#[server(endpoint = "load_setup", input = Json)]
pub async fn load_setup() -> Result<SetupView, ApiError> {
    let (service, actor) = who()?;
    words(service.setup(&actor).await)
}

/// The numbers of the organization's account, as Twilio has them now.
#[server(endpoint = "load_numbers", input = Json)]
pub async fn load_numbers() -> Result<NumberChoices, ApiError> {
    let (service, actor) = who()?;
    words(service.numbers(&actor).await)
}

/// What Twilio does now with what comes in for the organization's number.
#[server(endpoint = "load_connection", input = Json)]
pub async fn load_connection() -> Result<Connection, ApiError> {
    let (service, actor) = who()?;
    words(service.connection(&actor).await)
}

/// Staff and invitations.
#[server(endpoint = "load_staff", input = Json)]
pub async fn load_staff() -> Result<StaffTable, ApiError> {
    let (service, actor) = who()?;
    words(service.staff_table(&actor).await)
}

/// What a link leads to. Needs no session: whoever has the link was given it.
#[server(endpoint = "load_invitation", input = Json)]
pub async fn load_invitation(token: String) -> Result<InvitationView, ApiError> {
    let (service, from) = anybody()?;
    words(service.invitation(&token, from).await)
}

/// The organizations, for somebody of the host.
#[server(endpoint = "load_organizations", input = Json)]
pub async fn load_organizations() -> Result<HostView, ApiError> {
    let (service, host) = who_of_host()?;
    words(service.organizations(&host).await)
}
