//! The form of a client that was opened before somebody changed the permission.

use crate::{
    on_both,
    support::{App, CASE, CELL, DANA, LUIS, Person, phone::Answer, wait},
};
use domain::{
    ids::{ClientId, OrgId},
    phone::Phone,
};
use reqwest::{Response, StatusCode};

const WAITS: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
const OTHER: &str = "+16613270142";

/// The form of the client, as somebody has it open.
struct Open<'a> {
    who: &'a Person,
    path: String,
    fields: Vec<(String, String)>,
}

impl<'a> Open<'a> {
    async fn by(who: &'a Person) -> Self {
        let client = who.client_of(CASE).await;
        let path = format!("/clients/{}/edit", client["id"].as_str().unwrap());
        let fields = fields(&who.page(&path).await);
        Self { who, path, fields }
    }

    fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    fn set(&mut self, name: &str, value: Option<&str>) {
        self.fields.retain(|(field, _)| field != name);
        self.fields
            .extend(value.map(|value| (name.to_owned(), value.to_owned())));
    }

    async fn save(&self) -> Response {
        let fields = self.fields.iter();
        let form: Vec<_> = fields.map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.who.post(&self.path, &form).await
    }

    /// Nothing was saved: the page comes back, says so, and is the one that is open now.
    async fn comes_back(&mut self) -> String {
        let answer = self.save().await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.unwrap();
        assert!(page.contains("while you had this form open"), "{page}");
        self.fields = fields(&page);
        page
    }

    async fn is_saved(&self) {
        assert_eq!(self.save().await.status(), StatusCode::SEE_OTHER);
    }
}

/// What a browser would post of the page's form.
fn fields(page: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once("novalidate").expect("the form");
    let (form, _) = form.split_once("</form>").expect("its end");
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    let inputs = form.split("<input").skip(1).filter_map(|rest| {
        let (tag, _) = rest.split_once('>')?;
        let is_box = tag.contains("type=\"checkbox\"");
        let ticked = !is_box || tag.contains(" checked");
        let value =
            attribute(tag, "value").unwrap_or_else(|| if is_box { "on" } else { "" }.to_owned());
        ticked.then_some((attribute(tag, "name")?, value))
    });
    let mut all: Vec<_> = inputs.collect();
    all.push(("language".to_owned(), "en".to_owned()));
    all
}

async fn say(who: &Person, event: &str) {
    let client = who.client_of(CASE).await;
    let path = format!("/clients/{}/consent", client["id"].as_str().unwrap());
    let number = client["phone"].as_str().unwrap();
    let form = [
        ("number", number),
        ("event", event),
        ("source", "by_phone"),
        ("note", ""),
    ];
    assert_eq!(who.post(&path, &form).await.status(), StatusCode::SEE_OTHER);
}

async fn may_be_texted(who: &Person) -> bool {
    who.client_of(CASE).await["okay"].is_object()
}

async fn people(app: &App) -> [Person; 2] {
    [app.sign_in(DANA).await, app.sign_in(LUIS).await]
}

on_both! {
    async fn a_form_that_was_opened_before_does_not_give_permission_back(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        assert_eq!(form.value("okay"), Some("on"));
        form.set("name", Some("Thuy Nguyen-Hall"));
        say(&luis, "withdrawn").await;
        let lines = app.base.number("SELECT count(*) FROM consent").await;
        let page = form.comes_back().await;
        assert!(page.contains("by now it is not okay to text (661) 555-0119"), "{page}");
        assert_eq!(form.value("name"), Some("Thuy Nguyen-Hall"), "what was typed is still there");
        assert_eq!(form.value("okay"), None, "the box shows how it stands");
        assert!(!may_be_texted(&dana).await);
        assert_eq!(dana.client_of(CASE).await["name"], "Thuy Nguyen");
        // Saving again counts.
        form.is_saved().await;
        assert_eq!(dana.client_of(CASE).await["name"], "Thuy Nguyen-Hall");
        assert!(!may_be_texted(&dana).await);
        assert_eq!(app.base.number("SELECT count(*) FROM consent").await, lines);
    }

    async fn who_ticks_the_box_that_came_back_gives_permission(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        say(&luis, "withdrawn").await;
        form.comes_back().await;
        form.set("okay", Some("on"));
        form.is_saved().await;
        assert!(may_be_texted(&dana).await);
        assert_eq!(dana.ledger_of(CASE).await[0], ("given".into(), "record".into()));
    }

    async fn a_form_that_was_opened_now_gives_and_takes(app) {
        let [dana, luis] = people(app).await;
        say(&luis, "withdrawn").await;
        let mut form = Open::by(&dana).await;
        form.set("okay", Some("on"));
        form.is_saved().await;
        assert!(may_be_texted(&dana).await);
        let mut form = Open::by(&dana).await;
        form.set("okay", None);
        form.is_saved().await;
        assert!(!may_be_texted(&dana).await);
        assert_eq!(dana.ledger_of(CASE).await[..2], [("withdrawn".into(), "record".into()), ("given".into(), "record".into())]);
    }

    async fn a_form_that_was_opened_before_does_not_take_permission_either(app) {
        let [dana, luis] = people(app).await;
        say(&luis, "withdrawn").await;
        let mut form = Open::by(&dana).await;
        say(&luis, "given").await;
        form.comes_back().await;
        assert!(may_be_texted(&dana).await);
        assert_eq!(form.value("okay"), Some("on"));
        form.is_saved().await;
        assert!(may_be_texted(&dana).await);
    }

    async fn whoever_says_what_stands_by_now_is_not_asked(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        say(&luis, "withdrawn").await;
        form.set("okay", None);
        form.is_saved().await;
        assert!(!may_be_texted(&dana).await);
        assert_eq!(dana.ledger_of(CASE).await[0], ("withdrawn".into(), "by_phone".into()));
    }

    async fn a_number_that_somebody_changed_is_not_changed_back(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        let mut theirs = Open::by(&luis).await;
        for (name, value) in [("cell", OTHER), ("okay_for", OTHER)] {
            theirs.set(name, Some(value));
        }
        theirs.is_saved().await;
        form.comes_back().await;
        let client = dana.client_of(CASE).await;
        assert_eq!((&client["phone"], &client["okay"]["number"]), (&OTHER.into(), &OTHER.into()));
        // Who means the old number has to ask for it anew, as for any other.
        form.set("okay", Some("on"));
        let asked = form.save().await;
        assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text().await.unwrap().contains("ask the client whether you may text it"));
        assert_eq!(dana.client_of(CASE).await["phone"], OTHER);
    }

    async fn a_form_that_does_not_say_what_it_showed_gives_nothing(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        for name in ["cell_was", "okay_was"] {
            form.set(name, None);
        }
        say(&luis, "withdrawn").await;
        form.comes_back().await;
        assert!(!may_be_texted(&dana).await);
    }

    async fn stop_and_a_card_count_as_well(app) {
        let [dana, luis] = people(app).await;
        let mut form = Open::by(&dana).await;
        app.phone(CELL).texts("SM1", "Please stop texting me").await;
        let (_, view) = luis.call("load_reviews", serde_json::json!({})).await;
        let card = [("review", view["open"][0]["id"].as_str().unwrap()), ("decision", "withdrawal"), ("note", "")];
        assert_eq!(luis.post("/reviews", &card).await.status(), StatusCode::SEE_OTHER);
        form.comes_back().await;
        assert!(!may_be_texted(&dana).await);
        say(&luis, "given").await;
        let mut form = Open::by(&dana).await;
        assert_eq!(app.phone(CELL).texts("SM2", "STOP").await, Answer::none());
        form.comes_back().await;
        assert!(!may_be_texted(&dana).await);
    }

    async fn a_withdrawal_that_is_being_saved_is_waited_for_and_not_overwritten(app) {
        let [dana, _] = people(app).await;
        let form = Open::by(&dana).await;
        let org: OrgId = dana.author(CASE).await.split('.').next().unwrap().parse().unwrap();
        let client: ClientId = dana.client_of(CASE).await["id"].as_str().unwrap().parse().unwrap();
        let number = Phone::from_e164(CELL).unwrap();
        let store = app.base.store().await;
        let mut tx = store.begin(org).await.unwrap();
        assert!(tx.untick(client, &number, 1).await.unwrap());
        let postgres = app.base.url.starts_with("postgres");
        let withdraw = async {
            // On SQLite nobody writes beside this one.
            if postgres {
                wait(async || (app.base.number(WAITS).await > 0).then_some(())).await;
            }
            tx.commit().await.unwrap();
        };
        let (answer, ()) = futures::join!(form.save(), withdraw);
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!may_be_texted(&dana).await);
    }

    async fn of_a_withdrawal_and_a_form_at_once_the_withdrawal_stands(app) {
        let [dana, luis] = people(app).await;
        for _ in 0..6 {
            let form = Open::by(&dana).await;
            assert_eq!(form.value("okay"), Some("on"));
            futures::join!(form.save(), say(&luis, "withdrawn"));
            assert!(!may_be_texted(&dana).await);
            assert_eq!(dana.ledger_of(CASE).await[0].0, "withdrawn");
            say(&luis, "given").await;
        }
    }
}
