//! Permission that ends while a text is claimed: it was taken up to leave, and has not left.

use crate::{
    crash::{CASE, CELL, Twilio, arguments, ready, run, serve, set_up, settings},
    each_on_both,
    support::{Base, Database, Person, Program, browser, free_port, ledger, sign, wait},
};
use domain::{
    consent::BlockCause,
    ids::{BlockId, OrgId},
    phone::Phone,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::{Tx, rows::NewBlock};
use uuid::Uuid;

/// The worker stands still for so long with each text that it claimed, long enough for somebody to say no.
const STILL: (&str, &str) = ("OKTEXT_TORTURE_AT", "after_claim:1:3000");

/// A server whose worker stands still with each text that it claimed.
struct Slow {
    twilio: Twilio,
    ada: Person,
    url: String,
    _program: Program,
}

impl Slow {
    async fn start(base: &Base) -> Self {
        let (twilio, listen) = (Twilio::start(), format!("127.0.0.1:{}", free_port()));
        let settings = [&settings(&base.url)[..], &[STILL]].concat();
        let arguments = arguments(&listen, &twilio.url);
        let mut program = Program::start(base.folder(), &arguments, &settings);
        let (url, token) = ready(&mut program);
        let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
        Self {
            twilio,
            ada,
            url,
            _program: program,
        }
    }

    /// Somebody sends a text, which is claimed from now on.
    async fn claims(&self, base: &Base, body: &str) {
        press(&self.ada, body).await;
        let claimed = "SELECT count(*) FROM outbox o JOIN message m ON m.id = o.message_id
                       WHERE o.claim_token IS NOT NULL AND o.posting_at IS NULL AND m.status = 'claimed'";
        wait(async || (base.number(claimed).await == 1).then_some(())).await;
    }

    /// The client texts.
    async fn client_texts(&self, body: &str) {
        let url = format!("{}/twilio/text", self.url);
        let form = [
            ("MessageSid", "SM1"),
            ("AccountSid", self.twilio.account.as_str()),
            ("From", CELL),
            ("To", self.twilio.number.as_str()),
            ("Body", body),
        ];
        let signature = sign(&self.twilio.token, &url, &form);
        let request = browser().post(&url).form(&form);
        let request = request.header(twilio::signature::HEADER, signature);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// The worker went on, and asked whether the text may leave: nothing did, and the text says why.
    async fn keeps_back(&self, base: &Base, why: &str, words: &str) {
        let asked = "oktext_group_size_count{kind=\"posting\"} 1";
        wait(async || {
            let said = Person::stranger(&self.url).page("/metrics").await;
            said.lines().any(|line| line == asked).then_some(())
        })
        .await;
        let row = self.ada.rows(CASE).await.remove(0);
        assert_eq!(
            (&row["status"], &row["stopped"]),
            (&json!("stopped"), &json!(why))
        );
        let page = self.ada.page(&format!("/cases/{CASE}/texts")).await;
        assert!(page.contains(words), "{page}");
        assert_eq!(base.number("SELECT count(*) FROM outbox").await, 0);
        assert_eq!(ledger(&self.twilio.url).await, Vec::<Value>::new());
    }
}

/// Presses "Send Message" and does not wait for what comes of it.
async fn press(ada: &Person, body: &str) {
    let form = json!({ "number": CASE, "form": { "key": ada.key(CASE).await, "body": body } });
    let request = ada.to("/api/send_message").json(&form);
    tokio::spawn(request.header("cookie", ada.cookie()).send());
}

async fn s33_a_stop_while_a_text_is_claimed_keeps_it_back(base: &Base) {
    let server = Slow::start(base).await;
    server.claims(base, "Your hearing is on Monday.").await;
    server.client_texts("STOP").await;
    server
        .keeps_back(base, "Blocked", "texted STOP before the text left")
        .await;
}

async fn s33_a_withdrawal_in_other_words_while_a_text_is_claimed_keeps_it_back(base: &Base) {
    let server = Slow::start(base).await;
    server.claims(base, "Your hearing is on Monday.").await;
    server.client_texts("Please stop texting me").await;
    server
        .keeps_back(base, "Paused", "Read what they wrote and decide")
        .await;
}

/// What staff take down touches no text that waits: it is found out by asking again.
async fn s33_a_box_that_is_unticked_while_a_text_is_claimed_keeps_it_back(base: &Base) {
    let server = Slow::start(base).await;
    let id = server.ada.client_of(CASE).await["id"].clone();
    server.claims(base, "Your hearing is on Monday.").await;
    let form = [
        ("name", "Thuy"),
        ("cell", CELL),
        ("okay_for", CELL),
        ("cell_was", CELL),
        ("okay_was", "on"),
        ("language", "en"),
        ("zone", ""),
    ];
    let edit = format!("/clients/{}/edit", id.as_str().expect("an id"));
    let saved = server.ada.post(&edit, &form).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    server
        .keeps_back(base, "NotOkay", "unticked before the text left")
        .await;
}

each_on_both! {
    s33_a_stop_while_a_text_is_claimed_keeps_it_back
    s33_a_withdrawal_in_other_words_while_a_text_is_claimed_keeps_it_back
    s33_a_box_that_is_unticked_while_a_text_is_claimed_keeps_it_back
}

/// Another server is just writing a STOP when a text to this number is saved, claimed and looked at: nothing of the STOP
/// can be seen yet, and nothing of the text could be seen when the STOP stopped what waited.
async fn s33_while_a_stop_is_being_written_no_text_to_its_number_leaves(base: &Base) {
    let twilio = Twilio::start();
    let (_program, url, token) = serve(base, &twilio);
    let ada = set_up(&url, &token.expect("an invitation"), &twilio).await;
    let store = base.store().await;
    let org = store.orgs().await.expect("the office")[0].id;
    let put_off = async || {
        let held = "SELECT count(*) FROM outbox WHERE reason = 'number_held'";
        wait(async || {
            let left = ledger(&twilio.url).await.len();
            (base.number(held).await == 1 || left > 0).then_some(())
        })
        .await;
        assert_eq!(ledger(&twilio.url).await, Vec::<Value>::new());
    };
    let mut stop = being_written(&store, org).await;
    let phone = Phone::from_e164(CELL).expect("a number");
    let block = NewBlock {
        id: BlockId(Uuid::now_v7()),
        phone: &phone,
        because: BlockCause::Keyword,
        words: "STOP",
        held: false,
        at: 1,
    };
    assert!(stop.insert_block(&block).await.expect("written"));
    let stopped = stop.stop_waiting(&phone, "blocked", 1).await;
    assert_eq!(stopped.expect("nothing waits yet"), []);
    press(&ada, "Between two commits.").await;
    put_off().await;
    stop.commit().await.expect("committed");
    let row = ada.newest_becomes(CASE, &["stopped"]).await;
    assert_eq!(row["stopped"], "Blocked");
    base.change("UPDATE block SET lifted_at = 2").await;
    // Any other words of the client's hold a text back for a moment only.
    let hello = being_written(&store, org).await;
    press(&ada, "After hello.").await;
    put_off().await;
    hello.commit().await.expect("committed");
    ada.newest_becomes(CASE, &["queued", "sent", "delivered"])
        .await;
    assert_eq!(ledger(&twilio.url).await.len(), 1);
    store.close().await;
}

/// A word of the client's is being written.
async fn being_written(store: &store::Store, org: OrgId) -> Tx {
    let mut tx = store.begin(org).await.expect("begun");
    let phone = Phone::from_e164(CELL).expect("a number");
    tx.hold_number(&phone).await.expect("held");
    tx
}

mod several_servers {
    use super::*;

    #[tokio::test]
    async fn s33() {
        run(
            Database::Postgres,
            s33_while_a_stop_is_being_written_no_text_to_its_number_leaves,
        )
        .await;
    }
}
