//! A database of its own for each test, gone after it.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
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

    /// Every row of every table but these, each with its table: what is to be as it was is compared by this.
    pub async fn rows(&self, but: &[&str]) -> BTreeSet<(String, String)> {
        let columns = match &self.on_server {
            Some(_) => "SELECT tablename::text, '' FROM pg_tables WHERE schemaname = 'public'",
            None => {
                "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'"
            }
        };
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, column) in self.pairs(columns).await {
            tables.entry(table).or_default().push(column);
        }
        tables.retain(|table, _| !but.contains(&table.as_str()));
        let rows = tables.iter().map(|(table, columns)| {
            let row = match &self.on_server {
                Some(_) => "t::text".to_owned(),
                None => {
                    let values = columns.iter().map(|name| format!("quote(\"{name}\")"));
                    values.collect::<Vec<_>>().join(" || ',' || ")
                }
            };
            format!("SELECT '{table}', {row} FROM \"{table}\" t")
        });
        let rows = rows.collect::<Vec<_>>().join(" UNION ALL ");
        self.pairs(&rows).await.into_iter().collect()
    }

    /// Every table, index, trigger and constraint as the database itself describes it, but for the order of columns.
    pub async fn shape(&self) -> BTreeSet<(String, String)> {
        let shape = match &self.on_server {
            Some(_) => {
                "SELECT table_name || '.' || column_name,
                        concat_ws(' ', data_type, collation_name, is_nullable, column_default)
                 FROM information_schema.columns WHERE table_schema = 'public'
                 UNION ALL SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
                 UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
                 FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                 UNION ALL SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
                 FROM pg_trigger WHERE NOT tgisinternal
                 UNION ALL SELECT proname::text, pg_get_functiondef(oid)
                 FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            }
            None => "SELECT name, COALESCE(sql, '') FROM sqlite_schema",
        };
        self.pairs(shape).await.into_iter().collect()
    }

    /// Pairs of texts out of the database, past the program.
    async fn pairs(&self, query: &str) -> Vec<(String, String)> {
        let query = AssertSqlSafe(query.to_owned());
        let found = match &self.on_server {
            Some(_) => {
                sqlx::query_as(query)
                    .fetch_all(&mut self.postgres().await)
                    .await
            }
            None => {
                sqlx::query_as(query)
                    .fetch_all(&mut self.sqlite().await)
                    .await
            }
        };
        found.expect("texts")
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
