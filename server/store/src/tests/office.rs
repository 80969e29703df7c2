//! Texting Setup and quick entries.

use super::{
    both,
    sample::{NOW, new_id, office, phone},
};
use crate::{NewCall, NewQuickEntry, SetupRow, StoreError, Tx};
use domain::ids::QuickEntryId;

fn entry(name: &str) -> NewQuickEntry<'_> {
    NewQuickEntry {
        id: QuickEntryId(new_id()),
        name,
        name_key: name,
        body: "On ____",
        at: NOW,
    }
}

async fn names(tx: &mut Tx) -> Vec<(String, bool)> {
    tx.quick_entries()
        .await
        .expect("reads")
        .into_iter()
        .map(|e| (e.name, e.archived))
        .collect()
}

both! {
    async fn setup_is_read_as_last_saved(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.org().await.expect("reads").name, "north");
        assert!(tx.setup().await.expect("reads").is_none());
        let first = SetupRow { text_response: "We do not read texts.".into(), max_parts: 1, ..SetupRow::default() };
        tx.save_setup(&first).await.expect("saves");
        let second = SetupRow {
            number: Some(phone("+16615550100")),
            account_sid: Some("AC1".into()),
            sealed_token: Some(vec![0, 1, 255]),
            token_set_at: Some(NOW),
            call_response: "Call us.".into(),
            status_callback: "https://text.example.org/".into(),
            checked_at: Some(NOW),
            check_json: Some("{}".into()),
            ..first
        };
        tx.save_setup(&second).await.expect("saves");
        assert!(tx.setup().await.expect("reads") == Some(second));
    }

    async fn a_call_is_kept_once_for_each_office(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        let call = NewCall { sid: "CA1", from: "anonymous", to: "+16615550100", at: NOW };
        let mut tx = base.begin(north.org).await;
        assert!(tx.insert_call(&call).await.expect("keeps"));
        assert!(!tx.insert_call(&NewCall { at: NOW + 1, ..call }).await.expect("knows it"));
        assert_eq!(tx.last_call().await.expect("reads"), Some(NOW));
        tx.commit().await.expect("commits");
        let mut tx = base.begin(south.org).await;
        assert_eq!(tx.last_call().await.expect("reads"), None);
        assert!(tx.insert_call(&call).await.expect("another office’s call"));
    }

    async fn quick_entries_keep_their_order(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let entries = [entry("c"), entry("a"), entry("b")];
        for entry in &entries {
            tx.insert_quick_entry(entry).await.expect("adds");
        }
        let list = |names: [&str; 3]| names.map(|name| (name.to_owned(), false)).to_vec();
        assert_eq!(names(&mut tx).await, list(["c", "a", "b"]));
        tx.set_positions(&[entries[2].id, entries[0].id, entries[1].id]).await.expect("orders");
        assert_eq!(names(&mut tx).await, list(["b", "c", "a"]));
        assert!(tx.update_quick_entry(&NewQuickEntry { name: "d", name_key: "d", ..entries[0] }).await.expect("changes"));
        assert_eq!(names(&mut tx).await, list(["b", "d", "a"]));
    }

    async fn the_name_of_an_archived_entry_is_free(base) {
        let office = office(&base, "north").await;
        let (old, new) = (entry("hearing"), entry("hearing"));
        let mut tx = base.begin(office.org).await;
        tx.insert_quick_entry(&old).await.expect("adds");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(office.org).await;
        let refused = tx.insert_quick_entry(&new).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        drop(tx);
        let mut tx = base.begin(office.org).await;
        assert!(tx.archive_quick_entry(old.id, NOW).await.expect("archives"));
        assert!(!tx.archive_quick_entry(old.id, NOW).await.expect("once only"));
        tx.insert_quick_entry(&new).await.expect("adds");
        assert_eq!(names(&mut tx).await, [("hearing".to_owned(), true), ("hearing".to_owned(), false)]);
        tx.commit().await.expect("commits");
        let mut tx = base.begin(office.org).await;
        let refused = tx.restore_quick_entry(old.id).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        drop(tx);
        let mut tx = base.begin(office.org).await;
        assert!(tx.archive_quick_entry(new.id, NOW).await.expect("archives"));
        assert!(tx.restore_quick_entry(old.id).await.expect("restores"));
    }
}
