//! Links by which somebody joins or sets a new password.

use super::{
    both,
    sample::{NOW, Office, new_id, office},
};
use crate::{By, NewInvitation};
use domain::{ids::InvitationId, invitation::Course, role::Role};

fn link<'a>(office: &Office, token_hash: &'a [u8], email: &'a str) -> NewInvitation<'a> {
    NewInvitation {
        id: InvitationId(new_id()),
        token_hash,
        email,
        email_key: email,
        role: Role::Staff,
        staff: None,
        by: By::Staff(office.staff),
        at: NOW,
        expires_at: NOW + 10,
    }
}

both! {
    async fn a_link_is_found_by_the_hash_of_its_token_with_the_office_that_it_leads_into(base) {
        let north = office(&base, "north").await;
        let new = link(&north, b"token", "luis@north.example");
        let mut tx = base.begin(north.org).await;
        tx.insert_invitation(&new).await.expect("adds");
        tx.commit().await.expect("commits");
        let found = base.store.invitation(b"token").await.expect("reads").expect("is there");
        assert_eq!((found.org, found.office.as_str(), found.known), (north.org, "north", None));
        assert_eq!((found.row.id, found.row.email.as_str(), found.row.role), (new.id, "luis@north.example", Role::Staff));
        assert_eq!(found.row.course, Course { expires_at: NOW + 10, used_at: None, withdrawn_at: None });
        assert_eq!(base.store.invitation(b"tokem").await.expect("reads"), None);
    }

    async fn a_link_is_used_once(base) {
        let north = office(&base, "north").await;
        let new = link(&north, b"token", "luis@north.example");
        let mut tx = base.begin(north.org).await;
        tx.insert_invitation(&new).await.expect("adds");
        assert!(!tx.use_invitation(new.id, NOW + 10).await.expect("uses"), "its time is over");
        assert!(tx.use_invitation(new.id, NOW + 1).await.expect("uses"));
        assert!(!tx.use_invitation(new.id, NOW + 2).await.expect("uses"));
        assert!(!tx.withdraw_invitation(new.id, NOW + 3).await.expect("withdraws"), "used is used");
        assert!(tx.open_invitations(9).await.expect("reads").is_empty());
    }

    async fn a_new_link_makes_the_earlier_ones_to_the_same_address_useless(base) {
        let north = office(&base, "north").await;
        let first = link(&north, b"1", "luis@north.example");
        let other = link(&north, b"3", "ana@north.example");
        let second = link(&north, b"2", "luis@north.example");
        let mut tx = base.begin(north.org).await;
        for new in [&first, &other, &second] {
            tx.insert_invitation(new).await.expect("adds");
        }
        assert!(!tx.use_invitation(first.id, NOW + 1).await.expect("uses"));
        let open: Vec<_> = tx.open_invitations(9).await.expect("reads").into_iter().map(|i| i.id).collect();
        assert_eq!(open, [second.id, other.id], "the newest first");
        assert!(tx.withdraw_invitation(other.id, NOW).await.expect("withdraws"));
        assert!(!tx.withdraw_invitation(other.id, NOW).await.expect("withdraws"), "once");
        assert!(!tx.use_invitation(other.id, NOW + 1).await.expect("uses"));
    }

    async fn a_link_to_a_new_password_names_who_it_is_for_and_is_no_invitation(base) {
        let north = office(&base, "north").await;
        let new = NewInvitation { staff: Some(north.staff), ..link(&north, b"token", "dana@north.example") };
        let mut tx = base.begin(north.org).await;
        tx.insert_invitation(&new).await.expect("adds");
        assert!(tx.open_invitations(9).await.expect("reads").is_empty());
        tx.commit().await.expect("commits");
        let found = base.store.invitation(b"token").await.expect("reads").expect("is there");
        assert_eq!((found.row.staff, found.known.as_deref()), (Some(north.staff), Some("Dana Ortiz")));
    }
}
