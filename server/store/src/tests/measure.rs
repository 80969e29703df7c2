//! How long the large things take. By hand:
//! `cargo test -p store --release -- --ignored --nocapture measure`

use super::{
    base::Base,
    sample::{NOW, Office, cell, client, new_id, office},
};
use crate::{CaseFile, ClientRecord, ListedText, LookFor, NewCase, NewText, Tx};
use domain::{
    client_list::ClientOrder,
    ids::{CaseId, TextId},
    search,
    status::Status,
};
use std::time::{Duration, Instant};

const CLIENTS: usize = 100_000;
const TEXTS: i64 = 1_000_000;
const CASES: usize = 10_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; measures"]
async fn measure_on_sqlite() {
    super::base::on_sqlite(measure).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; measures"]
async fn measure_on_postgres() {
    super::base::on_postgres(measure).await;
}

async fn measure(base: Base) {
    let office = office(&base, "north").await;
    clients(&base, office).await;
    base.raw("ANALYZE").await.expect("analyzes");
    touch(&base, office).await;
    for typed in [
        "",
        "m",
        "ma",
        "maria",
        "maria gar",
        "garcia 7",
        "zzz",
        "maria zzz",
        "j j j j j j",
        "0142",
        "99123",
        "m 0142",
    ] {
        let words = search::query(typed);
        let mut tx = base.store.read(office.org).await.expect("a reader");
        for order in [ClientOrder::Name, ClientOrder::LastText] {
            for okay in [None, Some(true), Some(false)] {
                let asked = LookFor {
                    words: &words,
                    okay,
                    order,
                    after: None,
                };
                let (found, best) = best_of_seven(&mut tx, &asked).await;
                println!("search {typed:?} {order:?} {okay:?}: {found} in {best:?}");
            }
        }
    }
    let cases = cases(&base, office).await;
    let start = Instant::now();
    texts(&base, office, &cases).await;
    println!("{TEXTS} texts in {:?}", start.elapsed());
    base.raw("ANALYZE").await.expect("analyzes");
    let mut tx = base.store.read(office.org).await.expect("a reader");
    for key in ["M1", "251040417"] {
        let start = Instant::now();
        let file = tx.case_file(key).await.expect("reads").expect("is there");
        let (count, counted) = (file.texts, start.elapsed());
        let (_, texts) = page(&mut tx, key, None).await;
        let last = texts.last().expect("many");
        let start = Instant::now();
        page(&mut tx, key, Some((last.created_at, last.id))).await;
        println!(
            "{count} texts of a case: counted in {counted:?}, case with a page in {:?}",
            start.elapsed()
        );
    }
}

async fn page(
    tx: &mut Tx,
    key: &str,
    before: Option<(i64, TextId)>,
) -> (CaseFile, Vec<ListedText>) {
    let page = tx.case_with_texts(key, before, 51).await;
    page.expect("lists").expect("is there")
}

async fn best_of_seven(tx: &mut Tx, asked: &LookFor<'_>) -> (usize, Duration) {
    let (mut best, mut found) = (Duration::MAX, 0);
    for _ in 0..7 {
        let start = Instant::now();
        found = tx.list_clients(asked, 51).await.expect("finds").len();
        best = best.min(start.elapsed());
    }
    (found, best)
}

/// One in a thousand may be texted; every second one was, once.
async fn touch(base: &Base, office: Office) {
    let mut tx = base.store.read(office.org).await.expect("a reader");
    let all = tx.list_clients(&LookFor::default(), i64::MAX).await;
    let all = all.expect("lists");
    drop(tx);
    let mut tx = base.begin(office.org).await;
    for (n, row) in all.into_iter().enumerate() {
        let client = row.client;
        if n % 2 == 0 {
            let at = NOW + i64::try_from(n * 7919 % 100_000).expect("small");
            tx.texted(client.id, at).await.expect("is written down");
        }
        if n % 1_000 == 0 {
            let permitted = ClientRecord {
                phone: Some(cell()),
                okay_phone: Some(cell()),
                ..client
            };
            tx.update_client(&permitted).await.expect("updates");
        }
    }
    tx.commit().await.expect("commits");
    base.raw("ANALYZE").await.expect("analyzes");
}

async fn clients(base: &Base, office: Office) {
    let first = [
        "Maria", "José", "Marisol", "John", "Juana", "Ahmed", "Li", "Olga", "Ngozi", "Jamal",
    ];
    let last = [
        "Garcia", "Jones", "Peña", "Jensen", "Nguyen", "Okafor", "Smith", "Ivanova", "Juarez",
        "Brown",
    ];
    let start = Instant::now();
    let mut tx = base.begin(office.org).await;
    for n in 0..CLIENTS {
        // Plans that were made for an empty table must not last.
        if [1_000, 10_000].contains(&n) {
            tx.commit().await.expect("commits");
            base.raw("ANALYZE").await.expect("analyzes");
            tx = base.begin(office.org).await;
        }
        let name = format!("{} {} {}", first[n % 10], last[(n / 10) % 10], n / 100);
        let client = client(&name);
        tx.insert_client(&client).await.expect("inserts");
        let mut terms = search::terms(&name, None, &[]);
        terms.push(format!("{:04}", n % 10_000));
        terms.push(format!("99{n:05}"));
        tx.set_terms(client.id, &terms).await.expect("sets");
    }
    tx.commit().await.expect("commits");
    println!("{CLIENTS} clients in {:?}", start.elapsed());
}

async fn cases(base: &Base, office: Office) -> Vec<CaseId> {
    let mut tx = base.begin(office.org).await;
    let mut cases = Vec::with_capacity(CASES);
    for n in 0..CASES {
        let (id, number) = (CaseId(new_id()), format!("M{n}"));
        let new = NewCase {
            id,
            client: office.client,
            number: &number,
            key: &number,
            at: NOW,
        };
        tx.insert_case(&new).await.expect("inserts");
        cases.push(id);
    }
    tx.commit().await.expect("commits");
    cases
}

/// A tenth of all on one case, the others spread.
async fn texts(base: &Base, office: Office, cases: &[CaseId]) {
    let to = cell();
    let mut tx = base.begin(office.org).await;
    let body =
        "Your hearing is on Monday at 9:00 AM in Department 12. Bring the lease and the notice.";
    let new = |n: i64| {
        let spread = cases[usize::try_from(n).expect("positive") % CASES];
        let case = if n % 10 == 0 { office.case } else { spread };
        NewText {
            case,
            ..office.text(body, &to, NOW + n)
        }
    };
    for batch in 0..TEXTS / 10_000 {
        let texts: Vec<NewText<'_>> = (batch * 10_000..(batch + 1) * 10_000).map(new).collect();
        tx.bulk_insert_texts(&texts, Status::Delivered)
            .await
            .expect("inserts");
    }
    tx.commit().await.expect("commits");
}
