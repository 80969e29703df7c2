//! People of the host, and what they see of organizations.

use super::{
    both,
    sample::{NOW, new_id, office, person},
};
use crate::{
    By, NewAudit, NewHost, NewHostSession, NewInvitation, NewOrg, NewSession, SetupRow, StoreError,
};
use domain::{
    ids::{HostId, InvitationId, OrgId, StaffId},
    phone::Phone,
    role::Role,
};

fn hal(id: HostId) -> NewHost<'static> {
    NewHost {
        id,
        email: "hal@host.example",
        email_key: "hal@host.example",
        name: "Hal",
        password_hash: "$argon2",
        at: NOW,
    }
}

both! {
    async fn a_hosts_session_is_no_session_of_staff_and_the_other_way_round(base) {
        let north = office(&base, "north").await;
        let id = HostId(new_id());
        base.store.insert_host(&hal(id)).await.expect("adds");
        let new = NewHostSession { token_hash: b"host", host: id, at: NOW, expires_at: NOW + 10 };
        base.store.insert_host_session(&new).await.expect("a session");
        let mut tx = base.begin(north.org).await;
        let new = NewSession { token_hash: b"staff", staff: north.staff, at: NOW, expires_at: NOW + 10 };
        tx.insert_session(&new).await.expect("a session");
        tx.commit().await.expect("commits");
        let found = base.store.host_session(b"host", NOW).await.expect("reads").expect("stands");
        assert_eq!((found.host, found.name.as_str()), (id, "Hal"));
        assert_eq!(base.store.session(b"host", NOW).await.expect("reads"), None);
        assert_eq!(base.store.host_session(b"staff", NOW).await.expect("reads"), None);
    }

    async fn a_hosts_session_ends_when_its_time_is_over_and_with_a_new_password(base) {
        let id = HostId(new_id());
        base.store.insert_host(&hal(id)).await.expect("adds");
        for token_hash in [b"one", b"two"] {
            let new = NewHostSession { token_hash, host: id, at: NOW, expires_at: NOW + 10 };
            base.store.insert_host_session(&new).await.expect("a session");
        }
        assert_eq!(base.store.host_session(b"one", NOW + 10).await.expect("reads"), None);
        base.store.touch_host_session(b"one", NOW + 5, NOW + 20).await.expect("touches");
        assert!(base.store.host_session(b"one", NOW + 10).await.expect("reads").is_some());
        assert_eq!(base.store.delete_expired_host_sessions(NOW + 10).await.expect("deletes"), 1);
        base.store.reset_host(id, "$other").await.expect("resets");
        assert_eq!(base.store.host_session(b"one", NOW).await.expect("reads"), None);
        let login = base.store.host_by_email("hal@host.example").await.expect("reads").expect("is there");
        assert_eq!((login.id, login.password_hash.as_str()), (id, "$other"));
    }

    async fn an_address_is_the_hosts_or_an_offices_and_never_both(base) {
        let north = office(&base, "north").await;
        base.store.insert_host(&hal(HostId(new_id()))).await.expect("adds");
        let mut tx = base.begin(north.org).await;
        let refused = tx.insert_staff(&person(StaffId(new_id()), "hal@host.example")).await;
        assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        drop(tx);
        let dana = NewHost { email_key: "dana@north.example", ..hal(HostId(new_id())) };
        let twin = hal(HostId(new_id()));
        for taken in [dana, twin] {
            let refused = base.store.insert_host(&taken).await;
            assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
        }
        assert_eq!(base.store.count_hosts().await.expect("counts"), 1);
    }

    async fn the_host_sees_numbers(base) {
        let north = office(&base, "north").await;
        north.saved(&base, NOW).await;
        north.saved(&base, NOW - 100).await;
        let hal_id = HostId(new_id());
        base.store.insert_host(&hal(hal_id)).await.expect("adds");
        let empty = OrgId(new_id());
        let new = NewOrg { id: empty, name: "empty", slug: "empty", zone: "America/New_York", at: NOW };
        let line = NewAudit { id: new_id(), staff: None, at: NOW, what: "founded_organization", subject: "hal" };
        base.store.found_org(&new, &line).await.expect("founds");
        let link = NewInvitation {
            id: InvitationId(new_id()), token_hash: b"link", email: "e@x.example", email_key: "e@x.example",
            role: Role::Administrator, staff: None, by: By::Host(hal_id), at: NOW, expires_at: NOW + 10,
        };
        let line = NewAudit { id: new_id(), what: "invited", ..line };
        base.store.invite_into(empty, &link, &line).await.expect("invites");
        let setup = SetupRow {
            number: Phone::from_e164("+16615550100"),
            account_sid: Some("AC1".into()),
            sealed_token: Some(vec![1]),
            ..SetupRow::default()
        };
        let mut tx = base.begin(north.org).await;
        tx.save_setup(&setup).await.expect("saves");
        tx.set_disabled(north.staff, Some(NOW)).await.expect("disables");
        tx.commit().await.expect("commits");
        let seen = base.store.overview(NOW, NOW - 50).await.expect("reads");
        let seen: Vec<_> = seen.iter().map(|o| (o.slug.as_str(), o.staff, o.invited, o.connected, o.texts)).collect();
        assert_eq!(seen, [("empty", 0, 1, false, 0), ("north", 0, 0, true, 1)]);
        let later = base.store.overview(NOW + 10, NOW).await.expect("reads");
        assert_eq!(later[0].invited, 0, "an invitation that expired invites nobody");
    }

    async fn offices_from_before_get_address_names_in_the_order_of_their_age(base) {
        for (name, at) in [("younger", NOW), ("oldest", NOW - 9)] {
            let new = NewOrg { id: OrgId(new_id()), name, slug: name, zone: "America/New_York", at };
            base.store.create_org(&new).await.expect("adds");
        }
        base.raw("DROP INDEX org_by_slug").await.expect("drops");
        // The statements of the migration.
        base.raw("UPDATE org SET slug = 'office-' || (
            SELECT count(*) FROM org AS other WHERE (other.created_at, other.id) <= (org.created_at, org.id))")
            .await.expect("names");
        base.raw("UPDATE org SET slug = 'office' WHERE slug = 'office-1'").await.expect("names");
        let orgs = base.store.orgs().await.expect("reads");
        let named: Vec<_> = orgs.iter().map(|org| (org.name.as_str(), org.slug.as_str())).collect();
        assert_eq!(named, [("oldest", "office"), ("younger", "office-2")]);
    }
}
