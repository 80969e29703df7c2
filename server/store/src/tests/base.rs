//! A database of its own for each test, gone after it.

use super::sample::new_id;
use crate::{Result, Store, Tx, link::execute, sql::Sql};
use domain::ids::OrgId;
use sqlx::{Connection, PgConnection};
use std::{future::Future, sync::Arc};

const VARIABLE: &str = "OKTEXT_TEST_POSTGRES_URL";

/// A migrated, empty database.
#[derive(Clone)]
pub struct Base {
    pub store: Store,
    _folder: Option<Arc<tempfile::TempDir>>,
}

impl Base {
    /// A transaction that must begin.
    pub async fn begin(&self, org: OrgId) -> Tx {
        self.store.begin(org).await.expect("a transaction")
    }

    /// Any statement, past the walls.
    pub async fn raw(&self, text: &'static str) -> Result<u64> {
        let mut conn = self.store.writer().await?;
        let changed = execute!(conn, Sql::same(text));
        conn.commit().await?;
        Ok(changed)
    }

    /// A file of its own.
    pub async fn of_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("oktext.db").display());
        Self::open(url, Some(folder)).await
    }

    async fn open(url: String, folder: Option<tempfile::TempDir>) -> Self {
        let store = Store::open(&url).await.expect("opens");
        store.migrate().await.expect("migrates");
        Self {
            store,
            _folder: folder.map(Arc::new),
        }
    }
}

pub async fn on_sqlite<F: Future<Output = ()> + Send + 'static>(test: fn(Base) -> F) {
    let base = Base::of_sqlite().await;
    run(&base, test).await;
}

#[expect(clippy::disallowed_methods, reason = "the tests' only setting")]
pub async fn on_postgres<F: Future<Output = ()> + Send + 'static>(test: fn(Base) -> F) {
    let server = std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!("{VARIABLE} names no PostgreSQL server (postgres://…, as superuser). `cargo xtask test` starts one.")
    });
    let name = format!("oktext_test_{}", new_id().simple());
    command(&server, format!("CREATE DATABASE {name}")).await;
    let base = Base::open(database_of(&server, &name), None).await;
    let ended = tokio::spawn(test(base.clone())).await;
    base.store.close().await;
    command(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    pass_on(ended);
}

async fn run<F: Future<Output = ()> + Send + 'static>(base: &Base, test: fn(Base) -> F) {
    let ended = tokio::spawn(test(base.clone())).await;
    base.store.close().await;
    pass_on(ended);
}

fn pass_on(ended: std::result::Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        std::panic::resume_unwind(error.into_panic());
    }
}

async fn command(server: &str, text: String) {
    let mut conn = PgConnection::connect(server)
        .await
        .expect("the server that the variable names answers");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text))
        .execute(&mut conn)
        .await
        .expect("the user may make databases");
}

/// The same server's address with another database.
fn database_of(server: &str, name: &str) -> String {
    let (address, query) = server
        .split_once('?')
        .map_or((server, None), |(a, q)| (a, Some(q)));
    let host_begins = address.find("://").expect("an address") + 3;
    let host_ends = address[host_begins..]
        .find('/')
        .map_or(address.len(), |at| host_begins + at);
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..host_ends])
}
