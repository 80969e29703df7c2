//! The composer: what it shows, and the key that makes one press one text.

use crate::{Service, cases, error::OrProblem, zones};
use domain::{
    compose::{ComposerView, Draft},
    ids::{CaseId, FormKey, StaffId, TextId},
    problem::Problem,
    role::{Actor, Operation},
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
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
        let (file, last) = cases::find_with_last_texts(&mut tx, number).await?;
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
        let case = self.whole_case(&mut tx, actor, file, last).await?;
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
/// the same form have the same key, and a page that is only looked at writes nothing. Which text is the last is said
/// by the clock, which may have been set back since, and servers have a clock each: so a key that is spent leads on.
pub(crate) async fn next_key(
    tx: &mut Tx,
    staff: StaffId,
    case: CaseId,
) -> Result<FormKey, Problem> {
    let last = tx.last_text_of(staff, case).await.or_problem()?;
    let key = key_after(staff, case, last);
    if !tx.key_is_spent(key).await.or_problem()? {
        return Ok(key);
    }
    let spent = tx.spent_keys_of(staff, case).await.or_problem()?;
    let spent = spent.into_iter().collect();
    Ok(first_unspent(staff, case, last, spent))
}

/// Goes from text to text, each of which came with the key that follows from the one before, to the end.
fn first_unspent(
    staff: StaffId,
    case: CaseId,
    mut last: Option<TextId>,
    mut spent: HashMap<FormKey, TextId>,
) -> FormKey {
    loop {
        let key = key_after(staff, case, last);
        // Taken out, so that this ends whatever is stored.
        match spent.remove(&key) {
            Some(text) => last = Some(text),
            None => return key,
        }
    }
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

    #[test]
    fn from_whichever_text_one_begins_the_key_is_one_that_is_not_spent() {
        let (staff, case) = (StaffId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)));
        let mut spent = HashMap::new();
        let mut texts = vec![None];
        for n in 10..14 {
            let key = first_unspent(staff, case, None, spent.clone());
            let text = TextId(Uuid::from_u128(n));
            assert_eq!(spent.insert(key, text), None, "no key twice");
            texts.push(Some(text));
        }
        let next = key_after(staff, case, texts[4]);
        for text in texts {
            assert_eq!(first_unspent(staff, case, text, spent.clone()), next);
        }
    }
}
