//! The worker when a fault of our own meets it.

use domain::{
    check::{AccountFacts, NumberFacts, Unanswered},
    ids::{CaseId, ClientId, FormKey, OrgId, StaffId, TextId},
    phone::Phone,
    role::Role,
    setup::Addresses,
    status::Status,
};
use futures::future::BoxFuture;
use secrecy::SecretSlice;
use service::{
    Service,
    carrier::{
        Account, Asked, Carrier, Knock, Listed, NotOpened, Opened, Outgoing, SendOutcome, Word,
    },
    clock::{Clock, SystemClock},
    config::Config,
    seal::Sealer,
};
use std::{sync::Arc, time::Duration};
use store::{
    Store,
    rows::{ClientRecord, NewCase, NewOrg, NewStaff, NewText, SetupRow},
};
use tokio::sync::Notify;

const PANIC: &str = "Panic.";

/// A carrier whose code has a fault: some words make it panic. It takes all others, and answers nothing else.
struct Faulty;

fn silent<'a, T: Send + 'a>() -> BoxFuture<'a, Result<T, Unanswered>> {
    Box::pin(async { Err(Unanswered::Silent("nothing to say".into())) })
}

impl Carrier for Faulty {
    fn send<'a>(&'a self, _: &'a Account, text: &'a Outgoing) -> BoxFuture<'a, SendOutcome> {
        Box::pin(async move {
            assert!(text.body != PANIC, "a fault of our own");
            SendOutcome::Accepted(Word {
                sid: "SM1".into(),
                status: "queued".into(),
                error: None,
                parts: None,
            })
        })
    }

    fn fetch<'a>(&'a self, _: &'a Account, _: &'a str) -> BoxFuture<'a, Result<Word, Unanswered>> {
        silent()
    }

    fn list<'a>(
        &'a self,
        _: &'a Account,
        _: &'a Asked,
    ) -> BoxFuture<'a, Result<Vec<Listed>, Unanswered>> {
        silent()
    }

    fn account<'a>(&'a self, _: &'a Account) -> BoxFuture<'a, Result<AccountFacts, Unanswered>> {
        silent()
    }

    fn balance<'a>(&'a self, _: &'a Account) -> BoxFuture<'a, Result<String, Unanswered>> {
        silent()
    }

    fn numbers<'a>(
        &'a self,
        _: &'a Account,
        _: Option<&'a Phone>,
    ) -> BoxFuture<'a, Result<Vec<NumberFacts>, Unanswered>> {
        silent()
    }

    fn connect<'a>(
        &'a self,
        _: &'a Account,
        _: &'a NumberFacts,
        _: &'a Addresses,
    ) -> BoxFuture<'a, Result<(), Unanswered>> {
        silent()
    }

    fn knock<'a>(
        &'a self,
        _: &'a Account,
        _: &'a Knock,
    ) -> BoxFuture<'a, Result<Opened, NotOpened>> {
        Box::pin(async { Err(NotOpened::NoConnection) })
    }

    fn time(&self) -> Option<i64> {
        None
    }
}

/// An office with somebody, a client who may be texted, and a case.
struct Office {
    store: Store,
    org: OrgId,
    staff: StaffId,
    client: ClientId,
    case: CaseId,
    phone: Phone,
}

impl Office {
    async fn open(store: Store, sealer: &Sealer) -> Self {
        let (clock, phone) = (SystemClock, Phone::from_e164("+16615550142"));
        let phone = phone.expect("a number");
        let office = Self {
            store,
            org: OrgId(clock.id()),
            staff: StaffId(clock.id()),
            client: ClientId(clock.id()),
            case: CaseId(clock.id()),
            phone: phone.clone(),
        };
        let at = clock.now();
        let org = NewOrg {
            id: office.org,
            name: "North",
            slug: "north",
            zone: "America/Los_Angeles",
            at,
        };
        office.store.create_org(&org).await.expect("an office");
        let mut tx = office.store.begin(office.org).await.expect("begins");
        let staff = NewStaff {
            id: office.staff,
            email: "dana@north.example",
            email_key: "dana@north.example",
            name: "Dana",
            role: Role::Staff,
            password_hash: "$argon2",
            at,
        };
        tx.insert_staff(&staff).await.expect("somebody");
        let client = ClientRecord {
            id: office.client,
            name: "Thuy".into(),
            name_key: "thuy".into(),
            phone: Some(phone.clone()),
            language: "en".into(),
            zone: "America/Los_Angeles".into(),
            okay_phone: Some(phone),
            okay_at: Some(at),
            okay_by: Some(office.staff),
            created_at: at,
            updated_at: at,
        };
        tx.insert_client(&client).await.expect("a client");
        let case = NewCase {
            id: office.case,
            client: office.client,
            number: "1",
            key: "1",
            at,
        };
        tx.insert_case(&case).await.expect("a case");
        let setup = SetupRow {
            number: Phone::from_e164("+16615550100"),
            account_sid: Some("AC1".into()),
            sealed_token: Some(sealer.seal("token", office.org.0.as_bytes())),
            status_callback: "https://o.example/twilio/status".into(),
            max_parts: 1,
            ..SetupRow::default()
        };
        tx.save_setup(&setup).await.expect("a setup");
        tx.commit().await.expect("commits");
        office
    }

    async fn text(&self, body: &str) -> TextId {
        let text = NewText {
            id: TextId(SystemClock.id()),
            case: self.case,
            client: self.client,
            staff: self.staff,
            key: FormKey(SystemClock.id()),
            body,
            to: &self.phone,
            parts: 1,
            encoding: "gsm7",
            at: SystemClock.now(),
        };
        let mut tx = self.store.begin(self.org).await.expect("begins");
        assert!(tx.insert_text(&text).await.expect("is saved"));
        tx.commit().await.expect("commits");
        text.id
    }

    async fn becomes(&self, text: TextId, status: Status) {
        let becomes = async {
            loop {
                let mut tx = self.store.read(self.org).await.expect("a reader");
                let read = tx.text(text).await.expect("reads").expect("is there");
                if read.status == status {
                    return;
                }
                drop(tx);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let patience = Duration::from_secs(30);
        let became = tokio::time::timeout(patience, becomes).await;
        became.unwrap_or_else(|_| panic!("the text never becomes {status:?}"));
    }
}

#[tokio::test]
async fn s32_a_panic_while_texts_are_handed_over_loses_none_and_stops_none_of_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("oktext.db").display());
    let store = Store::open(&url).await.expect("opens");
    store.migrate().await.expect("migrates");
    let sealer = Sealer::new(&SecretSlice::from(vec![7; 32])).expect("a key");
    let office = Office::open(store.clone(), &sealer).await;
    // More than are on their way at once: a slot that a panic took would be missed.
    let mut lost = vec![];
    for _ in 0..4 {
        lost.push(office.text(PANIC).await);
    }
    let healthy = office.text("Hello.").await;
    let config = Config {
        public_url: "https://o.example".into(),
        owner: "one".into(),
        training: false,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let service = Service::new(store.clone(), Arc::new(Faulty), clock, sealer, config);
    let stop = Arc::new(Notify::new());
    let (worker, stopped) = (service.clone(), Arc::clone(&stop));
    let worker = tokio::spawn(async move { worker.run_outbox(stopped.notified()).await });
    office.becomes(healthy, Status::Queued).await;
    for text in lost {
        // It may have left: nobody sends it again by itself.
        office.becomes(text, Status::Unknown).await;
    }
    assert_eq!(store.unresolved(9).await.expect("lists").len(), 4);
    assert_eq!(store.outbox_depth().await.expect("counts").0, 0);
    stop.notify_one();
    worker.await.expect("the worker ends well");
}
