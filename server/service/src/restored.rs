//! After a backup was restored the queue is held until an administrator lets it go on.

use crate::{Service, audit::Deed, error::OrProblem};
use domain::{
    halt::Reason,
    problem::Problem,
    role::{Actor, Operation},
    unclear::ReleaseForm,
};
use store::Held;

impl Service {
    /// Holds every organization's queue as after a restore, for the console.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn hold_queues(&self) -> Result<Held, Problem> {
        self.0.store.hold_restored(self.now()).await.or_problem()
    }

    /// Lets every organization's queue go on, for the console; answers how many.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn release_queues(&self) -> Result<u64, Problem> {
        self.0.store.release_restored().await.or_problem()
    }

    /// Lets the organization's queue go on. Of several administrators at once one does.
    ///
    /// # Errors
    /// [`Problem::Forbidden`]; the box was not ticked; [`Problem::AlreadyDecided`].
    pub async fn release_queue(&self, actor: &Actor, form: &ReleaseForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::ReleaseQueue)?;
        form.read()?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        if !tx.lift_halt(Reason::Restored).await.or_problem()? {
            return Err(Problem::AlreadyDecided);
        }
        self.let_leave(tx, actor, Deed::ReleasedQueue).await
    }
}
