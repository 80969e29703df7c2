//! What concerns no organization, or all of them: signing in, finding whose account it is, the queue.

mod accounts;
mod adopt;
mod nights;
mod queue;
mod sessions;
mod tidied;

#[cfg(test)]
pub(crate) fn statements() -> Vec<crate::sql::Statements> {
    vec![
        accounts::STATEMENTS,
        adopt::STATEMENTS,
        nights::STATEMENTS,
        queue::STATEMENTS,
        sessions::STATEMENTS,
        tidied::STATEMENTS,
    ]
}
