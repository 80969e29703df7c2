//! What is left behind by workers that are gone, at a size at which a rescuer itself can fail.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, office},
};
use crate::{Adopted, NewText};
use domain::{
    ids::{OrgId, TextId},
    status::Status,
};
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const STUCK: u64 = 100_000;
/// So many servers rescue at once.
const SERVERS: usize = 4;
const MINUTE: i64 = 60_000;
/// Staff are asked about all of them by then.
const LATE: i64 = NOW + 60 * MINUTE;
/// So many looks are taken at once here: the program itself takes few, since Twilio is asked about each.
const LOOKS: i64 = 1_000;

/// Half of them claimed, half being handed over, by a worker whose leases have ended.
async fn stuck(base: &Base, office: Office) {
    let to = cell();
    let mut tx = base.begin(office.org).await;
    for batch in 0..STUCK / 10_000 {
        let new = |n: u64| office.text("Hello.", &to, NOW + i64::try_from(n).expect("small"));
        let texts: Vec<NewText<'_>> = (batch * 10_000..(batch + 1) * 10_000).map(new).collect();
        tx.bulk_insert_texts(&texts, Status::Waiting)
            .await
            .expect("saves");
    }
    tx.commit().await.expect("commits");
    for change in [
        "INSERT INTO outbox (org_id, message_id, staff_id, parts, turn, not_before, attempts, created_at, owner,
                             claim_token, claimed_at, lease_until)
         SELECT org_id, id, staff_id, parts, 0, created_at, 1, created_at, 'gone', id, created_at, 1 FROM message",
        "UPDATE outbox SET posting_at = created_at WHERE created_at % 2 = 0",
        "UPDATE message SET status = 'claimed', rank = 1",
        "UPDATE message SET status = 'posting', rank = 2 WHERE created_at % 2 = 0",
    ] {
        base.raw(change).await.expect("changes");
    }
}

/// What each of the servers got, when all do this at once.
async fn at_once<T, F>(base: &Base, work: fn(Base) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut servers = JoinSet::new();
    for _ in 0..SERVERS {
        servers.spawn(work(base.clone()));
    }
    servers.join_all().await
}

async fn adopt(base: Base) -> Adopted {
    base.store.adopt("new").await.expect("adopts")
}

/// Takes up what is to be looked for, as long as there is any.
async fn look(base: Base) -> Vec<TextId> {
    let (mut mine, now) = (vec![], NOW + 10 * MINUTE);
    loop {
        let taken = base.store.take_looks(now, now + MINUTE, LOOKS).await;
        let taken = taken.expect("takes");
        if taken.is_empty() {
            return mine;
        }
        mine.extend(taken.into_iter().map(|one| one.text));
    }
}

async fn ask(base: Base) -> Vec<OrgId> {
    let asked = base.store.ask_staff(LATE, LATE).await;
    asked.expect("asks")
}

async fn took<T>(what: &str, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = tokio::time::timeout(Duration::from_secs(60), work).await;
    println!("{what}: {:?}", began.elapsed());
    done.expect("less than a minute")
}

both! {
    async fn s37_a_hundred_thousand_stuck_texts_are_all_rescued_and_none_twice(base) {
        let office = office(&base, "north").await;
        stuck(&base, office).await;
        let half = STUCK / 2;
        let adopted = took("adopted", at_once(&base, adopt)).await;
        assert_eq!(adopted.iter().map(|found| found.waiting).sum::<u64>(), half);
        assert_eq!(adopted.iter().map(|found| found.unknown).sum::<u64>(), half);
        let waiting = base.store.outbox_depth().await.expect("counts").0;
        assert_eq!(u64::try_from(waiting), Ok(half));
        // Those that may have gone out are looked for, each by one server.
        let looks = took("taken up to be looked for", at_once(&base, look)).await;
        let looked: Vec<_> = looks.into_iter().flatten().collect();
        assert_eq!(looked.len() as u64, half);
        assert_eq!(looked.iter().collect::<HashSet<_>>().len() as u64, half);
        // And staff are asked about each once.
        let asked = took("asked about", at_once(&base, ask)).await;
        assert_eq!(asked.into_iter().flatten().collect::<Vec<_>>(), [office.org]);
        assert_eq!(ask(base.clone()).await, []);
        let unasked = "UPDATE outbox SET look_at = NULL WHERE posting_at IS NOT NULL AND staff_asked_at IS NULL";
        assert_eq!(base.raw(unasked).await.expect("changes"), 0);
    }
}
