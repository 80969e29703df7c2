//! Finding clients by the beginnings of words, in the order of their names or of their last texts.

use crate::{
    ListedClient, Result, Tx,
    link::{Link, one},
    rows::RawListed,
    sql::{Sql, sql},
};
use domain::{
    client_list::{ClientOrder, ClientPlace},
    ids::ClientId,
};
use uuid::Uuid;

/// How many words count; more are left out.
const WORDS: usize = 6;
/// Below so many clients of the rarest word, they are looked up and sorted; above, the list is walked in its order
/// until the page is full, because then every few clients are a hit.
const RARE: i64 = 4_000;

macro_rules! columns {
    () => {
        "SELECT c.id, c.name, c.name_key, c.phone, c.language, c.zone, c.okay_phone, c.okay_at, c.okay_by,
                c.created_at, c.updated_at, c.last_text_at "
    };
}

/// Whether the number of today may be texted; the very words of the indexes `client_okay_…`.
macro_rules! okay {
    () => {
        "COALESCE(c.phone = c.okay_phone, FALSE)"
    };
}

/// A word that the client must have a term for, unless it is empty. Not EXISTS: both databases turn that into a join,
/// sort all its hits, and then cut off a page.
macro_rules! word {
    ($from:literal, $to:literal) => {
        concat!(
            " AND ($",
            $from,
            " = '' OR (SELECT t.client_id FROM client_term t",
            " WHERE t.org_id = c.org_id AND t.client_id = c.id",
            " AND t.term >= $",
            $from,
            " AND t.term < $",
            $to,
            " LIMIT 1) IS NOT NULL)"
        )
    };
}

/// The words but the first, which has the places 6 and 7.
macro_rules! further_words {
    () => {
        concat!(
            word!("8", "9"),
            word!("10", "11"),
            word!("12", "13"),
            word!("14", "15"),
            word!("16", "17")
        )
    };
}

/// $2, $3: after whom; $4: how many.
macro_rules! by_name {
    () => {
        " AND (c.name_key, c.id) > ($2, $3)"
    };
}
macro_rules! by_last_text {
    () => {
        " AND (c.last_text_at, c.id) < ($2, $3)"
    };
}
macro_rules! page_by_name {
    () => {
        " ORDER BY c.name_key, c.id LIMIT $4"
    };
}
macro_rules! page_by_last_text {
    () => {
        " ORDER BY c.last_text_at DESC, c.id DESC LIMIT $4"
    };
}

/// Walks an index: of all clients ($5 says nothing), or of those who may be texted, or may not.
macro_rules! walk {
    ($okay:expr, $place:ident, $page:ident) => {
        concat!(
            columns!(),
            "FROM client c WHERE c.org_id = $1",
            $okay,
            $place!(),
            word!("6", "7"),
            further_words!(),
            $page!()
        )
    };
}

/// Starts from the clients of the first word ($6, $7). CROSS JOIN: SQLite keeps to this order. $5: 1, 0, or -1 for all.
macro_rules! rare {
    ($place:ident, $page:ident) => {
        concat!(
            columns!(),
            "FROM (SELECT DISTINCT client_id FROM client_term WHERE org_id = $1 AND term >= $6 AND term < $7) AS hit
             CROSS JOIN client c
             WHERE c.org_id = $1 AND c.id = hit.client_id
             AND ($5 < 0 OR ", okay!(), " = ($5 > 0))",
            $place!(), further_words!(), $page!()
        )
    };
}

/// Always true; names $5, so that all statements have the same arguments.
macro_rules! everybody {
    () => {
        " AND $5 < 0"
    };
}
macro_rules! permitted {
    () => {
        concat!(" AND ", okay!(), " = ($5 > 0)")
    };
}

sql! {
    ALL_BY_NAME = same(walk!(everybody!(), by_name, page_by_name));
    ALL_BY_LAST_TEXT = same(walk!(everybody!(), by_last_text, page_by_last_text));
    OKAY_BY_NAME = same(walk!(permitted!(), by_name, page_by_name));
    OKAY_BY_LAST_TEXT = same(walk!(permitted!(), by_last_text, page_by_last_text));
    RARE_BY_NAME = same(rare!(by_name, page_by_name));
    RARE_BY_LAST_TEXT = same(rare!(by_last_text, page_by_last_text));
    COUNT_TERM = same(
        "SELECT count(*) FROM (
             SELECT 1 FROM client_term WHERE org_id = $1 AND term >= $2 AND term < $3 LIMIT $4) AS seen"
    );
}

/// What is looked for in the list of clients.
#[derive(Clone, Copy, Debug, Default)]
pub struct LookFor<'a> {
    /// Each must begin some term of the client.
    pub words: &'a [String],
    /// Only those who may be texted, or only those who may not.
    pub okay: Option<bool>,
    pub order: ClientOrder,
    /// The last one of the page before. One of another order is nobody.
    pub after: Option<&'a ClientPlace>,
}

impl Tx {
    /// A page of the list of clients.
    pub async fn list_clients(
        &mut self,
        asked: &LookFor<'_>,
        limit: i64,
    ) -> Result<Vec<ListedClient>> {
        let words = &asked.words[..asked.words.len().min(WORDS)];
        let (ranges, rare) = self.rarest_first(words).await?;
        let rows = self
            .clients_of(statement(asked, rare), asked, &ranges, limit)
            .await?;
        rows.into_iter().map(RawListed::read).collect()
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
        asked: &LookFor<'_>,
        ranges: &[Range],
        limit: i64,
    ) -> Result<Vec<RawListed>> {
        let org = self.org.0;
        let okay: i32 = asked.okay.map_or(-1, i32::from);
        let nothing = Range::default();
        let words = (0..WORDS).map(|at| ranges.get(at).unwrap_or(&nothing));
        macro_rules! run {
            ($conn:ident, $text:expr) => {{
                let query = sqlx::query_as($text).bind(org);
                let query = match asked.order {
                    ClientOrder::Name => {
                        let (name, id) = after_name(asked.after);
                        query.bind(name).bind(id)
                    }
                    ClientOrder::LastText => {
                        let (at, id) = after_text(asked.after);
                        query.bind(at).bind(id)
                    }
                };
                let query = query.bind(limit).bind(okay);
                let query = words.fold(query, |query, range| {
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

fn after_name(after: Option<&ClientPlace>) -> (&str, Uuid) {
    match after {
        Some(ClientPlace::Name(name, ClientId(id))) => (name, *id),
        _ => ("", Uuid::nil()),
    }
}

fn after_text(after: Option<&ClientPlace>) -> (i64, Uuid) {
    match after {
        Some(ClientPlace::LastText(at, ClientId(id))) => (*at, *id),
        _ => (i64::MAX, Uuid::max()),
    }
}

/// The terms that begin with a word: from the word itself to before the word with the last of all characters.
#[derive(Default)]
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

fn statement(asked: &LookFor<'_>, rare: bool) -> Sql {
    match (rare, asked.okay, asked.order) {
        (true, _, ClientOrder::Name) => RARE_BY_NAME,
        (true, _, ClientOrder::LastText) => RARE_BY_LAST_TEXT,
        (false, None, ClientOrder::Name) => ALL_BY_NAME,
        (false, None, ClientOrder::LastText) => ALL_BY_LAST_TEXT,
        (false, Some(_), ClientOrder::Name) => OKAY_BY_NAME,
        (false, Some(_), ClientOrder::LastText) => OKAY_BY_LAST_TEXT,
    }
}
