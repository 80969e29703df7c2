//! Reports on texts that are nobody's: their Sids came, and no text ever got one of them.

use crate::{
    Result, Store,
    link::{one, rows},
    rows::Unclaimed,
    sql::sql,
};

/// Reports of these times whose Sid is of no text of their organization. Those that named no text when they came, which
/// never changes, stand together in one index; SQLite would rather read all reports there are.
macro_rules! unclaimed {
    ($reports:literal) => {
        concat!(
            "FROM org g CROSS JOIN ",
            $reports,
            " WHERE r.message_id IS NULL AND r.at > $1 AND r.at <= $2 AND r.source = 'callback'
                AND r.sid IS NOT NULL AND r.org_id = g.id
                AND NOT EXISTS (SELECT 1 FROM message m WHERE m.org_id = g.id AND m.sid = r.sid)
                AND NOT EXISTS (SELECT 1 FROM test_text t WHERE t.org_id = g.id AND t.sid = r.sid)"
        )
    };
}

macro_rules! count {
    ($reports:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT DISTINCT g.id, r.sid ",
            unclaimed!($reports),
            ") AS sids"
        )
    };
}

macro_rules! list {
    ($reports:literal) => {
        concat!(
            "SELECT g.name, g.zone, r.sid, max(r.at) ",
            unclaimed!($reports),
            " GROUP BY g.id, g.name, g.zone, r.sid ORDER BY max(r.at) DESC, r.sid LIMIT CAST($3 AS BIGINT)"
        )
    };
}

sql! {
    COUNT_UNCLAIMED = two(count!("report AS r INDEXED BY report_of_message"), count!("report AS r"));
    UNCLAIMED = two(list!("report AS r INDEXED BY report_of_message"), list!("report AS r"));
}

impl Store {
    /// How many Sids were reported on after the first and not after the second of these times, and are nobody's.
    pub async fn count_unclaimed(&self, (after, upto): (i64, i64)) -> Result<i64> {
        let mut conn = self.reader().await?;
        let (count,): (i64,) = one!(conn, COUNT_UNCLAIMED, after, upto);
        Ok(count)
    }

    /// Those Sids, the one that was reported on last first; at most so many.
    pub async fn unclaimed(&self, (after, upto): (i64, i64), limit: i64) -> Result<Vec<Unclaimed>> {
        let mut conn = self.reader().await?;
        let found: Vec<(String, String, String, i64)> = rows!(conn, UNCLAIMED, after, upto, limit);
        let read = |(office, zone, sid, at)| Unclaimed {
            office,
            zone,
            sid,
            at,
        };
        Ok(found.into_iter().map(read).collect())
    }
}
