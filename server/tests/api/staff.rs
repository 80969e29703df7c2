//! The page of staff: who may come in, as what, and who may not any more.

use crate::{
    on_both,
    support::{App, DANA, LUIS, Person},
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

const NORA: &str = "nora@riverside.example";
const HAL: &str = "hal@host.example";

async fn press(who: &Person, press: &str, form: &[(&str, &str)]) -> Response {
    let mut all = vec![("press", press)];
    all.extend_from_slice(form);
    who.post("/admin/staff", &all).await
}

async fn person(who: &Person, email: &str) -> Value {
    let (_, table) = who.call("load_staff", json!({})).await;
    let mut people = table["people"].as_array().unwrap().iter();
    people
        .find(|person| person["email"] == email)
        .unwrap()
        .clone()
}

async fn id_of(who: &Person, email: &str) -> String {
    person(who, email).await["id"].as_str().unwrap().to_owned()
}

async fn refused(who: &Person, what: &str, form: &[(&str, &str)], words: &str) {
    let answer = press(who, what, form).await;
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "{what} {form:?}"
    );
    let page = answer.text().await.unwrap();
    assert!(
        page.contains(words),
        "{what} {form:?} is not refused as {words}"
    );
    assert!(!page.contains("<script>alert(1)"));
}

async fn signs_in(app: &App, email: &str) -> bool {
    let form = [("email", email), ("password", app.password.as_str())];
    app.stranger().post("/login", &form).await.status() == StatusCode::SEE_OTHER
}

async fn administrators(app: &App) -> i64 {
    app.base.number("SELECT count(*) FROM staff s JOIN org o ON o.id = s.org_id WHERE o.slug = 'cedar-valley' AND s.role = 'administrator' AND s.disabled_at IS NULL").await
}

on_both! {
    async fn an_invitation_goes_to_an_address_that_nobody_signs_in_with(app) {
        let dana = app.sign_in(DANA).await;
        let long = format!("{}@example.org", "a".repeat(300));
        for (email, words) in [
            ("", "There is a problem"), ("ines", "Enter an e-mail address"), ("@", "Enter an e-mail address"), (long.as_str(), "There is a problem"),
            ("</textarea><script>alert(1)</script>", "Enter an e-mail address"), ("a\0@example.org", "There is a problem"),
            // Of this office, of another one, and of the host.
            (LUIS, "Somebody has this e-mail address already"), (" LUIS@CedarValley.example ", "Somebody has this e-mail address already"),
            (NORA, "Somebody has this e-mail address already"), (HAL, "Somebody has this e-mail address already"),
        ] {
            refused(&dana, "invite", &[("email", email), ("role", "staff")], words).await;
        }
        for role in ["", "host", "Administrator", "\u{202e}", "</select><script>alert(1)</script>"] {
            refused(&dana, "invite", &[("email", "ines@cedarvalley.example"), ("role", role)], "Choose one of the list").await;
        }
        assert_eq!(press(&dana, "invite", &[("email", &"😀".repeat(10_000)), ("role", "staff")]).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(app.base.number("SELECT count(*) FROM invitation").await, 0);
    }

    async fn the_same_invitation_twice_at_once_leaves_one_link_that_works(app) {
        let dana = app.sign_in(DANA).await;
        let form = [("email", "ines@cedarvalley.example"), ("role", "staff")];
        let answers = futures::future::join_all((0..5).map(|_| press(&dana, "invite", &form))).await;
        let mut work = 0;
        for answer in answers {
            assert_eq!(answer.status(), StatusCode::OK);
            let path = crate::invitations::path_in(&answer.text().await.unwrap());
            work += usize::from(app.stranger().get(&path).await.status() == StatusCode::OK);
        }
        assert_eq!(work, 1);
        assert_eq!(dana.call("load_staff", json!({})).await.1["invited"].as_array().unwrap().len(), 1);
    }

    async fn a_role_is_changed_and_holds_at_once(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        let id = id_of(&dana, LUIS).await;
        assert_eq!(luis.get("/admin/staff").await.status(), StatusCode::FORBIDDEN);
        assert_eq!(press(&dana, "role", &[("id", &id), ("role", "administrator")]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(luis.get("/admin/staff").await.status(), StatusCode::OK);
        assert_eq!(press(&dana, "role", &[("id", &id), ("role", "staff")]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(luis.get("/admin/staff").await.status(), StatusCode::FORBIDDEN);
        for role in ["", "host", "a\0"] {
            refused(&dana, "role", &[("id", &id), ("role", role)], "Choose one of the list").await;
        }
        assert_eq!(app.base.number("SELECT count(*) FROM audit WHERE what = 'changed_role'").await, 2);
    }

    async fn the_last_administrator_cannot_lock_the_office_out(app) {
        let dana = app.sign_in(DANA).await;
        let id = id_of(&dana, DANA).await;
        refused(&dana, "role", &[("id", &id), ("role", "staff")], "This is the last administrator").await;
        refused(&dana, "disable", &[("id", &id), ("confirm", "on")], "This is the last administrator").await;
        assert_eq!(dana.get("/admin/staff").await.status(), StatusCode::OK);
        assert_eq!(administrators(app).await, 1);
    }

    async fn of_two_administrators_who_leave_at_once_one_stays(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        let (danas, luiss) = (id_of(&dana, DANA).await, id_of(&dana, LUIS).await);
        for _ in 0..3 {
            app.base.change(&format!("UPDATE staff SET role = 'administrator' WHERE email IN ('{DANA}', '{LUIS}')")).await;
            let (danas, luiss) = ([("id", danas.as_str()), ("role", "staff")], [("id", luiss.as_str()), ("role", "staff")]);
            let (one, two) = tokio::join!(press(&dana, "role", &danas), press(&luis, "role", &luiss));
            let mut statuses = [one.status().as_u16(), two.status().as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 422]);
            assert_eq!(administrators(app).await, 1);
        }
    }

    async fn whose_access_was_taken_away_is_out_at_once_and_back_when_it_is_given_back(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        let id = id_of(&dana, LUIS).await;
        let link = crate::invitations::path_in(&press(&dana, "reset", &[("id", &id)]).await.text().await.unwrap());
        assert_eq!(press(&dana, "disable", &[("id", &id)]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(luis.get("/").await.status(), StatusCode::SEE_OTHER);
        assert_eq!(luis.call("load_clients", json!({ "query": "" })).await.0, StatusCode::UNAUTHORIZED);
        assert!(!signs_in(app, LUIS).await);
        // A link to a new password would be a way back in.
        assert_eq!(app.stranger().get(&link).await.status(), StatusCode::GONE);
        assert_eq!(press(&dana, "reset", &[("id", &id)]).await.status(), StatusCode::NOT_FOUND);
        assert!(person(&dana, LUIS).await["disabled"].is_object());
        assert_eq!(press(&dana, "enable", &[("id", &id)]).await.status(), StatusCode::SEE_OTHER);
        assert!(signs_in(app, LUIS).await);
        assert_eq!(luis.get("/").await.status(), StatusCode::SEE_OTHER, "the old session stays over");
    }

    async fn nobody_takes_their_own_access_away_by_accident(app) {
        let dana = app.sign_in(DANA).await;
        let (danas, luiss) = (id_of(&dana, DANA).await, id_of(&dana, LUIS).await);
        press(&dana, "role", &[("id", &luiss), ("role", "administrator")]).await;
        refused(&dana, "disable", &[("id", &danas)], "This is your own account").await;
        assert_eq!(press(&dana, "disable", &[("id", &danas), ("confirm", "on")]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(dana.get("/").await.status(), StatusCode::SEE_OTHER);
        assert!(!signs_in(app, DANA).await && signs_in(app, LUIS).await);
    }

    async fn who_is_not_of_this_office_is_not_there(app) {
        let (dana, nora) = (app.sign_in(DANA).await, app.sign_in(NORA).await);
        let theirs = id_of(&nora, NORA).await;
        press(&nora, "invite", &[("email", "new@riverside.example"), ("role", "staff")]).await;
        let (_, table) = nora.call("load_staff", json!({})).await;
        let invitation = table["invited"][0]["id"].as_str().unwrap().to_owned();
        let long = "a".repeat(10_000);
        for id in [theirs.as_str(), invitation.as_str(), "", "nonsense", "a\0", "\u{202e}", long.as_str()] {
            for (what, more) in [("role", ("role", "staff")), ("disable", ("confirm", "on")), ("enable", ("confirm", "on")), ("reset", ("x", "y")), ("withdraw", ("x", "y"))] {
                assert_eq!(press(&dana, what, &[("id", id), more]).await.status(), StatusCode::NOT_FOUND, "{what} {id:.40}");
            }
        }
        assert_eq!(nora.call("load_staff", json!({})).await.1, table);
        assert!(signs_in(app, NORA).await);
    }

    async fn ten_presses_at_once_are_one_change(app) {
        let dana = app.sign_in(DANA).await;
        let id = id_of(&dana, LUIS).await;
        let form = [("id", id.as_str())];
        for answer in futures::future::join_all((0..10).map(|_| press(&dana, "disable", &form))).await {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        }
        assert!(person(&dana, LUIS).await["disabled"].is_object());
        assert_eq!(administrators(app).await, 1);
    }

    async fn staff_neither_see_nor_change_who_comes_in(app) {
        let (dana, luis) = (app.sign_in(DANA).await, app.sign_in(LUIS).await);
        let id = id_of(&dana, LUIS).await;
        for what in ["invite", "reset", "withdraw", "role", "disable", "enable", ""] {
            let form = [("id", id.as_str()), ("email", "x@example.org"), ("role", "administrator")];
            assert_eq!(press(&luis, what, &form).await.status(), StatusCode::FORBIDDEN, "{what}");
        }
        assert_eq!(administrators(app).await, 1);
        assert_eq!(app.base.number("SELECT count(*) FROM invitation").await, 0);
    }
}
