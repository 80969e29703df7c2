//! The administrator's forms.

use super::Posted;
use axum::response::Response;
use domain::quick_entry::QuickEntryForm;

/// `POST /admin/setup/tables/quick-entries`
pub async fn quick_entries(posted: Posted) -> Response {
    let path = posted.uri.path().to_owned();
    let form: QuickEntryForm = posted.read();
    let done = match posted.actor() {
        Ok(actor) => posted.web.service.save_quick_entry(actor, form).await,
        Err(problem) => Err(problem),
    };
    posted.answer(done.map(|()| path)).await
}
