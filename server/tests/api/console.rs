//! The commands about organizations and people, run as real processes on an empty database.

use crate::support::{Base, Database, KEY, Ran, ran};

/// A console beside a database.
struct Console(Base);

impl Console {
    fn run(&self, arguments: &[&str], typed: &str) -> Ran {
        let settings = [
            ("OKTEXT_DATABASE_URL", self.0.url.as_str()),
            ("OKTEXT_SECRET_KEY", KEY),
            ("OKTEXT_PUBLIC_URL", "https://text.example.org"),
        ];
        ran(self.0.folder(), arguments, &settings, typed)
    }

    fn done(&self, arguments: &[&str], typed: &str) -> Vec<String> {
        let ran = self.run(arguments, typed);
        assert!(ran.well, "{arguments:?}: {}", ran.errors);
        ran.lines
    }

    /// It ends badly, says why in these words, and shows neither password nor a trace.
    fn refused(&self, arguments: &[&str], typed: &str, words: &str) {
        let ran = self.run(arguments, typed);
        assert!(!ran.well, "{arguments:?} is taken");
        assert!(
            ran.errors.contains(words),
            "{arguments:?} says: {}",
            ran.errors
        );
        assert!(typed.trim().len() < 12 || !ran.errors.contains(typed.trim()));
        assert!(!ran.errors.contains("panicked"), "{}", ran.errors);
    }

    async fn count(&self, table: &str) -> i64 {
        self.0
            .number(&format!("SELECT count(*) FROM {table}"))
            .await
    }
}

const PASSWORD: &str = "a long enough password\n";
const ZONE: &str = "--zone=America/New_York";

async fn organizations_are_added_and_listed(console: &Console) {
    assert_eq!(console.done(&["org", "list"], ""), Vec::<String>::new());
    let listed = console.done(&["org", "add", "Harbor Legal Aid", ZONE], "");
    assert_eq!(
        listed,
        ["harbor-legal-aid\tHarbor Legal Aid\tAmerica/New_York"]
    );
    console.done(
        &[
            "org",
            "add",
            "Niños y Familias",
            "--zone=America/Denver",
            "--address",
            "ninos",
        ],
        "",
    );
    let listed = console.done(&["org", "list"], "");
    assert_eq!(
        listed,
        [
            "harbor-legal-aid\tHarbor Legal Aid\tAmerica/New_York",
            "ninos\tNiños y Familias\tAmerica/Denver"
        ]
    );
    let long = "n".repeat(201);
    for (arguments, words) in [
        (
            ["org", "add", "Another", ZONE, "--address=ninos"],
            "Another organization has this address name",
        ),
        (
            ["org", "add", "Another", ZONE, "--address=../etc"],
            "Use 2 to 40 letters",
        ),
        (
            ["org", "add", "Another", "--zone=Mars/Base", "--address=x2"],
            "time zone",
        ),
        (["org", "add", "", ZONE, "--address=x2"], "Enter"),
        (["org", "add", &long, ZONE, "--address=x2"], "200"),
    ] {
        console.refused(&arguments, "", words);
    }
    console.refused(&["org", "add", "Without a zone"], "", "--zone");
    console.refused(&["org", "remove", "ninos"], "", "unrecognized");
    assert_eq!(console.count("org").await, 2);
}

async fn people_of_the_host_are_added_once(console: &Console) {
    let add = ["host", "add", "Hal@Host.example", "--name=Hal"];
    let said = console.done(&add, PASSWORD);
    assert_eq!(
        said,
        [
            "Hal@Host.example can sign in now, and manages organizations at https://text.example.org/host."
        ]
    );
    console.refused(&add, PASSWORD, "Somebody has this e-mail address already");
    console.refused(
        &["host", "add", "hal@host.example", "--name=Hal"],
        PASSWORD,
        "Somebody has this e-mail address already",
    );
    console.refused(
        &["host", "add", "ann@host.example", "--name=Ann"],
        "short\n",
        "12",
    );
    console.refused(
        &["host", "add", "ann@host.example", "--name=Ann"],
        "",
        "password",
    );
    console.refused(
        &["host", "add", "ann", "--name=Ann"],
        PASSWORD,
        "e-mail address",
    );
    console.refused(
        &["host", "add", "ann@host.example", "--name="],
        PASSWORD,
        "Enter",
    );
    assert_eq!(console.count("host_admin").await, 1);
}

async fn staff_are_added_to_the_organization_that_is_named(console: &Console) {
    let ada = [
        "user",
        "add",
        "ada@harbor.example",
        "--name=Ada",
        "--role=administrator",
    ];
    console.refused(&ada, PASSWORD, "There is no organization yet");
    console.done(&["org", "add", "Harbor", ZONE], "");
    // With one organization it need not be named.
    assert_eq!(
        console.done(&ada, PASSWORD),
        ["ada@harbor.example can sign in now."]
    );
    console.done(&["org", "add", "Riverside", ZONE], "");
    console.refused(
        &["user", "add", "bo@harbor.example", "--name=Bo"],
        PASSWORD,
        "Name the organization with --org: harbor and riverside",
    );
    console.refused(
        &[
            "user",
            "add",
            "bo@harbor.example",
            "--name=Bo",
            "--org=nowhere",
        ],
        PASSWORD,
        "There is no organization nowhere",
    );
    console.done(
        &[
            "user",
            "add",
            "bo@riverside.example",
            "--name=Bo",
            "--org=riverside",
        ],
        PASSWORD,
    );
    console.done(&["host", "add", "hal@host.example", "--name=Hal"], PASSWORD);
    for taken in ["ADA@harbor.example", "hal@host.example"] {
        console.refused(
            &["user", "add", taken, "--name=X", "--org=riverside"],
            PASSWORD,
            "Somebody has this e-mail address already",
        );
    }
    console.refused(
        &["host", "add", "ada@harbor.example", "--name=X"],
        PASSWORD,
        "Somebody has this e-mail address already",
    );
    let long = format!("--name={}", "n".repeat(201));
    for (email, name, typed, words) in [
        ("cy@harbor.example", "--name= ", PASSWORD, "Enter"),
        ("cy@harbor.example", long.as_str(), PASSWORD, "200"),
        ("cy", "--name=Cy", PASSWORD, "e-mail address"),
        ("cy@harbor.example", "--name=Cy", "short\n", "12"),
    ] {
        console.refused(&["user", "add", email, name, "--org=harbor"], typed, words);
    }
    let of =
        |address: &str| format!("staff s JOIN org o ON o.id = s.org_id WHERE o.slug = '{address}'");
    assert_eq!(
        (
            console.count(&of("harbor")).await,
            console.count(&of("riverside")).await
        ),
        (1, 1)
    );
    assert_eq!(console.count("staff WHERE role = 'administrator'").await, 1);
}

async fn a_password_is_reset_for_staff_and_for_the_host(console: &Console) {
    console.done(&["org", "add", "Harbor", ZONE], "");
    console.done(
        &["user", "add", "ada@harbor.example", "--name=Ada"],
        PASSWORD,
    );
    console.done(&["host", "add", "hal@host.example", "--name=Hal"], PASSWORD);
    for email in ["ada@harbor.example", "HAL@host.example"] {
        let said = console.done(&["user", "reset", email], "another long password\n");
        assert_eq!(
            said,
            [format!(
                "{email} has a new password and is signed out everywhere."
            )]
        );
    }
    console.refused(&["user", "reset", "nobody@harbor.example"], PASSWORD, "not");
    console.refused(&["user", "reset", "ada@harbor.example"], "short\n", "12");
}

/// Each sentence on both databases.
macro_rules! both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::run(super::Database::Sqlite, async |console| super::$name(console).await).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { super::run(super::Database::Postgres, async |console| super::$name(console).await).await; })+
        }
    };
}

async fn run(database: Database, test: impl AsyncFn(&Console)) {
    use futures::FutureExt;
    let console = Console(Base::fresh(database).await);
    let ended = std::panic::AssertUnwindSafe(test(&console))
        .catch_unwind()
        .await;
    console.0.remove().await;
    crate::support::pass_on(ended);
}

both! {
    organizations_are_added_and_listed
    people_of_the_host_are_added_once
    staff_are_added_to_the_organization_that_is_named
    a_password_is_reset_for_staff_and_for_the_host
}
