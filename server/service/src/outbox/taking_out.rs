//! Taking claimed texts out: it is asked once more whether each may go, and all that may are marked `posting` in one
//! transaction, committed before any of them leaves.

use crate::{
    Service,
    carrier::{Account, Outgoing},
    cases::is_set_up,
    error::OrProblem,
    news::News,
    setup::account_of,
    together::{Group, Shared, by_org},
    torture::{self, Guard},
};
use domain::{
    consent::{Facts, WhyNot, may_text},
    ids::{CaseId, OrgId, TextId},
    phone::Phone,
    problem::Problem,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Tx,
    rows::{Claimed, Leaving},
};

/// How long a text waits whose client is just being heard, in milliseconds.
const A_MOMENT: i64 = 250;

/// A text that is `posting`, with all that its sending takes.
pub(crate) type TakenOut = (Account, Outgoing, CaseId);

/// Texts that are about to leave.
struct TakingOut;

impl Shared for TakingOut {
    const NAME: &'static str = "posting";
    type Job = Claimed;
    type Answer = Option<TakenOut>;

    fn org(claim: &Claimed) -> OrgId {
        claim.org
    }

    async fn alone(
        service: &Service,
        tx: &mut Tx,
        claim: &Claimed,
    ) -> Result<(Option<TakenOut>, News), Problem> {
        let (mut taken, news) = service.take_out(tx, &[claim]).await?;
        Ok((taken.remove(&claim.text), news))
    }

    async fn together(
        service: &Service,
        group: &mut Group,
        claims: &[Claimed],
    ) -> Result<Vec<Option<TakenOut>>, Problem> {
        let mut answers: Vec<Option<TakenOut>> = vec![None; claims.len()];
        for (org, claims) in by_org(claims, Self::org) {
            let (places, claims): (Vec<usize>, Vec<&Claimed>) = claims.into_iter().unzip();
            let (mut taken, news) = service.take_out(group.of(org), &claims).await?;
            group.tell(org, news);
            for (n, claim) in places.into_iter().zip(claims) {
                answers[n] = taken.remove(&claim.text);
            }
        }
        Ok(answers)
    }
}

/// What an organization sends with.
struct Means {
    account: Account,
    from: Phone,
    status_callback: String,
}

impl Service {
    /// Takes a text out, together with others. `None`: it does not leave, or not by this worker.
    pub(super) async fn leaves(&self, claim: Claimed) -> Result<Option<TakenOut>, Problem> {
        self.share::<TakingOut>(&self.0.gathered.taken_out, claim)
            .await
    }

    /// The same without a commit: only where the harness shows what happens then.
    pub(super) async fn look_at(&self, claim: &Claimed) -> Result<Option<TakenOut>, Problem> {
        let mut tx = self.0.store.begin(claim.org).await.or_problem()?;
        let (mut taken, _) = self.take_out(&mut tx, &[claim]).await?;
        Ok(taken.remove(&claim.text))
    }

    /// Of claimed texts of one organization those that may leave, marked `posting`. The others are stopped, and say why.
    async fn take_out(
        &self,
        tx: &mut Tx,
        claims: &[&Claimed],
    ) -> Result<(BTreeMap<TextId, TakenOut>, News), Problem> {
        let ids: Vec<TextId> = claims.iter().map(|claim| claim.text).collect();
        let texts = tx.leaving(&ids).await.or_problem()?;
        let mut texts: BTreeMap<TextId, Leaving> =
            texts.into_iter().map(|text| (text.text, text)).collect();
        let (means, set_up) = self.means(tx).await?;
        let (mut news, mut ready, mut taken) = (News::default(), vec![], BTreeMap::new());
        for claim in claims {
            let text = texts.remove(&claim.text).ok_or(Problem::NotFound)?;
            news.texts.push((text.case, text.text));
            if !text.settled {
                self.put_back(tx, claim).await?;
                continue;
            }
            match (may_leave(&text, set_up), &means) {
                (Ok(()), Some(_)) => ready.push((text, claim.token)),
                (Ok(()), None) => self.stop(tx, claim, WhyNot::NotSetUp).await?,
                (Err(why), _) => self.stop(tx, claim, why).await?,
            }
        }
        let Some(means) = means.filter(|_| !ready.is_empty()) else {
            return Ok((taken, news));
        };
        let leaving: Vec<_> = ready
            .iter()
            .map(|(text, token)| (text.text, *token))
            .collect();
        let marked = tx.mark_all_posting(&leaving, &means.from, self.now());
        let marked: BTreeSet<TextId> = marked.await.or_problem()?.into_iter().collect();
        for (text, _) in ready {
            if !marked.contains(&text.text) && torture::holds(Guard::ClaimFence) {
                tracing::warn!(text = %text.text, "a claim was lost to another worker");
                continue;
            }
            let outgoing = Outgoing {
                from: means.from.clone(),
                to: text.to,
                body: text.body,
                status_callback: callback_for(&means.status_callback, text.text),
            };
            taken.insert(text.text, (means.account.clone(), outgoing, text.case));
        }
        Ok((taken, news))
    }

    /// A word of the number is being written; it may be STOP. It is asked again once that is written.
    async fn put_back(&self, tx: &mut Tx, claim: &Claimed) -> Result<(), Problem> {
        let now = self.now();
        let back = tx.back_to_waiting(claim.text, claim.token, now + A_MOMENT, "number_held", now);
        if !back.await.or_problem()? {
            tracing::warn!(text = %claim.text, "a claim was lost to another worker");
        }
        Ok(())
    }

    async fn stop(&self, tx: &mut Tx, claim: &Claimed, why: WhyNot) -> Result<(), Problem> {
        let stopped = tx.stop(claim.text, claim.token, why.as_str(), self.now());
        if !stopped.await.or_problem()? {
            tracing::warn!(text = %claim.text, "a claim was lost to another worker");
        }
        Ok(())
    }

    /// With what the organization sends, if all of it is there; and whether it was set up.
    async fn means(&self, tx: &mut Tx) -> Result<(Option<Means>, bool), Problem> {
        let setup = tx.setup().await.or_problem()?;
        let set_up = setup.as_ref().is_some_and(is_set_up);
        let account = account_of(&self.0.sealer, tx.org_id(), setup.as_ref());
        let means = setup.zip(account).and_then(|(setup, account)| {
            Some(Means {
                account,
                from: setup.number?,
                status_callback: setup.status_callback,
            })
        });
        Ok((means, set_up))
    }
}

/// Permission is for the number that the client has now; the text may have been written to another.
fn may_leave(text: &Leaving, set_up: bool) -> Result<(), WhyNot> {
    may_text(&Facts {
        number: text.phone.as_ref(),
        permitted: text.okay_phone.as_ref(),
        standing: text.standing,
        set_up,
    })?;
    match text.phone.as_ref() == Some(&text.to) {
        true => Ok(()),
        false => Err(WhyNot::NotOkay),
    }
}

/// The address that learns of this text's status: the organization's, with the text's id.
pub fn callback_for(status_callback: &str, text: TextId) -> String {
    let mark = if status_callback.contains('?') {
        '&'
    } else {
        '?'
    };
    format!("{status_callback}{mark}text={text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callback_names_its_text() {
        let id: TextId = "018f4e9a-0000-7000-8000-000000000001"
            .parse()
            .expect("an id");
        assert_eq!(
            callback_for("https://o.example/twilio/status", id),
            format!("https://o.example/twilio/status?text={id}")
        );
        assert_eq!(
            callback_for("https://o.example/s?a=b", id),
            format!("https://o.example/s?a=b&text={id}")
        );
    }
}
