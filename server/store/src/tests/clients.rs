//! Clients, cases and finding them.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, client, new_id, office, phone},
};
use crate::{ClientRecord, ListedClient, LookFor, NewCase, StoreError, Tx};
use domain::{
    client_list::{ClientOrder, ClientPlace},
    ids::{CaseId, ClientId},
    search,
};

async fn add(base: &Base, office: Office, names: &[&str]) {
    let mut tx = base.begin(office.org).await;
    for name in names {
        let client = client(name);
        tx.insert_client(&client).await.expect("a client");
        tx.set_terms(client.id, &search::terms(name, None, &[]))
            .await
            .expect("terms");
    }
    tx.commit().await.expect("commits");
}

async fn found(base: &Base, office: Office, typed: &str) -> Vec<String> {
    let mut tx = base.store.read(office.org).await.expect("a reader");
    let words = search::query(typed);
    let asked = LookFor {
        words: &words,
        ..LookFor::default()
    };
    names(tx.list_clients(&asked, 50).await.expect("finds"))
}

fn names(rows: Vec<ListedClient>) -> Vec<String> {
    rows.into_iter().map(|row| row.client.name).collect()
}

/// How many have a term that begins so.
async fn count(tx: &mut Tx, word: &str) -> usize {
    let words = [word.to_owned()];
    let asked = LookFor {
        words: &words,
        ..LookFor::default()
    };
    tx.list_clients(&asked, 9).await.expect("finds").len()
}

/// The whole list, page by page.
async fn paged(tx: &mut Tx, asked: LookFor<'_>) -> Vec<ListedClient> {
    let mut all: Vec<ListedClient> = Vec::new();
    loop {
        let after = all.last().map(|row| match asked.order {
            ClientOrder::Name => ClientPlace::Name(row.client.name_key.clone(), row.client.id),
            ClientOrder::LastText => {
                ClientPlace::LastText(row.last_text_at.unwrap_or(0), row.client.id)
            }
        });
        let after = after.as_ref();
        let page = tx.list_clients(&LookFor { after, ..asked }, 7).await;
        let page = page.expect("lists");
        assert!(page.len() <= 7);
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

fn case<'a>(client: ClientId, number: &'a str, at: i64) -> NewCase<'a> {
    NewCase {
        id: CaseId(new_id()),
        client,
        number,
        key: number,
        at,
    }
}

both! {
    async fn a_client_is_read_as_written_and_as_changed(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let mut mina = client("Mina 李");
        tx.insert_client(&mina).await.expect("inserts");
        assert_eq!(tx.client(mina.id).await.expect("reads").as_ref(), Some(&mina));
        mina = ClientRecord {
            name: "Mina B.".into(),
            phone: None,
            okay_phone: Some(cell()),
            okay_at: Some(NOW),
            okay_by: Some(office.staff),
            language: "es".into(),
            updated_at: NOW + 1,
            ..mina
        };
        assert!(tx.update_client(&mina).await.expect("updates"));
        assert_eq!(tx.client(mina.id).await.expect("reads"), Some(mina));
    }

    async fn every_word_must_begin_a_term(base) {
        let office = office(&base, "north").await;
        add(&base, office, &["Ana Peña", "Ana Maria Ruiz", "Mariana Peters", "Żaneta Ångström"]).await;
        assert_eq!(found(&base, office, "ana").await, ["Ana Maria Ruiz", "Ana Peña"]);
        assert_eq!(found(&base, office, "PE").await, ["Ana Peña", "Mariana Peters"]);
        assert_eq!(found(&base, office, "pe an").await, ["Ana Peña"]);
        assert_eq!(found(&base, office, "pe pe p").await, ["Ana Peña", "Mariana Peters"]);
        assert_eq!(found(&base, office, "a m r a m r").await, ["Ana Maria Ruiz"]);
        assert_eq!(found(&base, office, "zan ang").await, ["Żaneta Ångström"]);
        assert_eq!(found(&base, office, "ana x").await, Vec::<String>::new());
        assert_eq!(found(&base, office, "%").await.len(), 5);
    }

    async fn words_that_many_have_find_the_same_as_words_that_few_have(base) {
        let office = office(&base, "north").await;
        let names: Vec<String> = (0..4_100).map(|n| format!("Common{} N{n:04}", n % 3)).collect();
        add(&base, office, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        assert_eq!(found(&base, office, "common").await[..2], ["Common0 N0000", "Common0 N0003"]);
        assert_eq!(found(&base, office, "common n").await.len(), 50);
        assert_eq!(found(&base, office, "com n c n c n1234").await, ["Common1 N1234"]);
        assert_eq!(found(&base, office, "c n c n c n").await.len(), 50);
    }

    async fn terms_are_replaced_not_added_to(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        tx.set_terms(office.client, &words(&["old", "old", "\"quoted\\"])).await.expect("sets");
        tx.set_terms(office.client, &words(&["new"])).await.expect("sets");
        assert_eq!(count(&mut tx, "old").await, 0);
        assert_eq!(count(&mut tx, "ne").await, 1);
        tx.set_terms(office.client, &[]).await.expect("sets");
        assert_eq!(count(&mut tx, "ne").await, 0);
    }

    async fn pages_of_clients_have_no_gaps_and_no_doubles(base) {
        let office = office(&base, "north").await;
        // The same name often, and names that a language's order would sort otherwise than their bytes.
        let names: Vec<&str> = ["ana", "Ana", "ana", "äna", "an-a", "zoe", "ana", "Ömer"].repeat(5);
        add(&base, office, &names).await;
        let mut tx = base.store.read(office.org).await.expect("a reader");
        let all = tx.list_clients(&LookFor::default(), 1_000).await.expect("lists");
        assert_eq!(all.len(), 41);
        assert!(all.is_sorted_by_key(|row| (row.client.name_key.clone(), row.client.id)));
        assert_eq!(paged(&mut tx, LookFor::default()).await, all);
    }

    async fn the_list_begins_with_whom_one_wrote_to_last(base) {
        let office = office(&base, "north").await;
        add(&base, office, &["Never One", "Never Two", "Early", "Late", "Between"]).await;
        let mut tx = base.begin(office.org).await;
        for (name, at) in [("Late", 30), ("Early", 10), ("Between", 20), ("Late", 5)] {
            let words = search::query(name);
            let found = tx.list_clients(&LookFor { words: &words, ..LookFor::default() }, 2).await.expect("finds");
            tx.texted(found[0].client.id, NOW + at).await.expect("is written down");
        }
        tx.commit().await.expect("commits");
        office.saved(&base, NOW + 40).await;
        let mut tx = base.store.read(office.org).await.expect("a reader");
        let asked = LookFor { order: ClientOrder::LastText, ..LookFor::default() };
        let all = tx.list_clients(&asked, 50).await.expect("lists");
        assert_eq!(all[0].last_text_at, Some(NOW + 40));
        assert_eq!(all[5].last_text_at, None);
        assert_eq!(names(all)[..4], ["Marisol Peña Guerrero", "Late", "Between", "Early"]);
        let words = search::query("never");
        let never = tx.list_clients(&LookFor { words: &words, ..asked }, 50).await.expect("lists");
        assert_eq!(never.len(), 2);
    }

    async fn each_order_and_each_choice_has_pages_without_gaps_and_doubles(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        for n in 0..60_i64 {
            let permitted = n % 3 == 0;
            let one = ClientRecord {
                okay_phone: permitted.then(cell),
                phone: (n % 5 != 1).then(cell),
                ..client(&format!("Same Name{}", n % 4))
            };
            tx.insert_client(&one).await.expect("inserts");
            tx.set_terms(one.id, &search::terms(&one.name, None, &[])).await.expect("terms");
            tx.texted(one.id, NOW + n / 10).await.expect("texts");
        }
        tx.commit().await.expect("commits");
        let mut tx = base.store.read(office.org).await.expect("a reader");
        for typed in ["", "same"] {
            let words = search::query(typed);
            for order in [ClientOrder::Name, ClientOrder::LastText] {
                let whole = LookFor { words: &words, order, ..LookFor::default() };
                let everybody = tx.list_clients(&whole, 1_000).await.expect("lists");
                assert_eq!(paged(&mut tx, whole).await, everybody, "{typed:?} {order:?}");
                for okay in [true, false] {
                    let may = |row: &ListedClient| row.client.phone.is_some() && row.client.phone == row.client.okay_phone;
                    let expected: Vec<ListedClient> = everybody.iter().filter(|row| may(row) == okay).cloned().collect();
                    assert!(expected.len() > 7);
                    let some = LookFor { okay: Some(okay), ..whole };
                    assert_eq!(paged(&mut tx, some).await, expected, "{typed:?} {order:?} {okay}");
                }
            }
        }
    }

    async fn a_case_number_is_taken_once_in_an_office_and_free_in_another(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let mut tx = base.begin(north.org).await;
        let refused = tx.insert_case(&case(north.client, "251040417", NOW)).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        tx.insert_case(&case(north.client, "9", NOW)).await.expect("the transaction can go on");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        tx.insert_case(&case(south.client, "9", NOW)).await.expect("another office");
    }

    async fn cases_are_listed_with_their_texts(base) {
        let office = office(&base, "north").await;
        office.saved(&base, NOW).await;
        office.saved(&base, NOW).await;
        let mut tx = base.begin(office.org).await;
        tx.insert_case(&case(office.client, "26-1", NOW + 1)).await.expect("a case");
        let cases = tx.cases_of(office.client).await.expect("lists");
        let told: Vec<(&str, i64)> = cases.iter().map(|(case, texts)| (case.number.as_str(), *texts)).collect();
        assert_eq!(told, [("25-1040417", 2), ("26-1", 0)]);
        let numbers = tx.cases_of_clients(&[office.client, ClientId(new_id())]).await.expect("lists");
        assert_eq!(numbers, [(office.client, "25-1040417".into()), (office.client, "26-1".into())]);
        assert!(tx.cases_of_clients(&[]).await.expect("lists").is_empty());
    }

    async fn who_shares_a_number_is_named(base) {
        let office = office(&base, "north").await;
        add(&base, office, &["Luis", "Ana"]).await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.clients_with_phone(&cell(), office.client).await.expect("reads"), ["Ana", "Luis"]);
        assert!(tx.clients_with_phone(&phone("+16615550111"), office.client).await.expect("reads").is_empty());
        assert!(tx.any_client().await.expect("reads"));
    }
}
