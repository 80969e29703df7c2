//! Texts that clients write: kept first and answered second, in one transaction. A repeated Sid is the same text with
//! the same answer.

mod at_once;
mod list;

use crate::{
    Service,
    error::OrProblem,
    news::News,
    permission::Reason,
    phones,
    together::{Group, Shared, rounds},
    torture, zones,
};
use domain::{
    calendar,
    consent::LiftCause,
    ids::{ClientId, IncomingId, OrgId, ReviewId},
    incoming::{self, Kind, Silence, WINDOW},
    phone::Phone,
    problem::Problem,
};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{
    Tx,
    rows::{NewIncoming, NewReview},
};

/// A text as Twilio brings it.
#[derive(Clone, Debug)]
pub struct Came {
    pub sid: String,
    pub from: String,
    pub to: String,
    /// As it came, readable or not.
    pub body: Vec<u8>,
    /// How many files Twilio says that there are.
    pub media_count: i64,
    pub media: Vec<Medium>,
    /// Twilio's own word on it, where it gives one.
    pub opt_out: Option<String>,
}

/// A file that came with a text. It stays at Twilio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Medium {
    pub url: String,
    #[serde(rename = "type")]
    pub content_type: String,
}

/// A text that came, read.
pub(crate) struct Read {
    came: Came,
    /// Where it came from, if that is a phone.
    phone: Option<Phone>,
    body: String,
    kind: Kind,
    rule: Option<&'static str>,
}

impl Read {
    fn of(came: Came) -> Self {
        let body = incoming::readable(&came.body);
        let (kind, rule) = incoming::read(&body, came.opt_out.as_deref());
        Self {
            phone: read_phone(&came.from),
            came,
            body,
            kind,
            rule,
        }
    }

    /// Where it came from, as it is stored.
    fn from(&self) -> &str {
        self.phone.as_ref().map_or(&self.came.from, Phone::as_str)
    }

    /// Addresses and types of its files, as JSON.
    fn media(&self) -> Result<String, Problem> {
        serde_json::to_string(&self.came.media).map_err(|_| Problem::Internal)
    }

    /// As it is stored.
    fn row<'a>(
        &'a self,
        id: IncomingId,
        said: Result<&'a str, Silence>,
        (media, clients): (&'a str, usize),
        late: bool,
        at: i64,
    ) -> NewIncoming<'a> {
        let came = &self.came;
        let altered = self.body.as_bytes() != came.body;
        NewIncoming {
            id,
            sid: &came.sid,
            from: self.from(),
            to: &came.to,
            body: &self.body,
            raw: altered.then_some(came.body.as_slice()),
            media_count: came.media_count,
            media,
            opt_out: came.opt_out.as_deref(),
            kind: self.kind,
            answer: said.ok(),
            silence: said.err(),
            late,
            clients: i64::try_from(clients).unwrap_or(i64::MAX),
            at,
        }
    }
}

/// Numbers are compared in E.164, however they are written.
fn read_phone(from: &str) -> Option<Phone> {
    Phone::from_e164(from.trim()).or_else(|| phones::parse(from).ok().flatten())
}

/// A text whose signature was checked.
pub(crate) struct Texted {
    org: OrgId,
    read: Read,
}

/// Texts that arrive together.
pub(crate) struct Incoming;

impl Shared for Incoming {
    const NAME: &'static str = "text";
    type Job = Texted;
    type Answer = Option<String>;

    fn org(texted: &Texted) -> OrgId {
        texted.org
    }

    async fn alone(
        service: &Service,
        tx: &mut Tx,
        texted: &Texted,
    ) -> Result<(Option<String>, News), Problem> {
        service.take(tx, &texted.read, None).await
    }

    /// Words for people in a few statements for all of an organization; what blocks, lifts or withdraws one after
    /// another.
    async fn together(
        service: &Service,
        group: &mut Group,
        jobs: &[Texted],
    ) -> Result<Vec<Option<String>>, Problem> {
        let numbers = jobs
            .iter()
            .filter_map(|one| Some((one.org, one.read.phone.as_ref()?)));
        group.many.hold_numbers(numbers).await.or_problem()?;
        let mut answers: Vec<Option<String>> = vec![None; jobs.len()];
        let mut plain: BTreeMap<OrgId, Vec<(usize, &Read)>> = BTreeMap::new();
        for (n, one) in jobs.iter().enumerate() {
            if at_once::is_plain(&one.read) {
                plain.entry(one.org).or_default().push((n, &one.read));
                continue;
            }
            let (answer, news) = Self::alone(service, group.of(one.org), one).await?;
            group.tell(one.org, news);
            answers[n] = answer;
        }
        for (org, texts) in plain {
            // How often a number was answered decides on its next text: so one after the other.
            let keys =
                |(_, read): &(usize, &Read)| vec![read.came.sid.clone(), read.from().to_owned()];
            for round in rounds(texts, keys) {
                let (places, reads): (Vec<usize>, Vec<&Read>) = round.into_iter().unzip();
                let (said, news) = service.take_all(group.of(org), &reads).await?;
                group.tell(org, news);
                for (n, answer) in places.into_iter().zip(said) {
                    answers[n] = answer;
                }
            }
        }
        Ok(answers)
    }
}

impl Service {
    /// Takes a text whose signature was checked, and answers what goes back: `None` is an empty answer. Those that arrive
    /// together share a transaction.
    ///
    /// # Errors
    /// The database cannot be reached: nothing is kept, and Twilio must be told so.
    pub async fn take_text(&self, org: OrgId, came: Came) -> Result<Option<String>, Problem> {
        let read = self.read(came);
        let texted = Texted { org, read };
        let said = self
            .share::<Incoming>(&self.0.gathered.incoming, texted)
            .await;
        torture::point("after_webhook_commit").await;
        said
    }

    /// Takes a text that Twilio could not bring, and that arrived there at `at`. It is heeded, and not answered.
    pub(crate) async fn take_late(&self, org: OrgId, came: Came, at: i64) -> Result<(), Problem> {
        let read = self.read(came);
        let mut tx = self.0.store.begin(org).await.or_problem()?;
        let (_, news) = self.take(&mut tx, &read, Some(at)).await?;
        self.conclude(tx, news).await?;
        torture::point("after_webhook_commit").await;
        Ok(())
    }

    fn read(&self, mut came: Came) -> Read {
        came.sid = torture::known_by(came.sid, self.0.clock.id());
        Read::of(came)
    }

    /// `late`: when it arrived, if Twilio did not bring it itself.
    async fn take(
        &self,
        tx: &mut Tx,
        read: &Read,
        late: Option<i64>,
    ) -> Result<(Option<String>, News), Problem> {
        let holders = match &read.phone {
            Some(phone) => {
                tx.hold_number(phone).await.or_problem()?;
                tx.holders(phone).await.or_problem()?
            }
            None => vec![],
        };
        let said = match late {
            None => self.answer_to(tx, read).await?,
            Some(_) => Err(Silence::Late),
        };
        let id = IncomingId(self.0.clock.id());
        let holders: Vec<ClientId> = holders.iter().map(|holder| holder.id).collect();
        let kept = self.keep_incoming(tx, id, read, &said, late, &holders);
        if !kept.await? {
            return Ok((Self::came_again(tx, read).await?, News::default()));
        }
        let mut news = News {
            incoming: vec![(id, holders)],
            ..News::default()
        };
        if self.still_counts(tx, read, late).await? {
            self.heed(tx, id, read, late, &mut news).await?;
        }
        Ok((said.ok(), news))
    }

    /// A word that blocks or lifts and that arrived late counts only where the number sent no later one.
    async fn still_counts(
        &self,
        tx: &mut Tx,
        read: &Read,
        late: Option<i64>,
    ) -> Result<bool, Problem> {
        match late {
            Some(at) if matches!(read.kind, Kind::Stop | Kind::Start) => {
                let later = tx.has_later_keyword(read.from(), at).await.or_problem()?;
                Ok(!later)
            }
            _ => Ok(true),
        }
    }

    /// The answer, or why there is none.
    async fn answer_to(
        &self,
        tx: &mut Tx,
        read: &Read,
    ) -> Result<Result<String, Silence>, Problem> {
        let since = self.now() - WINDOW;
        let Some(setup) = tx.answering(read.from(), since).await.or_problem()? else {
            return Ok(Err(Silence::NothingToSay));
        };
        let said = incoming::answer(read.kind, &setup.text_response, setup.before, setup.limit);
        Ok(said.map(str::to_owned))
    }

    /// `false`: its Sid came before.
    async fn keep_incoming(
        &self,
        tx: &mut Tx,
        id: IncomingId,
        read: &Read,
        said: &Result<String, Silence>,
        late: Option<i64>,
        holders: &[ClientId],
    ) -> Result<bool, Problem> {
        let at = late.unwrap_or_else(|| self.now());
        let media = read.media()?;
        let new = read.row(
            id,
            said.as_deref().map_err(|silence| *silence),
            (&media, holders.len()),
            late.is_some(),
            at,
        );
        if !tx.insert_incoming(&new).await.or_problem()? {
            return Ok(false);
        }
        for holder in holders {
            tx.link_client(id, *holder, at).await.or_problem()?;
        }
        Ok(true)
    }

    /// The very answer that the text got when it came first.
    async fn came_again(tx: &mut Tx, read: &Read) -> Result<Option<String>, Problem> {
        let sid = &read.came.sid;
        let first = tx
            .came_before(sid)
            .await
            .or_problem()?
            .ok_or(Problem::Internal)?;
        if first.from != read.from() {
            tracing::warn!(org = %tx.org_id(), sid, "a Sid came again with another number; the first text stands");
        }
        Ok(first.answer)
    }

    /// What the text does: block, lift, or put a card before staff.
    async fn heed(
        &self,
        tx: &mut Tx,
        id: IncomingId,
        read: &Read,
        late: Option<i64>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let reason = Reason::keyword(&read.body, late);
        let Some(phone) = &read.phone else {
            return Ok(());
        };
        match (read.kind, read.rule) {
            (Kind::Stop, _) => self.block_by_keyword(tx, phone, &reason, news).await,
            (Kind::Start, _) => {
                let Some(block) = tx.block_of(phone).await.or_problem()? else {
                    return Ok(());
                };
                self.lift(tx, &block, LiftCause::Keyword, &reason, news)
                    .await
            }
            (Kind::Withdrawal, Some(rule)) => self.put_card(tx, id, phone, rule, news).await,
            _ => Ok(()),
        }
    }

    /// Puts a card before staff and pauses sending, unless the carrier blocks anyway.
    async fn put_card(
        &self,
        tx: &mut Tx,
        incoming: IncomingId,
        phone: &Phone,
        rule: &str,
        news: &mut News,
    ) -> Result<(), Problem> {
        let block = tx.block_of(phone).await.or_problem()?;
        if block.is_some_and(|block| !block.held) {
            return Ok(());
        }
        let (at, zone) = (self.now(), tx.org().await.or_problem()?.zone);
        let due_on = calendar::due(zones::date(at, &zone)).to_string();
        let new = NewReview {
            id: ReviewId(self.0.clock.id()),
            phone,
            incoming,
            rule,
            at,
            due_on: &due_on,
        };
        // One card a number: while it is open, sending is paused already.
        if tx.insert_review(&new).await.or_problem()? {
            let holders = tx.holders(phone).await.or_problem()?;
            news.clients.extend(holders.iter().map(|holder| holder.id));
            news.office = true;
        }
        let why = domain::consent::WhyNot::Paused;
        self.stop_waiting(tx, phone, why, news).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_in_e164() {
        let read = |from| read_phone(from).map(|phone| phone.as_str().to_owned());
        assert_eq!(read("+16615550142"), Some("+16615550142".into()));
        assert_eq!(read(" +16615550142 "), Some("+16615550142".into()));
        assert_eq!(read("(661) 327-0142"), Some("+16613270142".into()));
        for odd in ["72345", "", "anonymous", "whatsapp:+16615550142"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
