//! One durable transaction for what many asked at the same time: group commit. Nobody is answered before its commit, and
//! a fault of one is that one's alone.

use crate::{Service, error::OrProblem, gather::Gather, news::News};
use domain::{ids::OrgId, problem::Problem};
use futures::FutureExt;
use std::{collections::BTreeMap, panic::AssertUnwindSafe, time::Duration};
use store::{Many, Tx};

/// Twilio is told "not now" after so long at the latest (`web/measured.rs`): what takes longer is given up.
pub(crate) const PATIENCE: Duration = Duration::from_millis(2_500);

/// One kind of what is asked by many.
pub(crate) trait Shared: Send + Sync + 'static {
    /// Its name among the numbers.
    const NAME: &'static str;
    type Job: Send + Sync + 'static;
    type Answer: Send + 'static;

    /// Whose it is.
    fn org(job: &Self::Job) -> OrgId;

    /// Does one, in a transaction of its organization that goes on; also what pages are to be told of it.
    fn alone(
        service: &Service,
        tx: &mut Tx,
        job: &Self::Job,
    ) -> impl Future<Output = Result<(Self::Answer, News), Problem>> + Send;

    /// Does all, in one transaction. Where one of them makes it fail, all are done again, each within a savepoint.
    fn together(
        service: &Service,
        group: &mut Group,
        jobs: &[Self::Job],
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Problem>> + Send {
        async move {
            let mut answers = Vec::with_capacity(jobs.len());
            for job in jobs {
                let org = Self::org(job);
                let (answer, news) = Self::alone(service, group.of(org), job).await?;
                group.tell(org, news);
                answers.push(answer);
            }
            Ok(answers)
        }
    }
}

/// A transaction for many, and what pages are to be told of it.
pub(crate) struct Group {
    pub many: Many,
    news: BTreeMap<OrgId, News>,
}

impl Group {
    /// The transaction, within this organization.
    pub fn of(&mut self, org: OrgId) -> &mut Tx {
        self.many.of(org)
    }

    /// Pages of this organization are told of it after the commit.
    pub fn tell(&mut self, org: OrgId, news: News) {
        self.news.entry(org).or_default().add(news);
    }
}

impl Service {
    /// Has it done together with others of its kind, and waits for the commit.
    pub(crate) async fn share<K: Shared>(
        &self,
        gather: &Gather<K::Job, K::Answer>,
        job: K::Job,
    ) -> Result<K::Answer, Problem> {
        let service = self.clone();
        let work = move |jobs: Vec<K::Job>| {
            let service = service.clone();
            async move { service.do_all::<K>(&jobs).await }
        };
        gather.ask(job, work).await
    }

    async fn do_all<K: Shared>(&self, jobs: &[K::Job]) -> Vec<Result<K::Answer, Problem>> {
        let together = AssertUnwindSafe(self.do_together::<K>(jobs)).catch_unwind();
        match together.await {
            Ok(Ok(answers)) => return answers.into_iter().map(Ok).collect(),
            Ok(Err(problem)) => {
                tracing::warn!(
                    kind = K::NAME,
                    of = jobs.len(),
                    ?problem,
                    "done again, one by one"
                );
            }
            Err(_) => tracing::error!(
                kind = K::NAME,
                of = jobs.len(),
                "a fault; done again, one by one"
            ),
        }
        let one_by_one = self.do_one_by_one::<K>(jobs).await;
        one_by_one.unwrap_or_else(|problem| jobs.iter().map(|_| Err(problem.clone())).collect())
    }

    async fn do_together<K: Shared>(&self, jobs: &[K::Job]) -> Result<Vec<K::Answer>, Problem> {
        let mut group = self.begin_group().await?;
        let answers = K::together(self, &mut group, jobs).await?;
        self.finish::<K>(group, jobs.len()).await?;
        Ok(answers)
    }

    /// Still one transaction, but what goes wrong with one is taken back alone.
    async fn do_one_by_one<K: Shared>(
        &self,
        jobs: &[K::Job],
    ) -> Result<Vec<Result<K::Answer, Problem>>, Problem> {
        let mut group = self.begin_group().await?;
        let mut answers = Vec::with_capacity(jobs.len());
        for job in jobs {
            let org = K::org(job);
            group.many.save().await.or_problem()?;
            let alone = AssertUnwindSafe(K::alone(self, group.of(org), job)).catch_unwind();
            match alone.await.unwrap_or(Err(Problem::Internal)) {
                Ok((answer, news)) => {
                    group.many.keep().await.or_problem()?;
                    group.tell(org, news);
                    answers.push(Ok(answer));
                }
                Err(problem) => {
                    group.many.undo().await.or_problem()?;
                    answers.push(Err(problem));
                }
            }
        }
        self.finish::<K>(group, jobs.len()).await?;
        Ok(answers)
    }

    async fn begin_group(&self) -> Result<Group, Problem> {
        Ok(Group {
            many: self.0.store.begin_many().await.or_problem()?,
            news: BTreeMap::new(),
        })
    }

    /// Events last, since on PostgreSQL they hold back those of others; then the commit, and after it the bell.
    async fn finish<K: Shared>(&self, group: Group, jobs: usize) -> Result<(), Problem> {
        let Group { mut many, news } = group;
        let mut rings = vec![];
        for (org, mut news) in news {
            let raised = std::mem::take(&mut news.raised);
            let events = self.write_news(many.of(org), news).await?;
            rings.push((org, events, raised));
        }
        many.commit().await.or_problem()?;
        self.0.meters.grouped(K::NAME, jobs);
        for (org, events, raised) in rings {
            for written_at in raised {
                self.0.meters.reported(self.now() - written_at);
            }
            self.ring(org, events);
        }
        Ok(())
    }
}

/// The same by organization, each with its place among all.
pub(crate) fn by_org<T>(all: &[T], org: impl Fn(&T) -> OrgId) -> BTreeMap<OrgId, Vec<(usize, &T)>> {
    let mut found: BTreeMap<OrgId, Vec<(usize, &T)>> = BTreeMap::new();
    for (n, one) in all.iter().enumerate() {
        found.entry(org(one)).or_default().push((n, one));
    }
    found
}

/// The same in rounds, so that in each no two have a key in common; each round keeps the order.
pub(crate) fn rounds<T>(all: Vec<T>, keys: impl Fn(&T) -> Vec<String>) -> Vec<Vec<T>> {
    let (mut left, mut rounds) = (all, vec![]);
    while !left.is_empty() {
        let mut taken = std::collections::HashSet::new();
        let (now, later): (Vec<T>, Vec<T>) = left.into_iter().partition(|one| {
            let keys = keys(one);
            let free = keys.iter().all(|key| !taken.contains(key));
            if free {
                taken.extend(keys);
            }
            free
        });
        rounds.push(now);
        left = later;
    }
    rounds
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn in_a_round_no_two_have_a_key_in_common() {
        let keys = |pair: &(char, u32)| vec![pair.0.to_string(), pair.1.to_string()];
        let all = vec![('a', 1), ('b', 1), ('a', 2), ('c', 3), ('b', 2)];
        let expected = vec![vec![('a', 1), ('c', 3), ('b', 2)], vec![('b', 1), ('a', 2)]];
        assert_eq!(rounds(all, keys), expected);
    }

    #[test]
    fn those_who_all_share_a_key_go_one_after_another() {
        let alone = rounds(vec![1, 2, 3], |_| vec!["same".into()]);
        assert_eq!(alone, [[1], [2], [3]]);
        assert!(rounds(Vec::<u32>::new(), |_| vec![]).is_empty());
    }
}
