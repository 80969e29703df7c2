//! A database of its own for each test, gone after it.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

const VARIABLE: &str = "OKTEXT_TEST_POSTGRES_URL";

/// Which database a test runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// An empty database, and the folder in which the program keeps everything else.
pub struct Base {
    pub url: String,
    folder: TempDir,
    /// The server and the name of the database on it, if there is a server.
    on_server: Option<(String, String)>,
}

impl Base {
    /// Makes one.
    pub async fn fresh(database: Database) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if database == Database::Sqlite {
            let url = format!("sqlite:{}", folder.path().join("oktext.sqlite3").display());
            return Self {
                url,
                folder,
                on_server: None,
            };
        }
        let server = std::env::var(VARIABLE).unwrap_or_else(|_| {
            panic!("{VARIABLE} names no PostgreSQL server (postgres://…, as superuser). `cargo xtask test` starts one.")
        });
        let name = format!("oktext_api_{}", Uuid::now_v7().simple());
        on_postgres(&server, format!("CREATE DATABASE {name}")).await;
        let mut url = url::Url::parse(&server).expect("an address");
        url.set_path(&name);
        Self {
            url: url.into(),
            folder,
            on_server: Some((server, name)),
        }
    }

    /// An empty database of a server of the test's own, by this address.
    pub fn reached_by(url: String) -> Self {
        Self {
            on_server: Some((url.clone(), "postgres".into())),
            url,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// The folder of its program.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A number out of the database, past the program.
    pub async fn number(&self, query: &str) -> i64 {
        let query = AssertSqlSafe(query.to_owned());
        let found: sqlx::Result<(i64,)> = match &self.on_server {
            Some(_) => {
                sqlx::query_as(query)
                    .fetch_one(&mut self.postgres().await)
                    .await
            }
            None => {
                sqlx::query_as(query)
                    .fetch_one(&mut self.sqlite().await)
                    .await
            }
        };
        found.expect("a number").0
    }

    /// Changes the database, past the program.
    pub async fn change(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        match &self.on_server {
            Some(_) => drop(
                sqlx::raw_sql(statement)
                    .execute(&mut self.postgres().await)
                    .await
                    .expect("done"),
            ),
            None => drop(
                sqlx::raw_sql(statement)
                    .execute(&mut self.sqlite().await)
                    .await
                    .expect("done"),
            ),
        }
    }

    /// The same database by the program's own crate.
    pub async fn store(&self) -> store::Store {
        store::Store::open(&self.url)
            .await
            .expect("the same database")
    }

    /// A copy of a PostgreSQL database that nobody uses now, as a backup of it would be restored.
    pub async fn copy(&self) -> Self {
        let (server, original) = self.on_server.as_ref().expect("PostgreSQL");
        let name = format!("{original}_copy");
        let copy = format!("CREATE DATABASE {name} TEMPLATE {original}");
        on_postgres(server, copy).await;
        let mut url = url::Url::parse(server).expect("an address");
        url.set_path(&name);
        Self {
            url: url.into(),
            folder: tempfile::tempdir().expect("a folder"),
            on_server: Some((server.clone(), name)),
        }
    }

    /// Takes the database away; its folder goes by itself.
    pub async fn remove(self) {
        if let Some((server, name)) = &self.on_server {
            on_postgres(server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    async fn postgres(&self) -> PgConnection {
        PgConnection::connect(&self.url)
            .await
            .expect("the database")
    }

    async fn sqlite(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.url)
            .await
            .expect("the database")
    }
}

async fn on_postgres(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server)
        .await
        .expect("the server that the variable names answers");
    let done = sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await;
    done.expect("the user may make databases");
}
