//! After the database moved to another server, which may lack what was done last: what waits is compared with Twilio's
//! list before anything leaves. What is found in it went out; what is not goes on waiting, and leaves. Of what stays
//! unclear staff are asked, as of any other text.

use super::{LITTLE, missed, unknown::listed_report};
use crate::{
    Service,
    carrier::{Asked, Listed, Unanswered},
    error::OrProblem,
    news::News,
    setup::account_of,
};
use domain::{
    failover::{self, Compared},
    halt::Reason,
    problem::Problem,
    unclear::{Candidate, ListSaid},
};
use futures::future::join_all;
use std::collections::{HashMap, HashSet};
use store::{
    Tx,
    rows::{Comparison, InQuestion},
};

/// Organizations at a time: their lists are read beside each other.
const AT_ONCE: i64 = 10;
/// How long until a comparison that did not come to an end is begun again, in milliseconds.
const AGAIN: i64 = 60_000;

impl Service {
    /// Compares for the organizations whose turn it is, and lets their queues go on.
    pub(super) async fn compare_after_failover(&self) -> Result<(), Problem> {
        let now = self.now();
        let due = self.0.store.due_comparisons(now, AT_ONCE).await;
        let all = due.or_problem()?;
        let ended = join_all(all.into_iter().map(|of| self.compare(of, now))).await;
        ended.into_iter().collect()
    }

    async fn compare(&self, of: Comparison, now: i64) -> Result<(), Problem> {
        let taken = self.0.store.take_comparison(of, now, now + AGAIN).await;
        if !taken.or_problem()? {
            return Ok(());
        }
        match self.list_of(of).await? {
            Ok(listed) => self.settle(of, Some(&listed)).await,
            Err(why) if failover::gives_up(of.moved, now) => {
                tracing::error!(org = %of.org, %why, "Twilio's list could not be had: staff are asked what went out");
                self.settle(of, None).await
            }
            Err(why) => {
                tracing::warn!(org = %of.org, %why, "Twilio's list could not be had, and texts wait; trying again");
                Ok(())
            }
        }
    }

    /// What Twilio's list has of this organization since anything that waits can have left.
    async fn list_of(&self, of: Comparison) -> Result<Result<Vec<Listed>, Unanswered>, Problem> {
        let mut tx = self.0.store.read(of.org).await.or_problem()?;
        let setup = tx.setup().await.or_problem()?;
        let waits = tx.in_question().await.or_problem()?;
        drop(tx);
        let account = account_of(&self.0.sealer, of.org, setup.as_ref());
        let Some((account, from)) = account.zip(setup.and_then(|setup| setup.number)) else {
            // Nothing can have left, and nothing can leave.
            return Ok(Ok(vec![]));
        };
        let waits = waits.iter().filter(|text| text.posting_at.is_none());
        let asked = Asked {
            to: None,
            from: Some(from),
            since: failover::since(of.moved, waits.map(|text| text.written_at)),
        };
        Ok(self.0.carrier.list(&account, &asked).await)
    }

    /// Ends a comparison, in one transaction with all that comes of it.
    async fn settle(&self, of: Comparison, listed: Option<&[Listed]>) -> Result<(), Problem> {
        let now = self.now();
        let mut tx = self.0.store.begin(of.org).await.or_problem()?;
        if !tx.hold_comparison(of).await.or_problem()? {
            return Ok(());
        }
        let mut texts = tx.in_question().await.or_problem()?;
        // A text in the list is rather one that waits, and would leave again, than one of which staff are asked anyway.
        texts.sort_by_key(|text| text.posting_at.is_some());
        let mut news = News {
            office: true,
            ..News::default()
        };
        match listed {
            Some(listed) => self.heed_list(&mut tx, &texts, listed, &mut news).await?,
            None => {
                let before = |text: &&InQuestion| text.written_at <= of.moved;
                for text in texts.iter().filter(before) {
                    doubt(&mut tx, text, None, now, &mut news).await?;
                }
            }
        }
        tx.lift_halt(Reason::Failover).await.or_problem()?;
        // What clients wrote just before the move Twilio will not bring again: by then it is old enough to be taken.
        let read_at = of.moved + missed::YOUNG + LITTLE;
        tx.list_at(read_at).await.or_problem()?;
        let events = self.write_news(&mut tx, news).await?;
        tx.commit().await.or_problem()?;
        tracing::info!(org = %of.org, "texts were compared with Twilio's list: the queue goes on");
        self.ring(of.org, events);
        self.0.wake.notify_one();
        Ok(())
    }

    async fn heed_list(
        &self,
        tx: &mut Tx,
        texts: &[InQuestion],
        listed: &[Listed],
        news: &mut News,
    ) -> Result<(), Problem> {
        let sent: Vec<&Listed> = listed.iter().filter(|one| !one.incoming).collect();
        let mut taken = known(tx, &sent).await?;
        let mut to_number: HashMap<&str, Vec<Candidate<'_>>> = HashMap::new();
        for one in &sent {
            let candidate = Candidate {
                sid: &one.word.sid,
                body: &one.body,
                at: one.at,
            };
            to_number.entry(&one.to).or_default().push(candidate);
        }
        let words: HashMap<&str, &Listed> = sent
            .iter()
            .map(|one| (one.word.sid.as_str(), *one))
            .collect();
        for text in texts {
            let list = to_number
                .get(text.to.as_str())
                .map_or(&[][..], Vec::as_slice);
            let from = text.posting_at.unwrap_or(text.written_at);
            let compared = failover::compare(&text.body, from, list, |sid| taken.contains(sid));
            match compared {
                Compared::WentOut(sid) => {
                    taken.insert(sid.to_owned());
                    if let Some(one) = words.get(sid) {
                        let report = listed_report(text.text, one.word.clone());
                        news.add(self.apply(tx, text.text, &report).await?);
                    }
                }
                Compared::Alike => {
                    doubt(tx, text, Some(ListSaid::Alike), self.now(), news).await?;
                }
                Compared::NotThere => {}
            }
        }
        let lacking = sent.iter().filter(|one| !taken.contains(&one.word.sid));
        let lacking = lacking.count();
        if lacking > 0 {
            tracing::warn!(org = %tx.org_id(), texts = lacking, "Twilio has texts that this database lacks since it moved");
        }
        Ok(())
    }
}

/// Which of these Sids are known here, by texts or by test texts.
async fn known(tx: &mut Tx, sent: &[&Listed]) -> Result<HashSet<String>, Problem> {
    let sids: Vec<&str> = sent.iter().map(|one| one.word.sid.as_str()).collect();
    let of_texts = tx.texts_by_sids(&sids).await.or_problem()?;
    let mut known: HashSet<String> = of_texts
        .into_iter()
        .filter_map(|(n, _)| sids.get(n).map(|sid| (*sid).to_owned()))
        .collect();
    for sid in sids {
        if !known.contains(sid) && tx.sid_is_taken(sid).await.or_problem()? {
            known.insert(sid.to_owned());
        }
    }
    Ok(known)
}

/// Nobody knows of a text that waits whether it went out. Of one that was handed over nobody did before.
async fn doubt(
    tx: &mut Tx,
    text: &InQuestion,
    said: Option<ListSaid>,
    now: i64,
    news: &mut News,
) -> Result<(), Problem> {
    if text.posting_at.is_none() && tx.doubt(text.text, said, now).await.or_problem()? {
        tracing::warn!(text = %text.text, "whether a text went out before the database moved is not known");
        news.texts.push((text.case, text.text));
    }
    Ok(())
}
