//! Whoever is in one office finds and changes nothing of another, even with its ids in hand.

use super::{
    base::Base,
    both,
    sample::{NOW, Office, cell, client, new_id, office, take},
};
use crate::{
    Accepted, Advance, By, ClientRecord, ListedClient, LookFor, NewAudit, NewCase, NewConsent,
    NewInvitation, NewQuickEntry, NewReport, NewSession, NewText, Result, SetupRow, Tx,
};
use domain::{
    consent::ConsentEvent,
    ids::{CaseId, FormKey, InvitationId, QuickEntryId, TextId},
    incoming::Waiting,
    role::Role,
    status::{Source, Status},
};
use uuid::Uuid;

/// What an office has: one of each.
struct Full {
    office: Office,
    text: TextId,
    key: FormKey,
    token: Uuid,
    entry: QuickEntryId,
    invitation: InvitationId,
    client: ClientRecord,
}

async fn fill(base: &Base, name: &str) -> Full {
    let office = office(base, name).await;
    let (text, token) = office.posting(base).await;
    let entry = QuickEntryId(new_id());
    let phone = cell();
    let mut tx = base.begin(office.org).await;
    let key = tx.text(text).await.expect("reads").expect("is there").key;
    tx.learn_sid(text, "SM1").await.expect("learns");
    tx.set_terms(office.client, &["marisol".into()])
        .await
        .expect("sets");
    tx.save_draft(office.staff, office.case, "draft", NOW)
        .await
        .expect("saves");
    tx.insert_session(&NewSession {
        token_hash: name.as_bytes(),
        staff: office.staff,
        at: NOW,
        expires_at: NOW + 9,
    })
    .await
    .expect("a session");
    let event = ConsentEvent::Given;
    let line = NewConsent {
        id: new_id(),
        client: office.client,
        phone: &phone,
        event,
        at: NOW,
        by: None,
        source: None,
        note: "",
        words: "",
        block: None,
    };
    tx.append_consent(&line).await.expect("adds");
    tx.insert_quick_entry(&NewQuickEntry {
        id: entry,
        name,
        name_key: name,
        body: "b",
        at: NOW,
    })
    .await
    .expect("adds");
    tx.save_setup(&SetupRow {
        text_response: name.into(),
        ..SetupRow::default()
    })
    .await
    .expect("saves");
    tx.insert_event(office.case, text, NOW).await.expect("adds");
    let invitation = InvitationId(new_id());
    let link = invited(invitation, name, By::Staff(office.staff));
    tx.insert_invitation(&link).await.expect("adds");
    let client = tx
        .client(office.client)
        .await
        .expect("reads")
        .expect("is there");
    tx.commit().await.expect("commits");
    Full {
        office,
        text,
        key,
        token,
        entry,
        invitation,
        client,
    }
}

fn invited(id: InvitationId, name: &str, by: By) -> NewInvitation<'_> {
    NewInvitation {
        id,
        token_hash: name.as_bytes(),
        email: name,
        email_key: name,
        role: Role::Staff,
        staff: None,
        by,
        at: NOW,
        expires_at: NOW + 9,
    }
}

/// Whom one finds by this name.
async fn marisols(tx: &mut Tx) -> Result<Vec<ListedClient>> {
    let words = ["marisol".to_owned()];
    let asked = LookFor {
        words: &words,
        ..LookFor::default()
    };
    tx.list_clients(&asked, 9).await
}

/// Everything of an office, in words, to compare.
async fn everything(base: &Base, full: &Full) -> String {
    let o = full.office;
    let mut tx = base.begin(o.org).await;
    let setup = tx.setup().await.expect("reads").map(|s| s.text_response);
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{setup:?}\n{:?}\n{:?}",
        tx.client(o.client).await,
        marisols(&mut tx).await,
        tx.cases_of(o.client).await,
        tx.text(full.text).await,
        tx.case_with_texts("251040417", None, 9).await,
        tx.draft(o.staff, o.case).await,
        tx.consent_lines(o.client, 9).await,
        tx.quick_entries().await,
        tx.staff(o.staff).await,
        tx.events_after(0, 9).await,
        tx.org().await,
        tx.open_invitations(9).await,
    )
}

/// Either it failed, or nothing was there.
fn nothing<T: PartialEq + Default + std::fmt::Debug>(answer: Result<T>) {
    if let Ok(answer) = answer {
        assert_eq!(answer, T::default());
    }
}

/// Nothing was there: a read does not fail at the wall.
fn absent<T: PartialEq + Default + std::fmt::Debug>(answer: Result<T>) {
    assert_eq!(answer.expect("reads"), T::default());
}

both! {
    async fn nothing_of_another_office_is_found(base) {
        let (a, b) = (fill(&base, "north").await, office(&base, "south").await);
        let o = a.office;
        let mut tx = base.begin(b.org).await;
        absent(tx.staff(o.staff).await);
        absent(tx.client(o.client).await);
        absent(marisols(&mut tx).await);
        absent(tx.cases_of_clients(&[o.client]).await);
        absent(tx.cases_of(o.client).await);
        let file = tx.case_file("251040417").await.expect("reads").expect("its own");
        assert_ne!((file.case.id, file.client.id), (o.case, o.client));
        assert_eq!(tx.case_with_texts("251040417", None, 9).await.expect("reads"), Some((file.clone(), vec![])));
        assert_eq!((file.texts, file.event, file.our_number), (0, 0, None));
        assert_eq!(tx.count_waiting().await.expect("counts"), Waiting::default());
        assert_eq!(tx.clients_with_phone(&cell(), o.client).await.expect("reads").len(), 1, "its own client only");
        absent(tx.consent_lines(o.client, 9).await);
        absent(tx.draft(o.staff, o.case).await);
        absent(tx.last_text_of(o.staff, o.case).await);
        absent(tx.spent_keys_of(o.staff, o.case).await);
        assert!(!tx.key_is_spent(a.key).await.expect("reads"));
        absent(tx.text_by_form_key(a.key).await);
        absent(tx.text(a.text).await);
        absent(tx.texts(&[a.text]).await);
        absent(tx.text_by_sid("SM1").await);
        absent(tx.events_after(0, 9).await);
        absent(tx.last_event().await);
        absent(tx.open_invitations(9).await);
        assert_eq!(tx.all_staff().await.expect("reads").len(), 1, "its own");
        assert_eq!(tx.lock_staff().await.expect("counts"), 0, "no administrator of its own");
        absent(tx.quick_entries().await);
        assert!(tx.setup().await.expect("reads").is_none());
        assert_eq!(tx.org().await.expect("reads").id, b.org);
    }

    async fn nothing_of_another_office_is_changed(base) {
        let (a, b) = (fill(&base, "north").await, fill(&base, "south").await);
        let before = everything(&base, &a).await;
        let (o, phone) = (a.office, cell());
        let renamed = ClientRecord { name: "changed".into(), ..a.client.clone() };
        let entry = NewQuickEntry { id: a.entry, name: "changed", name_key: "changed", body: "changed", at: NOW };
        let accepted = Accepted { sid: "SM9", status: Status::Sent, rank: 50, parts: None, error: None, at: NOW };
        let to = Advance { status: Status::Sent, rank: 50, error: Some(1), at: NOW, corrects: true };
        let event = ConsentEvent::Withdrawn;
        let (id, at) = (new_id(), NOW);
        let token = take(&base, "other", NOW).await;
        assert_ne!(token, a.token);
        // A transaction for each: PostgreSQL goes on in none that failed.
        macro_rules! refused {
            ($($call:ident($($arg:expr),*)),+ $(,)?) => {$(
                let mut tx = base.begin(b.office.org).await;
                nothing(tx.$call($($arg),*).await);
                let _ = tx.commit().await;
            )+};
        }
        refused! {
            set_password(o.staff, "changed"),
            delete_sessions_of(o.staff),
            set_role(o.staff, Role::Administrator),
            set_disabled(o.staff, Some(at)),
            withdraw_links_to("north", at),
            withdraw_invitation(a.invitation, at),
            use_invitation(a.invitation, at),
            insert_invitation(&invited(InvitationId(id), "changed", By::Staff(o.staff))),
            insert_invitation(&NewInvitation { staff: Some(o.staff), ..invited(InvitationId(id), "changed", By::Staff(b.office.staff)) }),
            insert_session(&NewSession { token_hash: b"changed", staff: o.staff, at, expires_at: at }),
            update_client(&renamed),
            set_terms(o.client, &["changed".into()]),
            texted(o.client, i64::MAX),
            insert_case(&NewCase { id: CaseId(id), client: o.client, number: "7", key: "7", at }),
            append_consent(&NewConsent { id, client: o.client, phone: &phone, event, at, by: None, source: None, note: "", words: "", block: None }),
            save_draft(o.staff, o.case, "changed", at),
            delete_draft(o.staff, o.case),
            insert_text(&NewText { id: TextId(id), ..o.text("changed", &phone, at) }),
            bulk_insert_texts(&[o.text("changed", &phone, at)], Status::Sent),
            mark_posting(a.text, a.token, &cell(), at),
            accept(a.text, a.token, &accepted),
            refuse(a.text, a.token, Some(1), at),
            back_to_waiting(a.text, a.token, at, "changed", at),
            unclear(a.text, a.token, at),
            take_as_sent(a.text, at, at),
            put_back(a.text, at, at),
            keep_look(a.text, at, at, "changed", None),
            stop(a.text, a.token, "changed", at),
            insert_report(&NewReport {
                id, text: Some(a.text), sid: None, source: Source::Fetch, status: "sent", error: None, at
            }),
            advance(a.text, &to),
            keep_error(a.text, 1),
            learn_sid(a.text, "SM9"),
            update_quick_entry(&entry),
            archive_quick_entry(a.entry, at),
            restore_quick_entry(a.entry),
            set_positions(&[a.entry]),
            append_audit(&NewAudit { id, staff: Some(o.staff), at, what: "changed", subject: "" }),
        }
        assert_eq!(everything(&base, &a).await, before);
        assert_eq!(base.store.session(b"north", NOW).await.expect("reads").map(|s| s.staff), Some(o.staff));
        assert!(base.store.session(b"changed", NOW - 1).await.expect("reads").is_none());
    }

    async fn the_same_ids_in_two_offices_are_two_things(base) {
        let (a, b) = (office(&base, "north").await, office(&base, "south").await);
        let twin = ClientRecord { id: a.client, ..client("Twin") };
        let mut tx = base.begin(b.org).await;
        tx.insert_client(&twin).await.expect("its own");
        tx.commit().await.expect("commits");
        let mut tx = base.begin(a.org).await;
        assert_eq!(tx.client(a.client).await.expect("reads").expect("is there").name, "Marisol Peña Guerrero");
    }
}
