//! From the store's failures to a person's words. The cause goes to the log here, once.

use domain::problem::Problem;
use store::StoreError;

/// What a person is told of a failure of the store.
pub fn problem(error: StoreError) -> Problem {
    match error {
        StoreError::Unavailable(cause) => {
            tracing::error!(error = %cause, "the database cannot be reached");
            Problem::Unavailable
        }
        other => {
            tracing::error!(error = %other, "the database refused");
            Problem::Internal
        }
    }
}

/// Turns the store's results into a person's.
pub trait OrProblem<T> {
    /// The value, or what the person is told.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] or [`Problem::Internal`], the cause logged.
    fn or_problem(self) -> Result<T, Problem>;
}

impl<T> OrProblem<T> for Result<T, StoreError> {
    fn or_problem(self) -> Result<T, Problem> {
        self.map_err(problem)
    }
}
