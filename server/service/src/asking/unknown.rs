//! Texts of which nobody knows whether Twilio has them are looked for in Twilio's list. What is found climbs like any
//! other; what is not is never sent again by itself: after a while staff are asked.

use super::{BUSY, Rests};
use crate::{
    Service,
    carrier::{Account, Asked, Listed, Unanswered, Word},
    error::OrProblem,
    news::News,
    reports::Report,
    setup::account_of,
};
use domain::{
    ids::TextId,
    phone::Phone,
    problem::Problem,
    status::{Source, Status},
    unclear::{self, Candidate, ListSaid},
};
use store::rows::{TextRecord, Unresolved};

/// So many are looked for at once; the others a second later.
const AT_ONCE: i64 = 10;
/// A look takes no longer than this, in milliseconds: until then nobody else takes it up.
const LONGEST: i64 = 60_000;

/// What is needed to look.
struct Looked {
    text: TextRecord,
    account: Account,
    from: Phone,
}

impl Service {
    /// Looks for what is due, and puts before staff what nobody could clear up in time.
    pub(super) async fn look_for_unknown(&self, rests: &mut Rests) -> Result<(), Problem> {
        let now = self.now();
        let due = self.0.store.take_looks(now, now + LONGEST, AT_ONCE);
        for unknown in due.await.or_problem()? {
            // Whose account rests is looked for when it was taken up the next time.
            if !rests.is_resting(unknown.org, now) {
                self.look_for(&unknown, rests).await?;
            }
        }
        let asked = self.0.store.ask_staff(now, now - unclear::GRACE);
        for org in asked.await.or_problem()? {
            let tx = self.0.store.begin(org).await.or_problem()?;
            let news = News {
                office: true,
                ..News::default()
            };
            self.conclude(tx, news).await?;
        }
        Ok(())
    }

    async fn look_for(&self, unknown: &Unresolved, rests: &mut Rests) -> Result<(), Problem> {
        let Some(looked) = self.looked_for(unknown).await? else {
            return self.keep_look(unknown, ListSaid::Nothing).await;
        };
        let asked = Asked {
            to: Some(looked.text.to.clone()),
            from: Some(looked.from.clone()),
            since: unknown.posting_at - unclear::SLACK,
        };
        let said = match self.0.carrier.list(&looked.account, &asked).await {
            Ok(listed) => match self.find(unknown, &looked.text, listed).await? {
                Some(word) => return self.is_there(unknown, word).await,
                None => ListSaid::NotThere,
            },
            Err(Unanswered::Silent(why)) => {
                tracing::warn!(text = %unknown.text, why, "Twilio's list could not be had");
                ListSaid::Nothing
            }
            Err(Unanswered::Refused { code: BUSY }) => {
                rests.rest(unknown.org, self.now());
                ListSaid::Nothing
            }
            Err(_) => ListSaid::Nothing,
        };
        self.keep_look(unknown, said).await
    }

    async fn looked_for(&self, unknown: &Unresolved) -> Result<Option<Looked>, Problem> {
        let mut tx = self.0.store.read(unknown.org).await.or_problem()?;
        let text = tx.text(unknown.text).await.or_problem()?;
        let setup = tx.setup().await.or_problem()?;
        let account = account_of(&self.0.sealer, unknown.org, setup.as_ref());
        let from = unknown.from.as_deref().and_then(Phone::from_e164);
        let from = from.or_else(|| setup.and_then(|setup| setup.number));
        Ok(text
            .zip(account)
            .zip(from)
            .map(|((text, account), from)| Looked {
                text,
                account,
                from,
            }))
    }

    async fn find(
        &self,
        unknown: &Unresolved,
        text: &TextRecord,
        listed: Vec<Listed>,
    ) -> Result<Option<Word>, Problem> {
        let mut tx = self.0.store.read(unknown.org).await.or_problem()?;
        let mut taken = vec![];
        for one in listed.iter().filter(|one| one.body.ends_with(&text.body)) {
            if one.incoming || tx.sid_is_taken(&one.word.sid).await.or_problem()? {
                taken.push(one.word.sid.clone());
            }
        }
        let candidates = listed.iter().map(|one| Candidate {
            sid: &one.word.sid,
            body: &one.body,
            at: one.at,
        });
        let posted = unknown.posting_at;
        let when = (posted, unclear::latest(posted, text.created_at));
        let found = unclear::find(&text.body, when, candidates, |sid| {
            taken.iter().any(|taken| taken == sid)
        });
        let found = found.map(str::to_owned);
        Ok(found.and_then(|sid| {
            let mut words = listed.into_iter().map(|one| one.word);
            words.find(|word| word.sid == sid)
        }))
    }

    async fn is_there(&self, unknown: &Unresolved, word: Word) -> Result<(), Problem> {
        let report = listed_report(unknown.text, word);
        self.apply_report(unknown.org, unknown.text, &report).await
    }

    async fn keep_look(&self, unknown: &Unresolved, said: ListSaid) -> Result<(), Problem> {
        let now = self.now();
        let next = unclear::next_look(unknown.posting_at, now);
        let mut tx = self.0.store.begin(unknown.org).await.or_problem()?;
        let (text, posted) = (unknown.text, unknown.posting_at);
        let kept = tx.keep_look(text, posted, now, said.as_str(), next).await;
        kept.or_problem()?;
        tx.commit().await.or_problem()
    }
}

/// Twilio has the text. A status that is new to us still means that it does.
pub(super) fn listed_report(text: TextId, mut word: Word) -> Report {
    tracing::info!(%text, "Twilio's list has a text of which nobody knew");
    if Status::from_twilio(&word.status).is_none() {
        word.status = Status::Accepted.as_str().into();
    }
    Report::of(word, Source::Fetch)
}
