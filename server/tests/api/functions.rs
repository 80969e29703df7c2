//! Server functions that are called as no page of ours calls them.

use crate::{
    doors::table::FUNCTIONS,
    on_both,
    support::{DANA, Person},
};
use reqwest::StatusCode;
use serde_json::{Map, Value, json};

/// An id for every argument that wants one.
const SOMETHING: &str = "018f4e9a-0000-7000-8000-000000000001";

async fn body(who: &Person, function: &str, body: &str) -> StatusCode {
    let request = who.to(&format!("/api/{function}")).body(body.to_owned());
    who.with_header(request, "content-type", "application/json")
        .await
        .status()
}

/// The arguments as pages send them, from what is tried at the doors.
fn arguments(tries: &[(Value, crate::doors::table::Then)]) -> Map<String, Value> {
    tries[0].0.as_object().unwrap().clone()
}

fn nothing_of_ours() -> crate::doors::table::Ours {
    crate::doors::table::Ours {
        client: SOMETHING.into(),
        case: "none".into(),
        case_id: SOMETHING.into(),
        text: SOMETHING.into(),
        entry: SOMETHING.into(),
        staff: SOMETHING.into(),
        invitation: SOMETHING.into(),
        incoming: SOMETHING.into(),
        review: SOMETHING.into(),
        org: SOMETHING.into(),
    }
}

async fn refuses_all(who: &Person, is: &str) {
    for function in FUNCTIONS {
        for broken in ["", "{", "nonsense", "42", "\"\\u0000\"", "{\"a\":"] {
            assert_eq!(
                body(who, function.name, broken).await,
                StatusCode::BAD_REQUEST,
                "{is} sends {broken:?} to {}",
                function.name
            );
        }
        let arguments = arguments(&(function.tries)(&nothing_of_ours()));
        for name in arguments.keys() {
            let mut wrong = arguments.clone();
            wrong.insert(name.clone(), json!(true));
            let (status, _) = who.call(function.name, wrong.into()).await;
            assert_eq!(
                status,
                StatusCode::BAD_REQUEST,
                "{is}: {name} of {} is no truth value",
                function.name
            );
            if arguments[name].is_null() {
                continue;
            }
            let mut missing = arguments.clone();
            missing.remove(name);
            let (status, _) = who.call(function.name, missing.into()).await;
            assert!(
                status == StatusCode::BAD_REQUEST || function.name == "load_client_form",
                "{is}: {} without {name}: {status}",
                function.name
            );
        }
    }
}

on_both! {
    async fn what_cannot_be_understood_is_the_callers_mistake(app) {
        refuses_all(&app.sign_in(DANA).await, "an administrator").await;
        refuses_all(&app.stranger(), "a stranger").await;
    }

    async fn a_function_that_is_not_there_cannot_be_asked(app) {
        let dana = app.sign_in(DANA).await;
        for name in ["nonsense", "load_clients/x", "%00", "%2e%2e%2flogin", "LOAD_CLIENTS"] {
            assert_eq!(body(&dana, name, "{}").await, StatusCode::BAD_REQUEST, "{name}");
        }
    }

    async fn a_wrong_id_is_a_mistake_and_no_failure(app) {
        let dana = app.sign_in(DANA).await;
        let long = "a".repeat(10_000);
        for id in ["", "x", "a\0b", "\u{202e}", "</script>", long.as_str()] {
            for (function, arguments) in [
                ("load_client", json!({ "id": id })),
                ("refresh_status", json!({ "text": id })),
                ("load_text_rows", json!({ "ids": [id] })),
                ("load_incoming_rows", json!({ "ids": [id] })),
            ] {
                assert_eq!(dana.call(function, arguments).await.0, StatusCode::BAD_REQUEST, "{function} {id:.20}");
            }
            for function in ["load_case", "load_composer"] {
                assert_eq!(dana.call(function, json!({ "number": id })).await.0, StatusCode::NOT_FOUND, "{function} {id:.20}");
            }
        }
    }
}
