//! Work of many who wait, done together: whoever comes first is served at once, and whoever comes meanwhile goes
//! together with all others who do. Nobody waits for more to come.

use domain::problem::Problem;
use futures::FutureExt;
use std::{
    collections::VecDeque,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// At most so many go together, and so many at first.
const LARGEST: usize = 256;
const AT_FIRST: usize = 32;
/// A group should take no longer: what takes longer is done in smaller ones, so that a machine that has too much to do
/// still ends some in time. Full groups that are quicker grow.
const SHOULD_TAKE: Duration = Duration::from_millis(300);

/// Those who wait for one kind of work, and how many groups of them are being served.
pub(crate) struct Gather<J, A> {
    line: Arc<Line<J, A>>,
    /// So many groups are served at once.
    at_once: usize,
    /// A group that takes longer is given up: its members are told that it did not work.
    patience: Option<Duration>,
}

struct Line<J, A>(Mutex<State<J, A>>);

struct State<J, A> {
    waiting: VecDeque<(J, Tell<A>)>,
    served: usize,
    /// So many go together now.
    largest: usize,
}

type Tell<A> = oneshot::Sender<Result<A, Problem>>;

impl<J, A> Gather<J, A>
where
    J: Send + 'static,
    A: Send + 'static,
{
    pub fn new(at_once: usize, patience: Option<Duration>) -> Self {
        let state = State {
            waiting: VecDeque::new(),
            served: 0,
            largest: AT_FIRST,
        };
        Self {
            line: Arc::new(Line(Mutex::new(state))),
            at_once,
            patience,
        }
    }

    /// Has this done by `work`, together with what others ask at this time; `work` answers each in its order. Whoever
    /// stops waiting before the work begins is left out of it.
    ///
    /// # Errors
    /// What `work` answers; [`Problem::Unavailable`] when it broke or took too long.
    pub async fn ask<W, F>(&self, job: J, work: W) -> Result<A, Problem>
    where
        W: Fn(Vec<J>) -> F + Send + Sync + 'static,
        F: Future<Output = Vec<Result<A, Problem>>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let may_serve = {
            let mut state = self.line.lock();
            state.waiting.push_back((job, tell));
            let may = state.served < self.at_once;
            state.served += usize::from(may);
            may
        };
        if may_serve {
            // A task of its own: it goes on for others when the first of them stops waiting.
            tokio::spawn(serve(Arc::clone(&self.line), work, self.patience));
        }
        told.await.unwrap_or(Err(Problem::Unavailable))
    }
}

impl<J, A> Line<J, A> {
    fn lock(&self) -> MutexGuard<'_, State<J, A>> {
        // A list is whole after every step: a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next group; `None`: nobody waits, and whoever comes now begins anew.
    fn next(&self) -> Option<(Vec<J>, Vec<Tell<A>>)> {
        let mut state = self.lock();
        let mut group = (vec![], vec![]);
        while group.0.len() < state.largest
            && let Some((job, tell)) = state.waiting.pop_front()
        {
            if !tell.is_closed() {
                group.0.push(job);
                group.1.push(tell);
            }
        }
        if group.0.is_empty() {
            state.served -= 1;
            return None;
        }
        Some(group)
    }

    /// A group of so many took so long.
    fn learn(&self, many: usize, took: Duration) {
        let mut state = self.lock();
        if took > SHOULD_TAKE {
            state.largest = (many / 2).max(1);
        } else if many == state.largest {
            state.largest = (many * 2).min(LARGEST);
        }
    }
}

async fn serve<J, A, W, F>(line: Arc<Line<J, A>>, work: W, patience: Option<Duration>)
where
    W: Fn(Vec<J>) -> F,
    F: Future<Output = Vec<Result<A, Problem>>>,
{
    while let Some((jobs, tells)) = line.next() {
        let (many, began) = (jobs.len(), Instant::now());
        // Begun within what is caught, too.
        let done = AssertUnwindSafe(async { work(jobs).await }).catch_unwind();
        let answers = match patience {
            Some(patience) => tokio::time::timeout(patience, done).await.ok(),
            None => Some(done.await),
        };
        line.learn(many, began.elapsed());
        match answers {
            Some(Ok(answers)) => {
                for (tell, answer) in tells.into_iter().zip(answers) {
                    // Who stopped waiting is told by the next repetition.
                    let _ = tell.send(answer);
                }
            }
            Some(Err(_)) => tracing::error!(of = tells.len(), "a fault in work for many"),
            None => tracing::error!(of = tells.len(), "work for many took too long"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::join_all;
    use tokio::sync::Semaphore;

    const UNLUCKY: u32 = 1_313;

    /// Answers each with the size of its group, once the gate lets the group through.
    fn sizes(gate: &Arc<Semaphore>) -> impl Fn(Vec<u32>) -> SizesOf + Send + Sync + 'static {
        let gate = Arc::clone(gate);
        move |jobs| {
            let gate = Arc::clone(&gate);
            Box::pin(async move {
                gate.acquire().await.expect("open").forget();
                assert!(!jobs.contains(&UNLUCKY), "unlucky");
                vec![Ok(jobs.len()); jobs.len()]
            })
        }
    }

    type SizesOf = futures::future::BoxFuture<'static, Vec<Result<usize, Problem>>>;

    #[tokio::test]
    async fn the_first_goes_at_once_and_those_who_come_meanwhile_go_together() {
        let (gather, gate) = (Gather::new(1, None), Arc::new(Semaphore::new(0)));
        let first = gather.ask(0, sizes(&gate));
        let others = async {
            // The first is being served by then, and cannot end.
            tokio::task::yield_now().await;
            join_all((1..=300).map(|n| gather.ask(n, sizes(&gate)))).await
        };
        let open = async {
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            gate.add_permits(5);
        };
        let (first, others, ()) = tokio::join!(first, others, open);
        assert_eq!(first, Ok(1));
        let sizes: Vec<usize> = others.into_iter().map(|size| size.expect("done")).collect();
        // 32, 64, 128, and the 76 that are left.
        assert_eq!(
            (
                sizes[0], sizes[31], sizes[32], sizes[95], sizes[96], sizes[299]
            ),
            (32, 32, 64, 64, 128, 76)
        );
    }

    #[test]
    fn groups_that_take_too_long_shrink_and_full_ones_that_are_quick_grow() {
        let gather: Gather<u32, ()> = Gather::new(1, None);
        let largest = || gather.line.lock().largest;
        gather.line.learn(AT_FIRST, SHOULD_TAKE * 2);
        assert_eq!(largest(), 16);
        gather.line.learn(3, Duration::ZERO);
        assert_eq!(largest(), 16);
        for _ in 0..9 {
            gather.line.learn(largest(), Duration::ZERO);
        }
        assert_eq!(largest(), LARGEST);
        gather.line.learn(1, SHOULD_TAKE * 2);
        assert_eq!(largest(), 1);
    }

    #[tokio::test]
    async fn a_fault_answers_its_own_group_and_the_next_is_served() {
        let (gather, gate) = (Gather::new(1, None), Arc::new(Semaphore::new(100)));
        assert_eq!(
            gather.ask(UNLUCKY, sizes(&gate)).await,
            Err(Problem::Unavailable)
        );
        assert_eq!(gather.ask(1, sizes(&gate)).await, Ok(1));
    }

    #[tokio::test]
    async fn what_takes_too_long_is_given_up_and_the_next_is_served() {
        let patience = Some(Duration::from_millis(20));
        let (gather, gate) = (Gather::new(1, patience), Arc::new(Semaphore::new(0)));
        assert_eq!(gather.ask(1, sizes(&gate)).await, Err(Problem::Unavailable));
        gate.add_permits(1);
        assert_eq!(gather.ask(2, sizes(&gate)).await, Ok(1));
    }
}
