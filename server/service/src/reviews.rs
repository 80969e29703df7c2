//! Cards: texts that read as withdrawals wait for somebody to decide, and sending to their numbers waits with them.

use crate::{
    Service, audit::Deed, consent::read_note, error::OrProblem, news::News, permission::Reason,
    zones,
};
use domain::{
    calendar::{self, Day},
    consent::{ConsentEvent, ConsentSource, WhyNot},
    ids::ReviewId,
    incoming::Waiting,
    problem::{Complaint, Complaints, Problem},
    review::{CardClient, DecideForm, Decided, Decision, Due, ReviewCard, ReviewsView},
    role::{Actor, Operation},
};
use store::{
    Tx,
    rows::{NewDecision, ReviewRow},
};

/// Cards on the page that nobody has decided.
const OPEN: i64 = 100;
/// Cards on the page that were decided.
const DECIDED: i64 = 20;

impl Service {
    /// The cards: those that wait, and the last ones that were decided.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn reviews(&self, actor: &Actor) -> Result<ReviewsView, Problem> {
        Self::allow(actor, Operation::DecideReviews)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        // Read before the rows: an event in between is then told twice rather than not at all.
        let event = tx.last_event().await.or_problem()?;
        let today = self.today(&mut tx).await?;
        let open = tx.open_reviews(OPEN).await.or_problem()?;
        let decided = tx.decided_reviews(DECIDED).await.or_problem()?;
        Ok(ReviewsView {
            open: self.cards(&mut tx, actor, open, today).await?,
            decided: self.cards(&mut tx, actor, decided, today).await?,
            event,
        })
    }

    /// What waits for somebody.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the database.
    pub async fn waiting(&self, actor: &Actor) -> Result<Waiting, Problem> {
        Self::allow(actor, Operation::DecideReviews)?;
        let mut tx = self.0.store.read(actor.org).await.or_problem()?;
        Ok(tx.count_waiting().await.or_problem()?.shown_to(actor.role))
    }

    /// The day in the organization's time zone.
    async fn today(&self, tx: &mut Tx) -> Result<Day, Problem> {
        let zone = tx.org().await.or_problem()?.zone;
        Ok(zones::date(self.now(), &zone))
    }

    async fn cards(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        rows: Vec<ReviewRow>,
        today: Day,
    ) -> Result<Vec<ReviewCard>, Problem> {
        let ids: Vec<_> = rows.iter().map(|row| row.incoming).collect();
        let records = tx.incoming(&ids).await.or_problem()?;
        let texts = self.as_rows(tx, actor, records).await?;
        let mut cards = vec![];
        for row in rows {
            let text = texts.iter().find(|text| text.id == row.incoming);
            let text = text.cloned().ok_or(Problem::Internal)?;
            let holders = tx.holders(&row.phone).await.or_problem()?;
            let clients = holders.into_iter().map(|holder| CardClient {
                okay: holder.okay_phone.as_ref() == Some(&row.phone),
                id: holder.id,
                name: holder.name,
            });
            cards.push(ReviewCard {
                clients: clients.collect(),
                due: due(&row.due_on, today)?,
                decided: row.decided.map(|decided| Decided {
                    decision: decided.decision,
                    by: decided.by,
                    at: zones::when(decided.at, &actor.zone, self.now()),
                    note: decided.note,
                }),
                id: row.id,
                number: row.phone,
                rule: row.rule,
                text,
            });
        }
        Ok(cards)
    }

    /// Decides a card: a withdrawal takes permission from every record with the number; anything else lifts the pause.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; complaints about the form; [`Problem::AlreadyDecided`].
    pub async fn decide_review(&self, actor: &Actor, form: DecideForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::DecideReviews)?;
        let id: ReviewId = form.review.parse().map_err(|_| Problem::NotFound)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let review = tx.review(id).await.or_problem()?.ok_or(Problem::NotFound)?;
        let (decision, note) = read(&form)?;
        let made = NewDecision {
            review: id,
            decision,
            note: &note,
            by: actor.staff,
            at: self.now(),
        };
        if !tx.decide_review(&made).await.or_problem()? {
            return Err(Problem::AlreadyDecided);
        }
        let mut news = News {
            office: true,
            ..News::default()
        };
        self.carry_out(&mut tx, &review, &made, &mut news).await?;
        let subject = format!("{id} {}", decision.as_str());
        self.record(&mut tx, actor, Deed::DecidedReview, subject)
            .await?;
        self.conclude(tx, news).await
    }

    async fn carry_out(
        &self,
        tx: &mut Tx,
        review: &ReviewRow,
        made: &NewDecision<'_>,
        news: &mut News,
    ) -> Result<(), Problem> {
        let text = tx.incoming(&[review.incoming]).await.or_problem()?;
        let text = text.into_iter().next().ok_or(Problem::Internal)?;
        let reason = Reason {
            words: &text.body,
            ..Reason::staff(ConsentSource::Review, made.by, made.note)
        };
        let event = match made.decision {
            Decision::Withdrawal => ConsentEvent::Withdrawn,
            Decision::Other => ConsentEvent::Kept,
        };
        for holder in tx.holders_to_change(&review.phone).await.or_problem()? {
            news.clients.insert(holder.id);
            if made.decision == Decision::Withdrawal {
                let now = self.now();
                tx.untick(holder.id, &review.phone, now)
                    .await
                    .or_problem()?;
            }
            self.note_consent(tx, holder.id, &review.phone, event, &reason)
                .await?;
        }
        match made.decision {
            Decision::Withdrawal => {
                self.stop_waiting(tx, &review.phone, WhyNot::NotOkay, news)
                    .await
            }
            Decision::Other => Ok(()),
        }
    }
}

fn read(form: &DecideForm) -> Result<(Decision, String), Problem> {
    let mut complaints = Complaints::default();
    let decision = match Decision::from_name(&form.decision) {
        Some(decision) => Ok(decision),
        None if form.decision.is_empty() => Err(Complaint::Missing),
        None => Err(Complaint::NotAChoice),
    };
    let decision = complaints.take("decision", decision);
    let note = complaints.take("note", read_note(&form.note));
    complaints.finish()?;
    decision.zip(note).ok_or(Problem::Internal)
}

fn due(date: &str, today: Day) -> Result<Due, Problem> {
    let day = Day::parse(date).ok_or(Problem::Internal)?;
    Ok(Due {
        date: day.to_string(),
        day: zones::day_in_words(day, today),
        left: calendar::left(today, day),
        overdue: day < today,
    })
}
