//! An office with somebody in it, a client and a case.

use super::base::Base;
use crate::{Claim, ClientRecord, NewCase, NewOrg, NewStaff, NewText};
use domain::{
    ids::{CaseId, ClientId, FormKey, OrgId, StaffId, TextId},
    phone::Phone,
    role::Role,
};
use uuid::Uuid;

pub const NOW: i64 = 1_765_232_047_000;

#[derive(Clone, Copy, Debug)]
pub struct Office {
    pub org: OrgId,
    pub staff: StaffId,
    pub client: ClientId,
    pub case: CaseId,
}

pub fn phone(digits: &str) -> Phone {
    Phone::from_e164(digits).expect("a number written here")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test needs ids, and no clock to make them by"
)]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

pub fn cell() -> Phone {
    phone("+16615550142")
}

pub fn client(name: &str) -> ClientRecord {
    ClientRecord {
        id: ClientId(new_id()),
        name: name.to_owned(),
        name_key: name.to_lowercase(),
        phone: Some(cell()),
        language: "en".into(),
        zone: "America/Los_Angeles".into(),
        okay_phone: None,
        okay_at: None,
        okay_by: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

/// An office of this name with one member of staff, one client and one case.
pub async fn office(base: &Base, name: &str) -> Office {
    let org = OrgId(new_id());
    let zone = "America/Los_Angeles";
    base.store
        .create_org(&NewOrg {
            id: org,
            name,
            slug: name,
            zone,
            at: NOW,
        })
        .await
        .expect("an office");
    let staff = StaffId(new_id());
    let client = client("Marisol Peña Guerrero");
    let case = CaseId(new_id());
    let mut tx = base.begin(org).await;
    tx.insert_staff(&person(staff, &format!("dana@{name}.example")))
        .await
        .expect("somebody");
    tx.insert_client(&client).await.expect("a client");
    let new = NewCase {
        id: case,
        client: client.id,
        number: "25-1040417",
        key: "251040417",
        at: NOW,
    };
    tx.insert_case(&new).await.expect("a case");
    tx.commit().await.expect("commits");
    Office {
        org,
        staff,
        client: client.id,
        case,
    }
}

pub fn person(id: StaffId, email: &str) -> NewStaff<'_> {
    NewStaff {
        id,
        email,
        email_key: email,
        name: "Dana Ortiz",
        role: Role::Staff,
        password_hash: "$argon2",
        at: NOW,
    }
}

impl Office {
    /// A new text of this office, at a time.
    pub fn text<'a>(&self, body: &'a str, to: &'a Phone, at: i64) -> NewText<'a> {
        NewText {
            id: TextId(new_id()),
            case: self.case,
            client: self.client,
            staff: self.staff,
            key: FormKey(new_id()),
            body,
            to,
            parts: 1,
            encoding: "gsm7",
            at,
        }
    }

    /// A text that was saved and waits.
    pub async fn saved(&self, base: &Base, at: i64) -> TextId {
        let to = cell();
        let text = self.text("Your hearing is on Monday.", &to, at);
        let mut tx = base.begin(self.org).await;
        assert!(tx.insert_text(&text).await.expect("is saved"));
        tx.commit().await.expect("commits");
        text.id
    }

    /// A text that was saved, claimed and is being posted, with the token of its claim.
    pub async fn posting(&self, base: &Base) -> (TextId, Uuid) {
        let text = self.saved(base, NOW).await;
        let token = take(base, "one", NOW).await;
        let mut tx = base.begin(self.org).await;
        assert!(
            tx.mark_posting(text, token, &cell(), NOW)
                .await
                .expect("is marked")
        );
        tx.commit().await.expect("commits");
        (text, token)
    }
}

/// Claims all that waits, for half a minute.
pub async fn take(base: &Base, owner: &str, now: i64) -> Uuid {
    let token = new_id();
    let claim = Claim {
        owner,
        token,
        now,
        lease: 30_000,
        limit: 100,
    };
    base.store.claim(&claim).await.expect("claims");
    token
}
