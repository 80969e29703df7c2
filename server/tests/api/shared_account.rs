//! Two organizations on one account of Twilio, with one token and one address for reports: the signature fits both, and
//! still everything reaches the one that it is for.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, Person, phone, wait},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

const NORA: &str = "nora@riverside.example";
const THEIR_CASE: &str = "R-2051";
const THEIR_CLIENT: &str = "+16615550142";
const OURS: &str = "+16615550100";
const THEIRS: &str = "+16615550101";

/// A text of somebody's, at rest: by whom, in which case, its id and its Sid.
struct Quiet {
    who: Person,
    case: &'static str,
    id: String,
    sid: String,
}

impl Quiet {
    async fn sent(app: &App, who: Person, case: &'static str, body: &str) -> Self {
        who.text(case, body).await;
        let row = who.newest_becomes(case, &["sent"]).await;
        let all = app.ledger().await;
        let of_body = |text: &&Value| text["body"] == body;
        let sid = all.iter().find(of_body).unwrap()["sid"].clone();
        Self {
            who,
            case,
            id: row["id"].as_str().unwrap().to_owned(),
            sid: sid.as_str().unwrap().to_owned(),
        }
    }

    async fn status(&self) -> Value {
        self.who.rows(self.case).await[0]["status"].clone()
    }
}

/// The neighbor uses our account from now on, with a number of its own.
async fn shares(app: &App) -> (Person, Person) {
    let (dana, nora) = (app.sign_in(DANA).await, app.sign_in(NORA).await);
    for (step, form) in [
        (
            "account",
            [("sid", app.account.as_str()), ("token", app.token.as_str())].as_slice(),
        ),
        ("number", &[("number", THEIRS)]),
    ] {
        let saved = nora.post(&format!("/admin/texting/{step}"), form).await;
        assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{step}");
    }
    for number in [CELL, THEIR_CLIENT] {
        app.fate(number, "silent").await;
    }
    (dana, nora)
}

async fn report(app: &App, query: &str, form: &[(&str, &str)]) {
    let path = format!("/twilio/status{query}");
    let mut form = form.to_vec();
    form.push(("AccountSid", &app.account));
    let answer = app
        .webhook(&path, &format!("{}{path}", app.url), &form)
        .await;
    assert_eq!(answer, StatusCode::NO_CONTENT, "{path}");
}

/// How many reports of this Sid an organization keeps.
async fn reports(app: &App, slug: &str, sid: &str) -> i64 {
    let count = format!(
        "SELECT count(*) FROM report r JOIN org o ON o.id = r.org_id WHERE o.slug = '{slug}' AND r.sid = '{sid}' AND r.source = 'callback'"
    );
    app.base.number(&count).await
}

on_both! {
    async fn a_report_that_names_a_text_moves_that_text_and_no_other(app) {
        let (dana, nora) = shares(app).await;
        let ours = Quiet::sent(app, dana, CASE, "Ours.").await;
        let theirs = Quiet::sent(app, nora, THEIR_CASE, "Theirs.").await;
        for (its, others) in [(&theirs, &ours), (&ours, &theirs)] {
            let before = others.status().await;
            report(app, &format!("?text={}", its.id), &[("MessageSid", &its.sid), ("MessageStatus", "delivered")]).await;
            assert_eq!((its.status().await, others.status().await), (json!("delivered"), before));
        }
        assert_eq!((reports(app, "cedar-valley", &theirs.sid).await, reports(app, "riverside", &ours.sid).await), (0, 0));
    }

    async fn a_report_that_names_a_sid_moves_the_text_that_has_it(app) {
        let (dana, nora) = shares(app).await;
        let ours = Quiet::sent(app, dana, CASE, "Ours.").await;
        let theirs = Quiet::sent(app, nora, THEIR_CASE, "Theirs.").await;
        // The number is not asked where the Sid tells.
        report(app, "", &[("MessageSid", &theirs.sid), ("MessageStatus", "delivered"), ("From", OURS)]).await;
        assert_eq!((theirs.status().await, ours.status().await), (json!("delivered"), json!("sent")));
        report(app, "", &[("MessageSid", &ours.sid), ("MessageStatus", "undelivered"), ("ErrorCode", "30003"), ("From", THEIRS)]).await;
        assert_eq!((theirs.status().await, ours.status().await), (json!("delivered"), json!("undelivered")));
    }

    async fn a_report_that_fits_no_text_is_kept_by_who_has_the_number(app) {
        shares(app).await;
        for (sid, from, slug) in [("SM1", THEIRS, "riverside"), ("SM2", OURS, "cedar-valley")] {
            report(app, "", &[("MessageSid", sid), ("MessageStatus", "sent"), ("From", from)]).await;
            let other = if slug == "riverside" { "cedar-valley" } else { "riverside" };
            assert_eq!((reports(app, slug, sid).await, reports(app, other, sid).await), (1, 0), "{slug}");
        }
        // Of nobody's text and nobody's number: kept once all the same.
        report(app, "", &[("MessageSid", "SM3"), ("MessageStatus", "sent")]).await;
        assert_eq!(reports(app, "riverside", "SM3").await + reports(app, "cedar-valley", "SM3").await, 1);
    }

    async fn one_organizations_id_with_the_others_sid_moves_neither(app) {
        let (dana, nora) = shares(app).await;
        let ours = Quiet::sent(app, dana, CASE, "Ours.").await;
        let theirs = Quiet::sent(app, nora, THEIR_CASE, "Theirs.").await;
        for (its, others) in [(&theirs, &ours), (&ours, &theirs)] {
            report(app, &format!("?text={}", its.id), &[("MessageSid", &others.sid), ("MessageStatus", "delivered")]).await;
        }
        assert_eq!((theirs.status().await, ours.status().await), (json!("sent"), json!("sent")));
    }

    async fn a_test_text_is_followed_by_who_sent_it(app) {
        let (dana, nora) = shares(app).await;
        for who in [&nora, &dana] {
            let key = who.setup().await["test_key"].as_str().unwrap().to_owned();
            let form = [("phone", "(661) 555-0190"), ("key", key.as_str())];
            assert_eq!(who.post("/admin/texting/test", &form).await.status(), StatusCode::SEE_OTHER);
            wait(async || (who.setup().await["test"]["status"] == "delivered").then_some(())).await;
        }
    }

    async fn a_number_belongs_to_one_organization(app) {
        let (dana, nora) = shares(app).await;
        let elsewhere = "Another organization on this server has this number";
        let taken = nora.post("/admin/texting/number", &[("number", OURS)]).await;
        assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.text().await.unwrap().contains(elsewhere));
        // Of two at once one gets it.
        let free = [("number", "+16615550102")];
        app.at_twilio("number", json!({ "phone_number": "+16615550102", "capabilities": { "sms": true, "voice": true } })).await;
        let (ours, theirs) = futures::join!(
            dana.post("/admin/texting/number", &free),
            nora.post("/admin/texting/number", &free),
        );
        let mut answers = [ours.status(), theirs.status()];
        answers.sort();
        assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
        let with_it = "SELECT count(*) FROM texting_setup WHERE number = '+16615550102'";
        assert_eq!(app.base.number(with_it).await, 1);
    }

    async fn what_comes_in_goes_to_who_has_the_number(app) {
        let (dana, nora) = shares(app).await;
        app.base.change("UPDATE texting_setup SET text_response = 'Riverside answers.' WHERE number = '+16615550101'").await;
        let client = app.phone(THEIR_CLIENT);
        let mut form = client.form("SM1", "STOP");
        form[4] = ("To", THEIRS);
        // Both have a client with this phone. STOP was said to one office.
        assert_eq!(phone::read(app.bring("/twilio/text", &form).await).await, phone::Answer::none());
        assert!(nora.client_of(THEIR_CASE).await["okay"].is_null());
        assert!(dana.client_of("25-1040417").await["okay"].is_object());
        assert_eq!((nora.came(THEIR_CASE).await.len(), dana.came("25-1040417").await.len()), (1, 0));
        // The same Sid to the other number is another text.
        assert_eq!(client.texts("SM1", "Hello").await.texts.len(), 1);
        assert_eq!((nora.came(THEIR_CASE).await.len(), dana.came("25-1040417").await.len()), (1, 1));
        let other = app.phone(CELL);
        let mut hello = other.form("SM2", "Hello");
        hello[4] = ("To", THEIRS);
        assert_eq!(phone::read(app.bring("/twilio/text", &hello).await).await, phone::Answer::text("Riverside answers."));
        for (to, kept_by) in [(THEIRS, "riverside"), (OURS, "cedar-valley")] {
            let call = [("CallSid", kept_by), ("AccountSid", app.account.as_str()), ("From", CELL), ("To", to)];
            let path = "/twilio/voice";
            assert_eq!(app.webhook(path, &format!("{}{path}", app.url), &call).await, StatusCode::OK);
            let count = format!("SELECT count(*) FROM incoming_call c JOIN org o ON o.id = c.org_id WHERE c.sid = o.slug AND o.slug = '{kept_by}'");
            assert_eq!(app.base.number(&count).await, 1, "{kept_by}");
        }
        assert_eq!(app.base.number("SELECT count(*) FROM incoming_call").await, 2);
    }
}
