//! What servers on one database share, and what is held after a restore.

use super::{
    base::{self, Base},
    both,
    sample::{NOW, new_id, office, take},
};
use crate::{Claim, Held, NewOrg, StoreError, open::Db};
use domain::{halt::Reason, ids::OrgId, status::Status};

const MINUTE: i64 = 60_000;
const OFFICE: [u8; 32] = [1; 32];
const DANA: [u8; 32] = [2; 32];
const LUIS: [u8; 32] = [3; 32];

both! {
    async fn tries_of_many_servers_at_once_count_together(base) {
        let tries: Vec<_> = (0..20).map(|n| {
            let base = base.clone();
            // Whichever key comes first.
            let keys = if n % 2 == 0 { [OFFICE, DANA] } else { [DANA, OFFICE] };
            tokio::spawn(async move { base.store.take_tries(&keys, NOW).await.expect("answers").is_ok() })
        }).collect();
        let mut taken = 0;
        for each in tries {
            taken += usize::from(each.await.expect("ends"));
        }
        assert_eq!(taken, 10);
        assert_eq!(base.store.take_tries(&[OFFICE, DANA], NOW).await.expect("answers"), Err(1));
    }

    async fn who_has_to_wait_for_one_key_pays_with_no_other(base) {
        for _ in 0..10 {
            assert_eq!(base.store.take_tries(&[OFFICE, DANA], NOW).await.expect("takes"), Ok(()));
        }
        base.store.give_back_tries(&[OFFICE]).await.expect("gives back");
        assert_eq!(base.store.take_tries(&[OFFICE, DANA], NOW).await.expect("answers"), Err(1));
        assert_eq!(base.store.take_tries(&[OFFICE, LUIS], NOW).await.expect("takes"), Ok(()));
        assert_eq!(base.store.delete_spent_tries(NOW + 9 * MINUTE).await.expect("forgets"), 1);
        assert_eq!(base.store.delete_spent_tries(NOW + 10 * MINUTE).await.expect("forgets"), 2);
    }

    async fn of_many_that_are_first_at_once_one_founds_the_office(base) {
        let founders: Vec<_> = (0..6).map(|n| {
            let base = base.clone();
            tokio::spawn(async move {
                let slug = format!("office-{n}");
                let org = NewOrg { id: OrgId(new_id()), name: "North", slug: &slug, zone: "America/Chicago", at: NOW };
                let Some(mut tx) = base.store.begin_first_org(&org).await.expect("answers") else { return false };
                let staff = domain::ids::StaffId(new_id());
                tx.insert_staff(&super::sample::person(staff, "ada@north.example")).await.expect("somebody");
                tx.commit().await.expect("commits");
                true
            })
        }).collect();
        let mut founded = 0;
        for each in founders {
            founded += usize::from(each.await.expect("ends"));
        }
        assert_eq!(founded, 1);
        assert_eq!(base.store.orgs().await.expect("lists").len(), 1);
    }

    async fn after_a_restore_what_waits_is_unknown_and_nothing_leaves_until_it_is_released(base) {
        let office = office(&base, "north").await;
        let (posting, _) = office.posting(&base).await;
        let claimed = office.saved(&base, NOW + 1).await;
        take(&base, "one", NOW + 1).await;
        let waiting = office.saved(&base, NOW + 2).await;
        // Nobody knew of this one when the backup was made, staff were asked, and may have sent it again since.
        let unknown = office.saved(&base, NOW + 3).await;
        for change in [
            "UPDATE outbox SET posting_at = created_at + 90000, staff_asked_at = 1
             WHERE created_at = (SELECT max(created_at) FROM message)",
            "UPDATE message SET status = 'unknown', rank = 3 WHERE created_at = (SELECT max(created_at) FROM message)",
        ] {
            base.raw(change).await.expect("changes");
        }
        let aside = office.saved(&base, NOW + 4).await;
        for change in [
            "UPDATE outbox SET parked_at = 1 WHERE created_at = (SELECT max(created_at) FROM message)",
            "UPDATE message SET status = 'stopped', rank = 100 WHERE created_at = (SELECT max(created_at) FROM message)",
        ] {
            base.raw(change).await.expect("changes");
        }
        let held = base.store.hold_restored(NOW + MINUTE).await.expect("holds");
        assert_eq!(held, Held { organizations: 1, texts: 4 });
        let again = base.store.hold_restored(NOW + MINUTE).await.expect("holds");
        assert_eq!(again, Held { organizations: 0, texts: 0 });
        let mut tx = base.begin(office.org).await;
        for text in [posting, claimed, waiting, unknown] {
            let text = tx.text(text).await.expect("reads").expect("is there");
            assert_eq!((text.status, text.rank), (Status::Unknown, 3));
        }
        let aside = tx.text(aside).await.expect("reads").expect("is there");
        assert_eq!(aside.status, Status::Stopped, "what was put aside stays so");
        assert_eq!(tx.halts().await.expect("reads")[0].reason, Reason::Restored);
        assert_eq!(tx.count_waiting().await.expect("counts").unclear, 1, "to be released");
        drop(tx);
        let unresolved = base.store.unresolved(9).await.expect("lists");
        for (text, at) in [(waiting, NOW + 2), (unknown, NOW + 3)] {
            let found = unresolved.iter().find(|each| each.text == text).expect("is unknown");
            assert_eq!(found.posting_at, at, "it may have left from then on");
        }
        let new = office.saved(&base, NOW + 2 * MINUTE).await;
        assert!(claims(&base).await.is_empty());
        assert_eq!(base.store.release_restored().await.expect("releases"), 1);
        assert_eq!(claims(&base).await, [new]);
    }

    async fn a_sound_database_is_looked_over_without_a_word(base) {
        office(&base, "north").await;
        base.store.look_over().await.expect("is sound");
    }
}

async fn claims(base: &Base) -> Vec<domain::ids::TextId> {
    let claim = Claim {
        owner: "one",
        token: new_id(),
        now: NOW + 9 * MINUTE,
        lease: 30_000,
        limit: 9,
    };
    let claimed = base.store.claim(&claim).await.expect("claims");
    claimed.into_iter().map(|claimed| claimed.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_a_connection_to_a_server_that_was_demoted_is_not_handed_out_again() {
    base::on_postgres(|base| async move {
        let Db::Postgres(pool) = &base.store.0 else {
            panic!("PostgreSQL")
        };
        let who = "SELECT pg_backend_pid()";
        let mut demoted = pool.acquire().await.expect("a connection");
        let (old,): (i32,) = sqlx::query_as(who)
            .fetch_one(&mut *demoted)
            .await
            .expect("asks");
        let change = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
        sqlx::query(change)
            .execute(&mut *demoted)
            .await
            .expect("as after a demotion");
        drop(demoted);
        for _ in 0..20 {
            let mut conn = pool.acquire().await.expect("a connection");
            let (pid,): (i32,) = sqlx::query_as(who)
                .fetch_one(&mut *conn)
                .await
                .expect("asks");
            assert_ne!(pid, old);
        }
        // What it could not write, another connection writes.
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        tx.save_draft(office.staff, office.case, "half", 1)
            .await
            .expect("saves");
        tx.commit().await.expect("commits");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_tells_all_hear_and_sqlite_has_no_others() {
    base::on_postgres(|base| async move {
        let mut others = base
            .store
            .hear_others()
            .await
            .expect("hears")
            .expect("others");
        base.store.tell_others("one 0123").await.expect("tells");
        assert_eq!(others.next().await.expect("hears"), Some("one 0123".into()));
        let long = "x".repeat(crate::LONGEST_MESSAGE);
        base.store.tell_others(&long).await.expect("fits");
        assert_eq!(others.next().await.expect("hears"), Some(long));
    })
    .await;
    base::on_sqlite(|base| async move {
        assert!(!base.store.has_others());
        assert!(base.store.hear_others().await.expect("answers").is_none());
    })
    .await;
}

#[test]
fn a_damaged_file_is_called_so() {
    let error = StoreError::Damaged("page 7".into()).to_string();
    assert!(error.contains("oktext restore") && error.contains("page 7"));
}
