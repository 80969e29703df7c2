//! Staff, sessions and accounts.

use super::{
    both,
    sample::{self, NOW, new_id, office, person, phone},
};
use crate::{NewOrg, NewSession, SetupRow, StoreError};
use domain::{
    ids::{OrgId, StaffId},
    role::Role,
};

both! {
    async fn a_session_knows_the_person_and_the_office(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let new = NewSession { token_hash: b"hash", staff: office.staff, at: NOW, expires_at: NOW + 10 };
        tx.insert_session(&new).await.expect("a session");
        tx.commit().await.expect("commits");
        let found = base.store.session(b"hash", NOW).await.expect("reads").expect("stands");
        assert_eq!((found.staff, found.org, found.role), (office.staff, office.org, Role::Staff));
        assert_eq!((found.office.as_str(), found.zone.as_str()), ("north", "America/Los_Angeles"));
        assert_eq!((found.name.as_str(), found.expires_at), ("Dana Ortiz", NOW + 10));
        assert_eq!(base.store.session(b"hasi", NOW).await.expect("reads"), None);
    }

    async fn a_session_ends_when_its_time_is_over_and_goes_on_when_touched(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let new = NewSession { token_hash: b"hash", staff: office.staff, at: NOW, expires_at: NOW + 10 };
        tx.insert_session(&new).await.expect("a session");
        tx.commit().await.expect("commits");
        assert_eq!(base.store.session(b"hash", NOW + 10).await.expect("reads"), None);
        base.store.touch_session(b"hash", NOW + 5, NOW + 20).await.expect("touches");
        assert!(base.store.session(b"hash", NOW + 10).await.expect("reads").is_some());
        assert_eq!(base.store.delete_expired_sessions(NOW + 19).await.expect("deletes"), 0);
        assert_eq!(base.store.delete_expired_sessions(NOW + 20).await.expect("deletes"), 1);
    }

    async fn whoever_is_disabled_has_no_session(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let new = NewSession { token_hash: b"hash", staff: office.staff, at: NOW, expires_at: NOW + 10 };
        tx.insert_session(&new).await.expect("a session");
        tx.commit().await.expect("commits");
        base.raw("UPDATE staff SET disabled_at = 1").await.expect("disables");
        assert_eq!(base.store.session(b"hash", NOW).await.expect("reads"), None);
        let login = base.store.staff_by_email("dana@north.example").await.expect("reads").expect("is there");
        assert!(login.disabled);
    }

    async fn signing_out_ends_one_session_and_a_new_password_all_of_them(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        for token_hash in [b"one", b"two", b"six"] {
            let new = NewSession { token_hash, staff: office.staff, at: NOW, expires_at: NOW + 10 };
            tx.insert_session(&new).await.expect("a session");
        }
        tx.commit().await.expect("commits");
        base.store.delete_session(b"one").await.expect("deletes");
        assert_eq!(base.store.session(b"one", NOW).await.expect("reads"), None);
        assert!(base.store.session(b"two", NOW).await.expect("reads").is_some());
        let mut tx = base.begin(office.org).await;
        assert!(tx.set_password(office.staff, "$other").await.expect("sets"));
        assert_eq!(tx.delete_sessions_of(office.staff).await.expect("deletes"), 2);
        tx.commit().await.expect("commits");
        let login = base.store.staff_by_email("dana@north.example").await.expect("reads").expect("is there");
        assert_eq!(login.password_hash, "$other");
    }

    async fn an_address_signs_in_to_one_office_only(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        assert_eq!(base.store.count_staff().await.expect("counts"), 2);
        let mut tx = base.begin(south.org).await;
        let refused = tx.insert_staff(&person(StaffId(new_id()), "dana@north.example")).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        let login = base.store.staff_by_email("dana@north.example").await.expect("reads").expect("is there");
        assert_eq!((login.org, login.id, login.disabled), (north.org, north.staff, false));
        let names: Vec<String> = base.store.orgs().await.expect("reads").into_iter().map(|org| org.name).collect();
        assert_eq!(names, ["north", "south"]);
    }

    async fn an_account_of_twilio_is_found_with_every_office_that_uses_it(base) {
        let (north, south) = (office(&base, "north").await, office(&base, "south").await);
        for (office, number) in [(north, "+16615550100"), (south, "+16615550101")] {
            let setup = SetupRow {
                number: Some(phone(number)),
                account_sid: Some("AC1".into()),
                sealed_token: Some(vec![0, 255, 7]),
                ..SetupRow::default()
            };
            let mut tx = base.begin(office.org).await;
            tx.save_setup(&setup).await.expect("saves");
            tx.commit().await.expect("commits");
        }
        let found = base.store.accounts_by_sids(&["AC2", "AC1"]).await.expect("reads").remove(1);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|account| account.sealed_token == [0, 255, 7]));
        assert!(found.iter().any(|a| a.org == north.org && a.number == Some(phone("+16615550100"))));
        assert!(base.store.accounts_by_sids(&["AC2"]).await.expect("reads").concat().is_empty());
    }

    async fn roles_and_access_change_at_once(base) {
        let office = office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        assert_eq!(tx.lock_staff().await.expect("counts"), 0);
        assert!(tx.set_role(office.staff, Role::Administrator).await.expect("sets"));
        assert_eq!(tx.lock_staff().await.expect("counts"), 1);
        assert!(tx.set_disabled(office.staff, Some(NOW)).await.expect("sets"));
        assert_eq!(tx.lock_staff().await.expect("counts"), 0, "who cannot sign in administers nothing");
        let person = tx.all_staff().await.expect("reads").remove(0);
        assert_eq!((person.role, person.disabled_at), (Role::Administrator, Some(NOW)));
        assert!(tx.set_disabled(office.staff, None).await.expect("sets"));
        assert_eq!(tx.staff(office.staff).await.expect("reads").expect("is there").disabled_at, None);
    }

    async fn two_administrators_who_change_each_other_wait_for_one_another(base) {
        let office = office(&base, "north").await;
        let mut first = base.begin(office.org).await;
        first.lock_staff().await.expect("locks");
        let store = base.store.clone();
        let second = tokio::spawn(async move {
            let mut tx = store.begin(office.org).await.expect("begins");
            tx.lock_staff().await.expect("locks after the other")
        });
        first.set_role(office.staff, Role::Administrator).await.expect("sets");
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        first.commit().await.expect("commits");
        assert_eq!(second.await.expect("ends"), 1, "it sees what the first one did");
    }

    async fn an_address_name_belongs_to_one_organization(base) {
        let north = office(&base, "north").await;
        let again = NewOrg { id: OrgId(new_id()), name: "Another", slug: "north", zone: "America/New_York", at: NOW };
        let refused = base.store.create_org(&again).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        let orgs = base.store.orgs().await.expect("reads");
        assert_eq!((orgs.len(), orgs[0].id, orgs[0].slug.as_str()), (1, north.org, "north"));
    }

    async fn a_member_of_staff_is_read_as_written(base) {
        let office = sample::office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        let staff = tx.staff(office.staff).await.expect("reads").expect("is there");
        assert_eq!((staff.name.as_str(), staff.email.as_str()), ("Dana Ortiz", "dana@north.example"));
        assert_eq!((staff.role, staff.disabled_at, staff.created_at), (Role::Staff, None, NOW));
    }

    async fn an_office_is_there_with_its_first_administrator_or_not_at_all(base) {
        let id = OrgId(new_id());
        let new = NewOrg { id, name: "Half an office", slug: "half", zone: "America/Denver", at: NOW };
        let tx = base.store.begin_org(&new).await.expect("begins");
        drop(tx);
        let orgs = base.store.orgs().await.expect("lists");
        assert!(!orgs.iter().any(|org| org.id == id), "rolled back with what was to belong to it");
        let tx = base.store.begin_org(&new).await.expect("begins");
        assert_eq!(tx.org_id(), id);
        tx.commit().await.expect("commits");
        assert!(base.store.orgs().await.expect("lists").iter().any(|org| org.id == id));
    }
}
