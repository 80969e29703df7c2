//! One suite, run on both databases. PostgreSQL is where OKTEXT_TEST_POSTGRES_URL says; `cargo xtask test` starts one.

mod base;
mod claims;
mod clients;
mod failover;
mod halts;
mod here;
mod hosts;
mod incoming;
mod invitations;
mod ladder;
mod ledgers;
mod life;
mod line;
mod measure;
mod nodes;
mod office;
mod outbox;
mod people;
mod rescue;
mod sample;
mod schema;
mod setup;
mod texts;
mod times;
mod walls;

/// Makes two tests of each function, `sqlite::name` and `postgres::name`.
macro_rules! both {
    ($(async fn $name:ident($base:ident) $body:block)+) => {
        $(async fn $name($base: crate::tests::base::Base) $body)+
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
                crate::tests::base::on_sqlite(super::$name).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
                crate::tests::base::on_postgres(super::$name).await;
            })+
        }
    };
}
use both;
