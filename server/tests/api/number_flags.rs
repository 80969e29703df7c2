//! What our own texts say of a client's number, and that it goes by itself.

use crate::{
    on_both,
    support::{CASE, CELL, DANA, Person},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

const LANDLINE: &str = "Carriers say that this is a landline, or takes no texts.";

async fn flag(who: &Person) -> Value {
    who.client_of(CASE).await["flag"]["flag"].clone()
}

/// The pages that show the client's number: the client's own, the case's, and the composer.
async fn pages(who: &Person) -> [String; 3] {
    let client = who.client_of(CASE).await;
    let client = format!("/clients/{}", client["id"].as_str().expect("an id"));
    let (case, composer) = (format!("/cases/{CASE}"), format!("/cases/{CASE}/text"));
    [
        who.page(&client).await,
        who.page(&case).await,
        who.page(&composer).await,
    ]
}

on_both! {
    async fn a_landline_is_told_beside_the_number_and_over_the_text_box_and_forbids_nothing(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "refused:21614").await;
        dana.text(CASE, "Hello?").await;
        dana.newest_becomes(CASE, &["refused"]).await;
        for page in pages(&dana).await {
            assert!(page.contains(LANDLINE), "{page}");
        }
        let (_, composer) = dana.call("load_composer", json!({ "number": CASE, "again": null })).await;
        assert!(composer["case"]["why_not"].is_null(), "it forbids nothing");
        // Nobody else is told of it, least of all on the page of texts, which says it of the text itself.
        assert!(dana.client_of("25-1041377").await["flag"].is_null());
        // Once a text arrives it is gone.
        app.fate(CELL, "delivered").await;
        assert_eq!(dana.text(CASE, "Ported!").await.status(), StatusCode::SEE_OTHER);
        dana.newest_becomes(CASE, &["delivered"]).await;
        for page in pages(&dana).await {
            assert!(!page.contains(LANDLINE));
        }
    }

    async fn a_report_flags_a_number_too_and_another_number_is_not_flagged(app) {
        let dana = app.sign_in(DANA).await;
        app.fate(CELL, "undelivered:30005").await;
        dana.text(CASE, "Anybody?").await;
        dana.newest_becomes(CASE, &["undelivered"]).await;
        assert_eq!(flag(&dana).await, "unknown");
        // A phone that is off takes nothing of that back.
        app.fate(CELL, "undelivered:30003").await;
        dana.text(CASE, "Anybody now?").await;
        dana.newest_becomes(CASE, &["undelivered"]).await;
        assert_eq!(flag(&dana).await, "unknown");
        let client = dana.client_of(CASE).await;
        let edit = format!("/clients/{}/edit", client["id"].as_str().expect("an id"));
        let form = |cell: &'static str, was: &'static str| [
            ("name", client["name"].as_str().expect("a name").to_owned()), ("cell", cell.to_owned()),
            ("cell_was", was.to_owned()), ("okay_was", "on".to_owned()), ("language", "en".to_owned()),
        ];
        let post = async |form: [(&str, String); 5]| {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            dana.post(&edit, &form).await.status()
        };
        assert_eq!(post(form("661 555 0178", CELL)).await, StatusCode::SEE_OTHER);
        assert_eq!(flag(&dana).await, Value::Null, "a new number");
        let mut back = form(CELL, "+16615550178");
        back[3].1 = String::new();
        assert_eq!(post(back).await, StatusCode::SEE_OTHER);
        assert_eq!(flag(&dana).await, "unknown", "the old one, which nothing was texted to since");
    }
}
