//! The queue of all organizations, from which workers claim: fair between organizations, and within each at the pace of
//! its number and in turn of its staff.

use super::failover::heed_new_history;
use crate::{
    Claim, Claimed, Result, Store, Unresolved,
    link::{Conn, execute, one, optional, rows},
    sql::{postgres_now, sql, sqlite_now},
    tx::json_ids,
};
use domain::{
    halt::probe_pause,
    ids::{OrgId, TextId},
    pace::Bucket,
};
use uuid::Uuid;

/// What of an organization's outbox may be claimed: `$now` is the argument with the program's time.
macro_rules! due {
    ($now:literal, $clock:expr) => {
        concat!(
            "o.posting_at IS NULL AND o.parked_at IS NULL AND o.not_before <= ",
            $now,
            " AND (o.claim_token IS NULL OR o.lease_until < ",
            $clock,
            ")"
        )
    };
}

/// Those that were served longest ago come first. What has no sender yet, an older program added. A number that used up
/// its allowance is passed over until time has given some of it back (`domain::pace`).
///
/// The first that is due is asked for, not whether there is one: for that PostgreSQL reads the whole outbox.
macro_rules! due_organizations {
    ($clock:expr, $heeded:literal) => {
        concat!(
            "SELECT g.id, (SELECT h.times FROM halt h WHERE h.org_id = g.id AND h.reason = 'breaker')
             FROM org g LEFT JOIN sender s ON s.org_id = g.id
             WHERE (s.org_id IS NULL OR s.pace = 0 OR s.free_at - 60000 <= $1 OR s.free_at - 120000 > $1)
               AND NOT EXISTS (SELECT 1 FROM halt h WHERE h.org_id = g.id
                               AND (h.until IS NULL OR (h.since <= $1 AND h.until > $1)))
               AND (SELECT o.parts FROM outbox o WHERE o.org_id = g.id AND ",
            due!("$1", $clock),
            " ORDER BY o.turn, o.created_at, o.message_id LIMIT 1) IS NOT NULL",
            $heeded,
            " ORDER BY COALESCE(s.served_at, 0), g.id LIMIT CAST($2 AS BIGINT)"
        )
    };
}

macro_rules! due_texts {
    ($clock:expr, $lock:literal) => {
        concat!(
            "SELECT o.message_id, o.created_at, o.parts, o.turn, o.attempts + 1 FROM outbox o WHERE o.org_id = $1 AND ",
            due!("$2", $clock),
            " ORDER BY o.turn, o.created_at, o.message_id LIMIT CAST($3 AS BIGINT)",
            $lock
        )
    };
}

macro_rules! take {
    ($clock:expr, $ids:literal) => {
        concat!(
            "UPDATE outbox SET claim_token = $2, owner = $3, claimed_at = $4, lease_until = ",
            $clock,
            " + $5, attempts = attempts + 1 WHERE org_id = $1 AND message_id ",
            $ids
        )
    };
}

sql! {
    /// Leases are in the database's time, which all servers share. On PostgreSQL nothing is due while the history is one
    /// that nobody has heeded (`failover.rs`).
    DUE_ORGANIZATIONS = two(
        due_organizations!(sqlite_now!(), ""),
        due_organizations!(
            postgres_now!(),
            " AND (SELECT k.name FROM history k WHERE k.id = 1) = oktext_history()"
        ),
    );
    /// Of several servers one claims of a number at a time, or its pace would be as many times as high.
    HOLD_SENDER = two(
        "SELECT pace, free_at, turn FROM sender WHERE org_id = $1",
        "SELECT pace, free_at, turn FROM sender WHERE org_id = $1 FOR UPDATE",
    );
    ADD_SENDER = same("INSERT INTO sender (org_id) VALUES ($1) ON CONFLICT DO NOTHING");
    /// The breaker lets one text try, and whoever moves it has that text.
    TAKE_PROBE = same(
        "UPDATE halt SET until = $3, times = times + 1 WHERE org_id = $1 AND reason = 'breaker' AND until <= $2"
    );
    /// Waiting and due, or claimed by a worker whose lease ended before it posted. PostgreSQL: rows that another
    /// transaction is changing at this moment are passed over.
    DUE_TEXTS = two(
        due_texts!(sqlite_now!(), ""),
        due_texts!(postgres_now!(), " FOR UPDATE SKIP LOCKED"),
    );
    TAKE = two(
        take!(sqlite_now!(), "IN (SELECT unhex(value) FROM json_each($6))"),
        take!(
            postgres_now!(),
            "= ANY (ARRAY(SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($6 AS JSON))))"
        ),
    );
    SERVED = same("UPDATE sender SET free_at = $2, turn = $3, served_at = $4 WHERE org_id = $1");
    MARK_CLAIMED = same(
        "UPDATE message SET status = 'claimed', rank = 1, status_at = $2
         WHERE status = 'waiting'
           AND (org_id, id) IN (SELECT org_id, message_id FROM outbox WHERE claim_token = $1)"
    );
    OUTBOX_DEPTH = same(
        "SELECT count(*), min(created_at) FROM outbox
         WHERE (posting_at IS NULL OR claim_token IS NOT NULL) AND parked_at IS NULL"
    );
    UNRESOLVED = same(
        "SELECT org_id, message_id, posting_at, from_phone FROM outbox
         WHERE posting_at IS NOT NULL AND claim_token IS NULL ORDER BY created_at, message_id LIMIT $1"
    );
}

/// A text that may leave, as far as its number's pace allows.
type Due = (Uuid, i64, i64, i64, i64);

impl Store {
    /// Claims texts that are due: of each organization that is not halted its share, in turn of its staff and at its
    /// number's pace. Each text goes to one worker.
    pub async fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>> {
        let mut conn = self.writer().await?;
        let mut orgs: Vec<(Uuid, Option<i64>)> =
            rows!(conn, DUE_ORGANIZATIONS, claim.now, claim.limit);
        if orgs.is_empty() {
            if heed_new_history(&mut conn, claim.now).await? {
                conn.commit().await?;
            }
            return Ok(vec![]);
        }
        // All lock in one order.
        orgs.sort_unstable();
        let organizations = i64::try_from(orgs.len()).unwrap_or(i64::MAX).max(1);
        let share = (claim.limit + organizations - 1) / organizations;
        let mut taken: Vec<(i64, Uuid, Uuid, i64)> = vec![];
        for (org, breaker) in orgs {
            let left = claim.limit - i64::try_from(taken.len()).unwrap_or(i64::MAX);
            let mine = claim_of(&mut conn, claim, (org, breaker), share.min(left)).await?;
            let row = |(text, at, _, _, claims)| (at, text, org, claims);
            taken.extend(mine.into_iter().map(row));
        }
        if taken.is_empty() {
            return Ok(vec![]);
        }
        execute!(conn, MARK_CLAIMED, claim.token, claim.now);
        conn.commit().await?;
        taken.sort_unstable();
        let claimed = |(_, text, org, claims)| Claimed {
            org: OrgId(org),
            text: TextId(text),
            token: claim.token,
            claims,
        };
        Ok(taken.into_iter().map(claimed).collect())
    }

    /// How many texts are on their way out, and when the oldest of them was written. Those that are
    /// [unresolved](Self::unresolved) or parked are not on their way.
    pub async fn outbox_depth(&self) -> Result<(i64, Option<i64>)> {
        let mut conn = self.reader().await?;
        Ok(one!(conn, OUTBOX_DEPTH))
    }

    /// Texts of which it is not known whether Twilio has them, the oldest first.
    pub async fn unresolved(&self, limit: i64) -> Result<Vec<Unresolved>> {
        let mut conn = self.reader().await?;
        let rows: Vec<(Uuid, Uuid, i64, Option<String>)> = rows!(conn, UNRESOLVED, limit);
        let read = |(org, text, posting_at, from)| Unresolved {
            org: OrgId(org),
            text: TextId(text),
            posting_at,
            from,
        };
        Ok(rows.into_iter().map(read).collect())
    }
}

/// What one organization may send now, claimed.
async fn claim_of(
    conn: &mut Conn,
    claim: &Claim<'_>,
    (org, breaker): (Uuid, Option<i64>),
    limit: i64,
) -> Result<Vec<Due>> {
    let (pace, free_at, turn) = hold_sender(conn, org).await?;
    let limit = match breaker {
        None => limit,
        Some(times) => {
            let until = claim.now + probe_pause(times + 1);
            let mine = execute!(conn, TAKE_PROBE, org, claim.now, until);
            i64::try_from(mine).unwrap_or(0).min(limit)
        }
    };
    if limit <= 0 {
        return Ok(vec![]);
    }
    let mut due: Vec<Due> = rows!(conn, DUE_TEXTS, org, claim.now, limit);
    let mut bucket = Bucket { pace, free_at };
    let mut allowed = 0;
    for (_, _, parts, ..) in &due {
        let Some(after) = bucket.take(claim.now, *parts) else {
            break;
        };
        bucket = after;
        allowed += 1;
    }
    due.truncate(allowed);
    let Some(last) = due.last() else {
        return Ok(vec![]);
    };
    // Whoever comes now stands behind the round that leaves now.
    let turn = turn.max(last.3 + 1);
    let ids = json_ids(due.iter().map(|(text, ..)| *text));
    execute!(
        conn,
        TAKE,
        org,
        claim.token,
        claim.owner,
        claim.now,
        claim.lease,
        ids
    );
    execute!(conn, SERVED, org, bucket.free_at, turn, claim.now);
    Ok(due)
}

async fn hold_sender(conn: &mut Conn, org: Uuid) -> Result<(i64, i64, i64)> {
    if let Some(sender) = optional!(conn, HOLD_SENDER, org) {
        return Ok(sender);
    }
    execute!(conn, ADD_SENDER, org);
    Ok(one!(conn, HOLD_SENDER, org))
}
