//! Texts with words for people, many in a few statements. The rules are those of one alone.

use super::Read;
use crate::{Service, error::OrProblem, news::News};
use domain::{
    ids::{ClientId, IncomingId},
    incoming::{self, Kind, Silence, WINDOW},
    problem::Problem,
};
use std::collections::BTreeSet;
use store::Tx;

/// It came from a phone, and does nothing but wait to be read.
pub(super) fn is_plain(read: &Read) -> bool {
    read.phone.is_some() && matches!(read.kind, Kind::Text | Kind::Help)
}

impl Service {
    /// Takes plain texts of one organization, each of another number and with another Sid. Their answers, in order.
    pub(super) async fn take_all(
        &self,
        tx: &mut Tx,
        reads: &[&Read],
    ) -> Result<(Vec<Option<String>>, News), Problem> {
        let at = self.now();
        let phones: Vec<&str> = reads.iter().map(|read| read.from()).collect();
        let holders = tx.holders_of_all(&phones).await.or_problem()?;
        let said = self.answers_to(tx, reads, &phones).await?;
        let ids: Vec<IncomingId> = reads
            .iter()
            .map(|_| IncomingId(self.0.clock.id()))
            .collect();
        let media: Vec<String> = reads
            .iter()
            .map(|read| read.media())
            .collect::<Result<_, _>>()?;
        let mut rows = vec![];
        for (n, read) in reads.iter().enumerate() {
            let answer = said[n].as_deref().map_err(|silence| *silence);
            let with = (media[n].as_str(), holders[n].len());
            rows.push(read.row(ids[n], answer, with, false, at));
        }
        let kept = tx.insert_all_incoming(&rows).await.or_problem()?;
        let kept: BTreeSet<IncomingId> = kept.into_iter().collect();
        let mut news = News::default();
        let mut links: Vec<(IncomingId, ClientId)> = vec![];
        let mut answers = vec![];
        for (((read, id), holders), said) in reads.iter().zip(&ids).zip(holders).zip(&said) {
            if kept.contains(id) {
                links.extend(holders.iter().map(|holder| (*id, *holder)));
                news.incoming.push((*id, holders));
                answers.push(said.as_ref().ok().cloned());
            } else {
                answers.push(Self::came_again(tx, read).await?);
            }
        }
        tx.link_all(&links, at).await.or_problem()?;
        Ok((answers, news))
    }

    async fn answers_to(
        &self,
        tx: &mut Tx,
        reads: &[&Read],
        phones: &[&str],
    ) -> Result<Vec<Result<String, Silence>>, Problem> {
        let Some((response, limit)) = tx.text_response().await.or_problem()? else {
            return Ok(vec![Err(Silence::NothingToSay); reads.len()]);
        };
        let since = self.now() - WINDOW;
        let counts = tx.counts_before(phones, since).await.or_problem()?;
        let answer = |(read, before): (&&Read, i64)| {
            incoming::answer(read.kind, &response, before, limit).map(str::to_owned)
        };
        Ok(reads.iter().zip(counts).map(answer).collect())
    }
}
