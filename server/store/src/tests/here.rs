//! What every page asks is read in place on SQLite, and by the pool where it cannot be: the same either way.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, new_id, office, phone},
};
use crate::{Advance, CaseFile, ListedText, NewBlock, NewSession, SetupRow};
use domain::{consent::BlockCause, ids::BlockId, incoming::Waiting, status::Status};

const CASE: &str = "251040417";

/// An office in which everything that stands over a case is there, with seven texts of many kinds.
async fn rich(base: &Base) -> Office {
    let office = office(base, "north").await;
    let first = office.saved(base, NOW).await;
    for n in 1..7 {
        office.saved(base, NOW + n / 2).await;
    }
    let (ours, number) = (phone("+16615550100"), cell());
    let mut tx = base.begin(office.org).await;
    let mut client = tx
        .client(office.client)
        .await
        .expect("reads")
        .expect("is there");
    client.language = "es".into();
    client.okay_phone = Some(ours.clone());
    (client.okay_at, client.okay_by) = (Some(NOW + 1), Some(office.staff));
    client.updated_at = NOW + 2;
    assert!(tx.update_client(&client).await.expect("saves"));
    let block = NewBlock {
        id: BlockId(new_id()),
        phone: &number,
        because: BlockCause::Keyword,
        words: "STOP </textarea>",
        held: true,
        at: NOW + 3,
    };
    assert!(tx.insert_block(&block).await.expect("blocks"));
    tx.save_setup(&SetupRow {
        number: Some(ours),
        account_sid: Some("AC1".into()),
        sealed_token: Some(vec![1]),
        max_parts: 4,
        ..SetupRow::default()
    })
    .await
    .expect("saves");
    tx.learn_sid(first, "SM1").await.expect("learns");
    let failed = Advance {
        status: Status::Failed,
        rank: Status::Failed.rank(),
        error: Some(30_003),
        at: NOW + 9,
        corrects: false,
    };
    assert!(tx.advance(first, &failed).await.expect("climbs"));
    tx.insert_event(office.case, first, NOW)
        .await
        .expect("tells");
    tx.insert_session(&NewSession {
        token_hash: b"hash",
        staff: office.staff,
        at: NOW,
        expires_at: NOW + 10,
    })
    .await
    .expect("a session");
    tx.commit().await.expect("commits");
    office
}

type Page = Option<(CaseFile, Vec<ListedText>)>;

both! {
    async fn a_case_with_its_texts_is_the_same_for_who_reads_and_who_writes(base) {
        let office = rich(&base).await;
        let mut reads = base.store.read(office.org).await.expect("a reader");
        let mut writes = base.begin(office.org).await;
        let mut before = None;
        let mut seen = 0;
        loop {
            let page: Page = reads.case_with_texts(CASE, before, 3).await.expect("reads");
            assert_eq!(page, writes.case_with_texts(CASE, before, 3).await.expect("reads"));
            let (file, texts) = page.expect("is there");
            assert_eq!(Some(&file), reads.case_file(CASE).await.expect("reads").as_ref());
            assert_eq!((file.texts, file.max_parts, file.set_up), (7, Some(4), true));
            assert!(file.facts.block.as_ref().is_some_and(|block| block.held && block.since == NOW + 3));
            let Some(last) = texts.last() else { break };
            before = Some((last.created_at, last.id));
            seen += texts.len();
        }
        assert_eq!(seen, 7);
        assert_eq!(reads.case_with_texts("nothing", None, 3).await.expect("reads"), None);
    }

    async fn who_arrives_learns_what_waits(base) {
        let office = rich(&base).await;
        let session = base.store.session(b"hash", NOW).await.expect("reads").expect("stands");
        let (arrived, waiting) = base.store.arrival(b"hash", NOW).await.expect("reads").expect("stands");
        let mut tx = base.store.read(office.org).await.expect("a reader");
        assert_eq!((arrived, waiting), (session, tx.count_waiting().await.expect("counts")));
        let event = tx.last_event().await.expect("reads");
        assert_eq!(waiting, Waiting { held: 1, event, ..Waiting::default() });
        assert!(event > 0);
        assert_eq!(base.store.arrival(b"hash", NOW + 10).await.expect("reads"), None);
        assert_eq!(base.store.arrival(b"hasi", NOW).await.expect("reads"), None);
    }
}

#[tokio::test]
async fn on_sqlite_it_is_read_in_place_and_once_that_cannot_be_by_the_pool() {
    let base = Base::of_sqlite().await;
    let office = rich(&base).await;
    let here = base.store.here().expect("SQLite has it").clone();
    let all = async || {
        let arrival = base.store.arrival(b"hash", NOW).await.expect("reads");
        let mut tx = base.store.read(office.org).await.expect("a reader");
        let page: Page = tx.case_with_texts(CASE, None, 9).await.expect("reads");
        (arrival.expect("stands"), page.expect("is there"))
    };
    assert_eq!(here.at_rest(), Some(0));
    let in_place = all().await;
    // A connection with which something went wrong would be gone.
    assert_eq!(here.at_rest(), Some(1));
    here.close();
    assert_eq!(all().await, in_place);
    assert_eq!(here.at_rest(), None);
}
