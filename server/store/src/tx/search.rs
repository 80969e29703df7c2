//! Finding clients by the beginnings of words, in the order of their names.

use crate::{
    ClientRecord, Result, Tx,
    link::{Link, one},
    rows::RawClient,
    sql::{Sql, sql},
};
use domain::ids::ClientId;
use uuid::Uuid;

/// How many words count; more are left out.
const WORDS: usize = 6;
/// Below so many clients of the rarest word, they are looked up and sorted; above, the list is walked in the order
/// of names until the page is full, because then every few clients are a hit.
const RARE: i64 = 4_000;

macro_rules! columns {
    () => {
        "SELECT c.id, c.name, c.name_key, c.phone, c.language, c.zone, c.okay_phone, c.okay_at, c.okay_by,
                c.created_at, c.updated_at "
    };
}

/// A further word that the client must have a term for. Not EXISTS: both databases turn that into a join, sort all
/// its hits, and then cut off a page.
macro_rules! word {
    ($from:literal, $to:literal) => {
        concat!(
            " AND (SELECT t.client_id FROM client_term t",
            " WHERE t.org_id = c.org_id AND t.client_id = c.id",
            " AND t.term >= $",
            $from,
            " AND t.term < $",
            $to,
            " LIMIT 1) IS NOT NULL"
        )
    };
}

/// Walks the list by name. $2, $3: after whom; $4: how many; then the words.
macro_rules! walk {
    ($(($from:literal, $to:literal))*) => {
        concat!(
            columns!(), "FROM client c WHERE c.org_id = $1 AND (c.name_key, c.id) > ($2, $3)",
            $(word!($from, $to),)* " ORDER BY c.name_key, c.id LIMIT $4"
        )
    };
}

/// Starts from the clients of the first word ($5, $6). CROSS JOIN: SQLite keeps to this order.
macro_rules! rare {
    ($(($from:literal, $to:literal))*) => {
        concat!(
            columns!(),
            "FROM (SELECT DISTINCT client_id FROM client_term WHERE org_id = $1 AND term >= $5 AND term < $6) AS hit
             CROSS JOIN client c
             WHERE c.org_id = $1 AND c.id = hit.client_id AND (c.name_key, c.id) > ($2, $3)",
            $(word!($from, $to),)* " ORDER BY c.name_key, c.id LIMIT $4"
        )
    };
}

sql! {
    ALL_CLIENTS = same(walk!());
    WALK_1 = same(walk!((5, 6)));
    WALK_2 = same(walk!((5, 6) (7, 8)));
    WALK_3 = same(walk!((5, 6) (7, 8) (9, 10)));
    WALK_4 = same(walk!((5, 6) (7, 8) (9, 10) (11, 12)));
    WALK_5 = same(walk!((5, 6) (7, 8) (9, 10) (11, 12) (13, 14)));
    WALK_6 = same(walk!((5, 6) (7, 8) (9, 10) (11, 12) (13, 14) (15, 16)));
    RARE_1 = same(rare!());
    RARE_2 = same(rare!((7, 8)));
    RARE_3 = same(rare!((7, 8) (9, 10)));
    RARE_4 = same(rare!((7, 8) (9, 10) (11, 12)));
    RARE_5 = same(rare!((7, 8) (9, 10) (11, 12) (13, 14)));
    RARE_6 = same(rare!((7, 8) (9, 10) (11, 12) (13, 14) (15, 16)));
    COUNT_TERM = same(
        "SELECT count(*) FROM (
             SELECT 1 FROM client_term WHERE org_id = $1 AND term >= $2 AND term < $3 LIMIT $4) AS seen"
    );
}

impl Tx {
    /// Clients of whom every word begins some term, by name. `after`: the last one of the page before.
    pub async fn list_clients(
        &mut self,
        words: &[String],
        after: Option<(&str, ClientId)>,
        limit: i64,
    ) -> Result<Vec<ClientRecord>> {
        let after = after.map_or(("", Uuid::nil()), |(name_key, id)| (name_key, id.0));
        let words = &words[..words.len().min(WORDS)];
        let (ranges, rare) = self.rarest_first(words).await?;
        let page = Page { after, limit };
        let rows = self
            .clients_of(statement(ranges.len(), rare), &page, &ranges)
            .await?;
        rows.into_iter().map(RawClient::read).collect()
    }

    /// The words as ranges of terms, the rarest first, and whether that one is rare.
    async fn rarest_first(&mut self, words: &[String]) -> Result<(Vec<Range>, bool)> {
        let mut counted = Vec::with_capacity(words.len());
        // A word that begins another one asks for nothing more.
        let asks = |(at, word): &(usize, &String)| {
            let mut others = words.iter().enumerate().filter(|(other, _)| other != at);
            !others.any(|(other, longer)| {
                longer.starts_with(*word) && (longer != *word || other < *at)
            })
        };
        for (_, word) in words.iter().enumerate().filter(asks) {
            let range = Range::beginning_with(word);
            let (count,): (i64,) = one!(
                self.conn,
                COUNT_TERM,
                self.org.0,
                &range.from,
                &range.to,
                RARE
            );
            counted.push((count, range));
        }
        counted.sort_by_key(|(count, _)| *count);
        let rare = counted.first().is_some_and(|(count, _)| *count < RARE);
        Ok((counted.into_iter().map(|(_, range)| range).collect(), rare))
    }

    async fn clients_of(
        &mut self,
        sql: Sql,
        page: &Page<'_>,
        ranges: &[Range],
    ) -> Result<Vec<RawClient>> {
        let (org, (name_key, id), limit) = (self.org.0, page.after, page.limit);
        macro_rules! run {
            ($conn:ident, $text:expr) => {{
                let query = sqlx::query_as($text)
                    .bind(org)
                    .bind(name_key)
                    .bind(id)
                    .bind(limit);
                let query = ranges.iter().fold(query, |query, range| {
                    query.bind(&range.from).bind(&range.to)
                });
                query.fetch_all($conn).await?
            }};
        }
        Ok(match self.conn.link() {
            Link::Sqlite(conn) => run!(conn, sql.sqlite),
            Link::Postgres(conn) => run!(conn, sql.postgres),
        })
    }
}

struct Page<'a> {
    after: (&'a str, Uuid),
    limit: i64,
}

/// The terms that begin with a word: from the word itself to before the word with the last of all characters.
struct Range {
    from: String,
    to: String,
}

impl Range {
    fn beginning_with(word: &str) -> Self {
        Self {
            from: word.to_owned(),
            to: format!("{word}{}", char::MAX),
        }
    }
}

fn statement(words: usize, rare: bool) -> Sql {
    match (words, rare) {
        (0, _) => ALL_CLIENTS,
        (1, true) => RARE_1,
        (2, true) => RARE_2,
        (3, true) => RARE_3,
        (4, true) => RARE_4,
        (5, true) => RARE_5,
        (_, true) => RARE_6,
        (1, false) => WALK_1,
        (2, false) => WALK_2,
        (3, false) => WALK_3,
        (4, false) => WALK_4,
        (5, false) => WALK_5,
        (_, false) => WALK_6,
    }
}
