//! The composer: what it shows, and the key that makes one press one text.

use crate::{Service, cases, error::OrProblem, zones};
use domain::{
    compose::{ComposerView, Draft},
    ids::{CaseId, FormKey, StaffId, TextId},
    problem::Problem,
    role::{Actor, Operation},
};
use sha2::{Digest, Sha256};
use store::Tx;
use uuid::Uuid;

impl Service {
    /// The composer of a case for one person: draft, quick entries, and the form's key; `again`: also the words of this
    /// text of the case.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub async fn composer(
        &self,
        actor: &Actor,
        number: &str,
        again: Option<TextId>,
    ) -> Result<ComposerView, Problem> {
        Self::allow(actor, Operation::SendTexts)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        let file = cases::find(&mut tx, number).await?;
        let (id, event) = (file.case.id, file.event);
        let max_parts = cases::parts_allowed(file.max_parts);
        let key = next_key(&mut tx, actor.staff, id).await?;
        let draft = tx.draft(actor.staff, id).await.or_problem()?;
        let again = match again {
            Some(text) => {
                let text = tx.text(text).await.or_problem()?;
                let text = text.filter(|text| text.case == id);
                Some(text.ok_or(Problem::NotFound)?.body)
            }
            None => None,
        };
        let now = self.now();
        let draft = draft.map(|(body, at)| Draft {
            body,
            saved: zones::when(at, &actor.zone, now),
        });
        let mut quick_entries = tx.quick_entries().await.or_problem()?;
        quick_entries.retain(|entry| !entry.archived);
        let case = self.whole_case(&mut tx, actor, file).await?;
        Ok(ComposerView {
            case,
            key,
            author: actor.author(),
            draft,
            again,
            quick_entries,
            max_parts,
            event,
        })
    }
}

/// The key of the next text of this person on this case. It follows from the last text, so that two tabs with
/// the same form have the same key, and a page that is only looked at writes nothing.
pub(crate) async fn next_key(
    tx: &mut Tx,
    staff: StaffId,
    case: CaseId,
) -> Result<FormKey, Problem> {
    let last = tx.last_text_of(staff, case).await.or_problem()?;
    Ok(key_after(staff, case, last))
}

fn key_after(staff: StaffId, case: CaseId, last: Option<TextId>) -> FormKey {
    let mut hash = Sha256::new();
    hash.update(staff.0.as_bytes());
    hash.update(case.0.as_bytes());
    hash.update(last.map(|text| *text.0.as_bytes()).unwrap_or_default());
    let digest: [u8; 32] = hash.finalize().into();
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    // Version 8: a UUID of our own making (RFC 9562, section 5.8).
    FormKey(uuid::Builder::from_custom_bytes(first).into_uuid())
}

/// Reads a form's key.
pub(crate) fn read_key(typed: &str) -> Option<FormKey> {
    Uuid::parse_str(typed).ok().map(FormKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_form_has_the_same_key_until_something_was_sent() {
        let (staff, case) = (StaffId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)));
        let sent = Some(TextId(Uuid::from_u128(3)));
        assert_eq!(key_after(staff, case, None), key_after(staff, case, None));
        assert_ne!(key_after(staff, case, None), key_after(staff, case, sent));
        assert_ne!(
            key_after(staff, case, sent),
            key_after(StaffId(Uuid::from_u128(9)), case, sent)
        );
    }
}
