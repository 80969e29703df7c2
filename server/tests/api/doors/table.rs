//! Every door of the program: each page, server function and form, whom it is for, and what somebody of another
//! organization tries there with ids that are not theirs. Whoever adds a door adds a row; the test that compares this
//! with the router, the registry of server functions and the forms fails until they do.

use serde_json::{Value, json};
use uuid::Uuid;

/// Whom a door is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Anybody,
    /// Staff, administrators too.
    Staff,
    Administrators,
    Hosts,
}

/// What must come of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It is not there.
    NotFound,
    /// Their own things, or a complaint; nothing of ours in any case.
    Theirs,
}
use For::{Administrators, Anybody, Hosts, Staff};
use Then::{NotFound, Theirs};

/// One of each kind of thing that an organization has, by its id.
pub struct Ours {
    pub client: String,
    pub case: String,
    pub case_id: String,
    pub text: String,
    pub entry: String,
    pub staff: String,
    pub invitation: String,
    pub incoming: String,
    pub review: String,
    pub org: String,
}

impl Ours {
    /// Every id of ours.
    pub fn ids(&self) -> [&String; 8] {
        [
            &self.client,
            &self.case_id,
            &self.text,
            &self.entry,
            &self.staff,
            &self.invitation,
            &self.incoming,
            &self.review,
        ]
    }
}

pub type Fields = Vec<(&'static str, String)>;

pub struct Page {
    pub route: &'static str,
    pub whom: For,
    pub tries: fn(&Ours) -> Vec<(String, Then)>,
}

pub struct Function {
    pub name: &'static str,
    pub whom: For,
    pub tries: fn(&Ours) -> Vec<(Value, Then)>,
}

pub struct Form {
    pub route: &'static str,
    pub whom: For,
    pub tries: fn(&Ours) -> Vec<(String, Fields, Then)>,
}

/// An address without any id.
macro_rules! plain {
    ($path:literal, $then:ident) => {
        |_| vec![($path.into(), $then)]
    };
}

pub const PAGES: &[Page] = &[
    Page {
        route: "/login",
        whom: Anybody,
        tries: plain!("/login", Theirs),
    },
    Page {
        route: "/first",
        whom: Anybody,
        tries: plain!("/first", NotFound),
    },
    Page {
        route: "/invite/{token}",
        whom: Anybody,
        tries: |o| vec![(format!("/invite/{}", o.invitation), NotFound)],
    },
    Page {
        route: "/",
        whom: Staff,
        tries: |_| {
            vec![
                ("/".into(), Theirs),
                // Part of a name: what was searched for stands in the page again.
                ("/?q=Thu".into(), Theirs),
                ("/?q=0119".into(), Theirs),
            ]
        },
    },
    Page {
        route: "/clients/new",
        whom: Staff,
        tries: plain!("/clients/new", Theirs),
    },
    Page {
        route: "/clients/{id}",
        whom: Staff,
        tries: |o| vec![(format!("/clients/{}", o.client), NotFound)],
    },
    Page {
        route: "/clients/{id}/consent",
        whom: Staff,
        tries: |o| vec![(format!("/clients/{}/consent", o.client), NotFound)],
    },
    Page {
        route: "/reviews",
        whom: Staff,
        tries: plain!("/reviews", Theirs),
    },
    Page {
        route: "/unclear",
        whom: Staff,
        tries: plain!("/unclear", Theirs),
    },
    Page {
        route: "/admin/opt-outs",
        whom: Administrators,
        tries: plain!("/admin/opt-outs", Theirs),
    },
    Page {
        route: "/admin/incoming",
        whom: Administrators,
        tries: |o| {
            vec![
                ("/admin/incoming".into(), Theirs),
                (format!("/admin/incoming?before=0/{}", o.incoming), Theirs),
            ]
        },
    },
    Page {
        route: "/clients/{id}/edit",
        whom: Staff,
        tries: |o| vec![(format!("/clients/{}/edit", o.client), NotFound)],
    },
    Page {
        route: "/cases/{number}",
        whom: Staff,
        tries: |o| vec![(format!("/cases/{}", o.case), NotFound)],
    },
    Page {
        route: "/cases/{number}/text",
        whom: Staff,
        tries: |o| {
            vec![
                (format!("/cases/{}/text", o.case), NotFound),
                (format!("/cases/{}/text?sent={}", o.case, o.text), NotFound),
                // Under a case of their own it is not shown either.
                (format!("/cases/R-2051/text?sent={}", o.text), Theirs),
            ]
        },
    },
    Page {
        route: "/cases/{number}/texts",
        whom: Staff,
        tries: |o| {
            vec![
                (format!("/cases/{}/texts", o.case), NotFound),
                (
                    format!("/cases/{}/texts?asked={}", o.case, o.text),
                    NotFound,
                ),
                (format!("/cases/R-2051/texts?asked={}", o.text), Theirs),
                (format!("/cases/R-2051/texts?before=0/{}", o.text), Theirs),
            ]
        },
    },
    Page {
        route: "/admin/setup",
        whom: Administrators,
        tries: plain!("/admin/setup", Theirs),
    },
    Page {
        route: "/admin/setup/tables/quick-entries",
        whom: Administrators,
        tries: |o| {
            vec![(
                format!("/admin/setup/tables/quick-entries?edit={}", o.entry),
                Theirs,
            )]
        },
    },
    Page {
        route: "/admin/texting",
        whom: Administrators,
        tries: plain!("/admin/texting", Theirs),
    },
    Page {
        route: "/admin/texting/by-hand",
        whom: Administrators,
        tries: plain!("/admin/texting/by-hand", Theirs),
    },
    Page {
        route: "/admin/texting/{step}",
        whom: Administrators,
        tries: |o| {
            let steps = [
                "account",
                "number",
                "responses",
                "address",
                "connect",
                "test",
            ];
            let mut tries: Vec<_> = steps
                .map(|step| (format!("/admin/texting/{step}"), Theirs))
                .into();
            tries.push((format!("/admin/texting/{}", o.text), NotFound));
            tries
        },
    },
    Page {
        route: "/admin/staff",
        whom: Administrators,
        tries: |o| vec![(format!("/admin/staff?edit={}", o.staff), Theirs)],
    },
    Page {
        route: "/host",
        whom: Hosts,
        tries: |o| vec![(format!("/host?invite={}", o.org), NotFound)],
    },
];

fn number(o: &Ours) -> Value {
    json!({ "number": o.case })
}

pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "load_clients",
        whom: Staff,
        tries: |o| {
            vec![
                (json!({ "query": "", "after": null }), Theirs),
                (json!({ "query": "Thu", "after": null }), Theirs),
                (
                    json!({ "query": "", "after": format!("a/{}", o.client) }),
                    Theirs,
                ),
            ]
        },
    },
    Function {
        name: "load_client",
        whom: Staff,
        tries: |o| vec![(json!({ "id": o.client }), NotFound)],
    },
    Function {
        name: "load_client_form",
        whom: Staff,
        tries: |o| vec![(json!({ "id": o.client }), NotFound)],
    },
    Function {
        name: "load_case",
        whom: Staff,
        tries: |o| vec![(number(o), NotFound)],
    },
    Function {
        name: "load_composer",
        whom: Staff,
        tries: |o| {
            vec![
                (number(o), NotFound),
                // Under a case of their own the words of ours are not there either.
                (json!({ "number": "R-2051", "again": o.text }), NotFound),
            ]
        },
    },
    Function {
        name: "load_sent",
        whom: Staff,
        tries: |o| {
            vec![
                (json!({ "number": o.case, "text": o.text }), NotFound),
                // Under a case of their own it is not there either.
                (json!({ "number": "R-2051", "text": o.text }), NotFound),
            ]
        },
    },
    Function {
        name: "save_draft",
        whom: Staff,
        tries: |o| {
            let author = format!("{}.{}", Uuid::nil(), o.staff);
            vec![(
                json!({ "number": o.case, "body": "x", "author": author }),
                NotFound,
            )]
        },
    },
    Function {
        name: "send_message",
        whom: Staff,
        tries: |o| {
            vec![(
                json!({ "number": o.case, "form": { "key": Uuid::now_v7(), "body": "x" } }),
                NotFound,
            )]
        },
    },
    Function {
        name: "load_texts",
        whom: Staff,
        tries: |o| {
            let after = |id: &str| format!("9999999999999/{id}");
            vec![
                (json!({ "number": o.case, "before": null }), NotFound),
                (
                    json!({ "number": "R-2051", "before": after(&o.text) }),
                    Theirs,
                ),
                (
                    json!({ "number": "R-2051", "before": after(&o.incoming) }),
                    Theirs,
                ),
            ]
        },
    },
    Function {
        name: "load_text_rows",
        whom: Staff,
        tries: |o| vec![(json!({ "ids": [o.text] }), Theirs)],
    },
    Function {
        name: "refresh_status",
        whom: Staff,
        tries: |o| vec![(json!({ "text": o.text }), NotFound)],
    },
    Function {
        name: "load_quick_entries",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_setup",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_incoming_rows",
        whom: Staff,
        tries: |o| vec![(json!({ "ids": [o.incoming] }), Theirs)],
    },
    Function {
        name: "load_unmatched",
        whom: Administrators,
        tries: |o| {
            let before = format!("9999999999999/{}", o.incoming);
            vec![
                (json!({ "before": null }), Theirs),
                (json!({ "before": before }), Theirs),
            ]
        },
    },
    Function {
        name: "load_reviews",
        whom: Staff,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_unclear",
        whom: Staff,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_waiting",
        whom: Staff,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_opt_outs",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_incoming_setup",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_numbers",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_connection",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_staff",
        whom: Administrators,
        tries: |_| vec![(json!({}), Theirs)],
    },
    Function {
        name: "load_invitation",
        whom: Anybody,
        tries: |o| vec![(json!({ "token": o.invitation }), NotFound)],
    },
    Function {
        name: "load_organizations",
        whom: Hosts,
        tries: |_| vec![(json!({}), NotFound)],
    },
];

fn pressed(path: &str, press: &str, fields: Fields) -> (String, Fields, Then) {
    let mut all = vec![("press", press.to_owned())];
    all.extend(fields);
    (path.into(), all, NotFound)
}

const ENTRIES: &str = "/admin/setup/tables/quick-entries";
const STAFF: &str = "/admin/staff";

pub const FORMS: &[Form] = &[
    Form {
        route: "/login",
        whom: Anybody,
        tries: |_| vec![("/login".into(), vec![], Theirs)],
    },
    // Nothing but a session is in it.
    Form {
        route: "/logout",
        whom: Anybody,
        tries: |_| vec![],
    },
    Form {
        route: "/first",
        whom: Anybody,
        tries: |_| vec![("/first".into(), vec![("office", "x".into())], NotFound)],
    },
    Form {
        route: "/invite/{token}",
        whom: Anybody,
        tries: |o| {
            vec![(
                format!("/invite/{}", o.invitation),
                vec![("name", "x".into())],
                NotFound,
            )]
        },
    },
    Form {
        route: "/unclear",
        whom: Staff,
        tries: |o| {
            let fields = |choice: &str| {
                vec![
                    ("text", o.text.clone()),
                    ("posted", "1".into()),
                    ("choice", choice.to_owned()),
                    ("sure", "on".into()),
                ]
            };
            vec![
                ("/unclear".into(), fields("again"), NotFound),
                ("/unclear".into(), fields("went_out"), NotFound),
                (
                    "/unclear".into(),
                    vec![
                        ("press", domain::unclear::RELEASE.into()),
                        ("meant", "on".into()),
                    ],
                    Theirs,
                ),
            ]
        },
    },
    Form {
        route: "/clients/new",
        whom: Staff,
        tries: |_| vec![("/clients/new".into(), vec![("name", String::new())], Theirs)],
    },
    Form {
        route: "/clients/{id}",
        whom: Staff,
        tries: |o| {
            vec![(
                format!("/clients/{}", o.client),
                vec![("case_number", "99-1".into())],
                NotFound,
            )]
        },
    },
    Form {
        route: "/clients/{id}/edit",
        whom: Staff,
        tries: |o| {
            vec![(
                format!("/clients/{}/edit", o.client),
                vec![("name", "Stolen".into()), ("language", "en".into())],
                NotFound,
            )]
        },
    },
    Form {
        route: "/clients/{id}/consent",
        whom: Staff,
        tries: |o| {
            let withdrawn = vec![
                // A number of nobody: what was typed stands in the page again.
                ("number", "+16615550199".into()),
                ("event", "withdrawn".into()),
                ("source", "by_phone".into()),
            ];
            vec![(
                format!("/clients/{}/consent", o.client),
                withdrawn,
                NotFound,
            )]
        },
    },
    Form {
        route: "/reviews",
        whom: Staff,
        tries: |o| {
            ["withdrawal", "other"]
                .map(|decision| {
                    let fields = vec![("review", o.review.clone()), ("decision", decision.into())];
                    ("/reviews".to_owned(), fields, NotFound)
                })
                .into()
        },
    },
    Form {
        route: "/admin/opt-outs",
        whom: Administrators,
        tries: |_| {
            vec![(
                "/admin/opt-outs".into(),
                vec![("verdict", "apply".into())],
                Theirs,
            )]
        },
    },
    Form {
        route: "/admin/incoming",
        whom: Administrators,
        tries: |_| {
            vec![(
                "/admin/incoming".into(),
                vec![("answer_limit", "5".into())],
                Theirs,
            )]
        },
    },
    Form {
        route: "/cases/{number}/text",
        whom: Staff,
        tries: |o| {
            vec![
                pressed(
                    &format!("/cases/{}/text", o.case),
                    "send",
                    vec![("key", Uuid::now_v7().to_string()), ("body", "x".into())],
                ),
                pressed(
                    &format!("/cases/{}/text", o.case),
                    "insert",
                    vec![("quick_entry", o.entry.clone())],
                ),
                (
                    "/cases/R-2051/text".into(),
                    vec![("press", "insert".into()), ("quick_entry", o.entry.clone())],
                    Theirs,
                ),
            ]
        },
    },
    Form {
        route: "/cases/{number}/texts",
        whom: Staff,
        tries: |o| {
            vec![
                (
                    format!("/cases/{}/texts", o.case),
                    vec![("text", o.text.clone())],
                    NotFound,
                ),
                (
                    "/cases/R-2051/texts".into(),
                    vec![("text", o.text.clone())],
                    NotFound,
                ),
            ]
        },
    },
    Form {
        route: ENTRIES,
        whom: Administrators,
        tries: |o| {
            let id = || ("id", o.entry.clone());
            let filled = vec![id(), ("name", "Stolen".into()), ("body", "x".into())];
            let mut tries = vec![pressed(ENTRIES, "save", filled)];
            tries.extend(
                ["up", "down", "archive", "restore"]
                    .map(|press| pressed(ENTRIES, press, vec![id()])),
            );
            tries
        },
    },
    Form {
        route: "/admin/texting",
        whom: Administrators,
        tries: |_| {
            let registered = vec![
                ("press", domain::unclear::REGISTERED.into()),
                ("meant", "on".into()),
            ];
            vec![
                ("/admin/texting".into(), vec![], Theirs),
                ("/admin/texting".into(), registered, Theirs),
            ]
        },
    },
    Form {
        route: "/admin/texting/{step}",
        whom: Administrators,
        tries: |_| {
            let number = vec![("number", "+16615550100".into())];
            vec![("/admin/texting/number".into(), number, Theirs)]
        },
    },
    Form {
        route: STAFF,
        whom: Administrators,
        tries: |o| {
            vec![
                pressed(
                    STAFF,
                    "role",
                    vec![("id", o.staff.clone()), ("role", "staff".into())],
                ),
                pressed(
                    STAFF,
                    "disable",
                    vec![("id", o.staff.clone()), ("confirm", "on".into())],
                ),
                pressed(STAFF, "enable", vec![("id", o.staff.clone())]),
                pressed(STAFF, "reset", vec![("id", o.staff.clone())]),
                pressed(STAFF, "withdraw", vec![("id", o.invitation.clone())]),
            ]
        },
    },
    Form {
        route: "/host",
        whom: Hosts,
        tries: |o| {
            vec![
                pressed(
                    "/host",
                    "invite",
                    vec![("org", o.org.clone()), ("email", "x@y.example".into())],
                ),
                pressed(
                    "/host",
                    "create",
                    vec![("name", "x".into()), ("zone", "America/New_York".into())],
                ),
            ]
        },
    },
];
