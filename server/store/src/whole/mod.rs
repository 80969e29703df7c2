//! What concerns no organization, or all of them: signing in, finding whose account it is, the queue, the host.

mod accounts;
mod adopt;
mod asks;
mod books;
mod counted;
mod failover;
mod halts;
mod hosts;
mod invitations;
mod listings;
mod nights;
mod organizations;
mod queue;
mod restored;
mod sessions;
mod tidied;
mod times;
pub mod tries;
mod unclaimed;
mod unclear;

pub use books::BookedText;
pub use restored::Held;

#[cfg(test)]
pub(crate) fn statements() -> Vec<crate::sql::Statements> {
    vec![
        accounts::STATEMENTS,
        adopt::STATEMENTS,
        asks::STATEMENTS,
        books::STATEMENTS,
        counted::STATEMENTS,
        failover::STATEMENTS,
        halts::STATEMENTS,
        hosts::STATEMENTS,
        invitations::STATEMENTS,
        listings::STATEMENTS,
        organizations::STATEMENTS,
        nights::STATEMENTS,
        queue::STATEMENTS,
        restored::STATEMENTS,
        sessions::STATEMENTS,
        tidied::STATEMENTS,
        times::STATEMENTS,
        tries::STATEMENTS,
        unclaimed::STATEMENTS,
        unclear::STATEMENTS,
    ]
}
