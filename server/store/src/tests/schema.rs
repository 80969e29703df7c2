//! Both databases are the same database, as far as the program can tell.

use super::{base, both};
use crate::{Store, StoreError, migrate, open::Db, sql};
use sqlx::{Executor, SqlSafeStr};
use std::{collections::BTreeSet, fs, path::Path};

both! {
    async fn migrating_twice_changes_nothing(base) {
        base.store.migrate().await.expect("nothing to do");
        base.store.ping().await.expect("alive");
    }

    async fn a_database_is_current_once_it_was_migrated(base) {
        assert!(base.store.is_current().await.expect("answers"));
        base.raw("DELETE FROM _sqlx_migrations WHERE version = 4").await.expect("forgets");
        assert!(!base.store.is_current().await.expect("answers"));
        base.raw("DROP TABLE _sqlx_migrations").await.expect("drops");
        assert!(!base.store.is_current().await.expect("answers"));
    }

    async fn an_older_program_refuses_a_newer_database(base) {
        base.raw(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1"
        ).await.expect("a later migration");
        let refused = base.store.migrate().await.expect_err("is refused");
        assert!(matches!(refused, StoreError::SchemaTooNew), "{refused:?}");
    }

    async fn a_reader_sees_what_was_committed_and_nothing_else(base) {
        let office = super::sample::office(&base, "north").await;
        let mut tx = base.begin(office.org).await;
        tx.save_draft(office.staff, office.case, "half", 1).await.expect("saves");
        let mut reader = base.store.read(office.org).await.expect("a reader");
        assert_eq!(reader.draft(office.staff, office.case).await.expect("reads"), None);
        tx.commit().await.expect("commits");
        assert_eq!(reader.draft(office.staff, office.case).await.expect("reads"), Some(("half".into(), 1)));
    }
}

#[tokio::test]
async fn every_sql_text_prepares_on_both_databases() {
    base::on_sqlite(prepare_all).await;
    base::on_postgres(prepare_all).await;
}

async fn prepare_all(base: base::Base) {
    for (name, text) in sql::all().iter().flat_map(|statements| statements.texts) {
        let prepared = match &base.store.0 {
            Db::Sqlite { write, .. } => write.prepare(text.sqlite.into_sql_str()).await.map(|_| ()),
            Db::Postgres(pool) => pool.prepare(text.postgres.into_sql_str()).await.map(|_| ()),
        };
        prepared.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn every_file_with_sql_is_in_the_list() {
    let listed: BTreeSet<String> = sql::all().iter().map(|s| name_in_src(s.file)).collect();
    let mut written = BTreeSet::new();
    files(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut |path, text| {
            let path = name_in_src(path);
            if path.starts_with("tests/") {
                return;
            }
            assert!(!text.contains("raw_sql("), "{path}");
            if text.lines().any(|line| line == "sql! {") {
                written.insert(path);
            }
        },
    );
    assert_eq!(listed, written);
}

#[test]
fn every_migration_is_in_the_program() {
    for (folder, steps) in [("sqlite", migrate::SQLITE), ("postgres", migrate::POSTGRES)] {
        let mut found = BTreeSet::new();
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(folder);
        files(&path, &mut |path, _| {
            let file = Path::new(path)
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            found.insert(file);
        });
        let known: BTreeSet<String> = steps
            .iter()
            .map(|(_, name, _)| (*name).to_owned())
            .collect();
        assert_eq!(found, known);
        assert!(
            steps
                .iter()
                .all(|(version, name, _)| name.starts_with(&format!("{version:04}_")))
        );
    }
}

#[tokio::test]
async fn addresses_that_are_none_are_refused() {
    for url in ["", "mysql://x", "sqlite:", "sqlite::memory:", "oktext.db"] {
        let refused = Store::open(url).await.err();
        assert!(matches!(refused, Some(StoreError::Url(_))), "{url}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_called_so() {
    for url in [
        "sqlite:/no/such/folder/oktext.db",
        "postgres://oktext@127.0.0.1:1/oktext",
    ] {
        let refused = Store::open(url).await.err();
        assert!(
            matches!(refused, Some(StoreError::Unavailable(_))),
            "{url}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn migrations_have_the_same_tables_and_columns() {
    base::on_sqlite(|base| async move { write_shape("sqlite", shape_of_sqlite(&base).await) })
        .await;
    base::on_postgres(
        |base| async move { write_shape("postgres", shape_of_postgres(&base).await) },
    )
    .await;
    let (sqlite, postgres) = (read_shape("sqlite"), read_shape("postgres"));
    assert!(sqlite.len() > 100);
    assert_eq!(sqlite, postgres);
}

static SHAPES: std::sync::Mutex<Vec<(&str, Vec<String>)>> = std::sync::Mutex::new(Vec::new());

fn write_shape(of: &'static str, mut shape: Vec<String>) {
    shape.sort();
    SHAPES.lock().expect("one at a time").push((of, shape));
}

fn read_shape(of: &str) -> Vec<String> {
    let shapes = SHAPES.lock().expect("one at a time");
    shapes
        .iter()
        .find(|(name, _)| *name == of)
        .expect("was written")
        .1
        .clone()
}

const SHAPE_OF_SQLITE: &str = "
    SELECT t.name || '.' || c.name || CASE c.\"notnull\" WHEN 1 THEN ' required' ELSE '' END
    FROM pragma_table_list t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'
    UNION ALL
    SELECT t.name || ' key ' || group_concat(c.name, ',' ORDER BY c.pk)
    FROM pragma_table_list t JOIN pragma_table_info(t.name) c ON c.pk > 0
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' GROUP BY t.name
    UNION ALL
    SELECT i.name || CASE i.\"unique\" WHEN 1 THEN ' unique ' ELSE ' ' END
           || (SELECT group_concat(COALESCE(c.name, 'expression'), ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c)
           || CASE i.partial WHEN 1 THEN ' partial' ELSE '' END
    FROM pragma_table_list t JOIN pragma_index_list(t.name) i
    WHERE i.origin = 'c' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'";

const SHAPE_OF_POSTGRES: &str = "
    SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'
    UNION ALL
    SELECT CASE WHEN i.indisprimary THEN t.relname || ' key ' ELSE x.relname END
           || CASE WHEN i.indisunique AND NOT i.indisprimary THEN ' unique '
                   WHEN i.indisprimary THEN '' ELSE ' ' END
           || (SELECT string_agg(COALESCE(a.attname::text, 'expression'), ',' ORDER BY k.at)
               FROM unnest(i.indkey) WITH ORDINALITY AS k (number, at)
               LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0)
           || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_sqlx%'";

async fn shape_of_sqlite(base: &base::Base) -> Vec<String> {
    let Db::Sqlite { read, .. } = &base.store.0 else {
        panic!("SQLite")
    };
    let mut reader = read.take().await.expect("a connection");
    sqlx::query_scalar(SHAPE_OF_SQLITE)
        .fetch_all(&mut *reader)
        .await
        .expect("a shape")
}

async fn shape_of_postgres(base: &base::Base) -> Vec<String> {
    let Db::Postgres(pool) = &base.store.0 else {
        panic!("PostgreSQL")
    };
    sqlx::query_scalar(SHAPE_OF_POSTGRES)
        .fetch_all(pool)
        .await
        .expect("a shape")
}

fn name_in_src(path: &str) -> String {
    path.split("/src/")
        .last()
        .or(Some(path))
        .map(|p| p.trim_start_matches("src/").to_owned())
        .expect("a name")
}

fn files(folder: &Path, visit: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, visit);
        } else {
            visit(
                &path.to_string_lossy(),
                &fs::read_to_string(&path).expect("text"),
            );
        }
    }
}
