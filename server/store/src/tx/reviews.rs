//! Cards: texts that read as withdrawals and wait for somebody to decide.

use crate::{
    NewDecision, NewReview, Result, ReviewRow, Tx,
    link::{execute, optional, rows},
    rows::RawReview,
    sql::sql,
};
use domain::ids::ReviewId;

macro_rules! reviews {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.phone, r.incoming_id, r.rule, r.due_on, r.decided_at, s.name AS decided_by, r.decision,
                    r.note
             FROM review r LEFT JOIN staff s ON s.org_id = r.org_id AND s.id = r.decided_by
             WHERE r.org_id = $1 AND ",
            $rest
        )
    };
}

sql! {
    INSERT_REVIEW = same(
        "INSERT INTO review (org_id, id, phone, incoming_id, rule, at, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING"
    );
    REVIEW = same(reviews!("r.id = $2"));
    OPEN_REVIEWS = same(reviews!("r.decided_at IS NULL ORDER BY r.due_on, r.at, r.id LIMIT $2"));
    DECIDED_REVIEWS = same(reviews!(
        "r.decided_at IS NOT NULL ORDER BY r.decided_at DESC, r.id DESC LIMIT $2"
    ));
    DECIDE = same(
        "UPDATE review SET decided_at = $3, decided_by = $4, decision = $5, note = $6
         WHERE org_id = $1 AND id = $2 AND decided_at IS NULL"
    );
}

impl Tx {
    /// Puts a card before staff. `false`: one of this number is open already.
    pub async fn insert_review(&mut self, review: &NewReview<'_>) -> Result<bool> {
        let r = review;
        let made = execute!(
            self.conn,
            INSERT_REVIEW,
            self.org.0,
            r.id.0,
            r.phone.as_str(),
            r.incoming.0,
            r.rule,
            r.at,
            r.due_on
        );
        Ok(made == 1)
    }

    /// The card.
    pub async fn review(&mut self, id: ReviewId) -> Result<Option<ReviewRow>> {
        let row: Option<RawReview> = optional!(self.conn, REVIEW, self.org.0, id.0);
        row.map(RawReview::read).transpose()
    }

    /// Cards that nobody has decided, the most urgent first.
    pub async fn open_reviews(&mut self, limit: i64) -> Result<Vec<ReviewRow>> {
        let rows: Vec<RawReview> = rows!(self.conn, OPEN_REVIEWS, self.org.0, limit);
        rows.into_iter().map(RawReview::read).collect()
    }

    /// Cards that were decided, the newest first.
    pub async fn decided_reviews(&mut self, limit: i64) -> Result<Vec<ReviewRow>> {
        let rows: Vec<RawReview> = rows!(self.conn, DECIDED_REVIEWS, self.org.0, limit);
        rows.into_iter().map(RawReview::read).collect()
    }

    /// Decides a card. `false`: somebody was faster, or there is none.
    pub async fn decide_review(&mut self, decision: &NewDecision<'_>) -> Result<bool> {
        let d = decision;
        let done = execute!(
            self.conn,
            DECIDE,
            self.org.0,
            d.review.0,
            d.at,
            d.by.0,
            d.decision.as_str(),
            d.note
        );
        Ok(done == 1)
    }
}
