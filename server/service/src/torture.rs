//! For the harness of `cargo xtask torture` alone: named points at which the program ends as if it was killed, and
//! guards that can be turned off, to show that the harness notices. Compiled in only in debug builds and with the
//! feature `torture`; in a release nothing of it is there, and no variable is read.

use uuid::Uuid;

/// What keeps texts from being lost or doubled, and what a control run of the harness does without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// A worker whose claim was lost hands nothing over.
    ClaimFence,
    /// `posting` is committed before the first byte leaves.
    PostingFirst,
    /// Twilio's Sid makes a repeated text the same text.
    Dedupe,
}

/// Ends the program here, if the harness wants that at this time, or stands still for a while.
pub(crate) async fn point(name: &'static str) {
    #[cfg(any(debug_assertions, feature = "torture"))]
    on::point(name).await;
    #[cfg(not(any(debug_assertions, feature = "torture")))]
    let _ = name;
}

/// When a step of a migration is done and not yet committed: `OKTEXT_TORTURE_AT=in_migration:9` is the ninth.
pub async fn in_migration() {
    point("in_migration").await;
}

/// Ends the program while a text is being handed over, if the harness wants that at this time.
pub(crate) async fn mid_post<T>(posting: impl Future<Output = T>) -> T {
    #[cfg(any(debug_assertions, feature = "torture"))]
    {
        on::mid_post(posting).await
    }
    #[cfg(not(any(debug_assertions, feature = "torture")))]
    {
        posting.await
    }
}

/// Whether a guard is in its place: always, but for control runs.
pub(crate) fn holds(guard: Guard) -> bool {
    #[cfg(any(debug_assertions, feature = "torture"))]
    {
        on::holds(guard)
    }
    #[cfg(not(any(debug_assertions, feature = "torture")))]
    {
        let _ = guard;
        true
    }
}

/// By what a text that came is known again: its Sid.
pub(crate) fn known_by(sid: String, id: Uuid) -> String {
    match holds(Guard::Dedupe) {
        true => sid,
        false => format!("SM{}", id.simple()),
    }
}

/// How long claims are of one worker, in milliseconds: `usual`, unless the harness has less patience.
pub(crate) fn lease(usual: i64) -> i64 {
    #[cfg(any(debug_assertions, feature = "torture"))]
    {
        on::WANTED.lease.unwrap_or(usual)
    }
    #[cfg(not(any(debug_assertions, feature = "torture")))]
    {
        usual
    }
}

/// What the machine's clock shows: `really`, unless a test has it jump.
pub(crate) fn machine_clock(really: i64) -> i64 {
    #[cfg(any(debug_assertions, feature = "torture"))]
    {
        really.saturating_add(on::jump())
    }
    #[cfg(not(any(debug_assertions, feature = "torture")))]
    {
        really
    }
}

#[cfg(any(debug_assertions, feature = "torture"))]
mod on {
    use super::Guard;
    use std::{
        path::PathBuf,
        sync::{
            LazyLock,
            atomic::{AtomicU32, Ordering},
        },
        time::Duration,
    };

    /// `after_201:3` ends the program the third time that it comes there; `after_claim:5:2000` stands still for two
    /// seconds each fifth time.
    const AT: &str = "OKTEXT_TORTURE_AT";
    /// `claim_fence`, `posting_first` or `dedupe`.
    const WITHOUT: &str = "OKTEXT_TORTURE_WITHOUT";
    /// Milliseconds.
    const LEASE: &str = "OKTEXT_TORTURE_LEASE";
    /// A file with milliseconds: by so much the machine's clock is wrong.
    const CLOCK: &str = "OKTEXT_TORTURE_CLOCK";

    /// What the harness asked for when it started the program.
    #[derive(Debug, Default, PartialEq, Eq)]
    pub struct Wanted {
        at: Option<At>,
        without: String,
        pub lease: Option<i64>,
        clock: Option<PathBuf>,
    }

    #[derive(Debug, PartialEq, Eq)]
    struct At {
        point: String,
        hit: u32,
        pause: Option<u64>,
    }

    pub static WANTED: LazyLock<Wanted> = LazyLock::new(|| Wanted::read(variable));
    static HITS: AtomicU32 = AtomicU32::new(0);

    #[expect(
        clippy::disallowed_methods,
        reason = "no setting of the program: a release does not have it"
    )]
    fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    impl Wanted {
        pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
            Self {
                at: variable(AT).and_then(|text| At::read(&text)),
                without: variable(WITHOUT).unwrap_or_default(),
                lease: variable(LEASE).and_then(|text| text.parse().ok()),
                clock: variable(CLOCK).map(PathBuf::from),
            }
        }
    }

    impl At {
        fn read(text: &str) -> Option<Self> {
            let mut parts = text.split(':');
            Some(Self {
                point: parts.next()?.to_owned(),
                hit: parts.next()?.parse().ok().filter(|hit| *hit > 0)?,
                pause: parts.next().and_then(|pause| pause.parse().ok()),
            })
        }

        /// Whether it is the time, now that the program came to its point once more.
        fn is_due(&self, hits: u32) -> bool {
            match self.pause {
                None => hits == self.hit,
                Some(_) => hits.is_multiple_of(self.hit),
            }
        }
    }

    fn due(name: &str) -> Option<&'static At> {
        let at = WANTED.at.as_ref().filter(|at| at.point == name)?;
        let hits = HITS.fetch_add(1, Ordering::SeqCst) + 1;
        at.is_due(hits).then_some(at)
    }

    pub async fn point(name: &'static str) {
        match due(name) {
            Some(At { pause: None, .. }) => end(name),
            Some(At {
                pause: Some(pause), ..
            }) => {
                eprintln!("torture: stands still {name}");
                tokio::time::sleep(Duration::from_millis(*pause)).await;
            }
            None => {}
        }
    }

    pub async fn mid_post<T>(posting: impl Future<Output = T>) -> T {
        let Some(at) = due("mid_post") else {
            return posting.await;
        };
        // Between the first byte and the end of the answer, somewhere.
        let moment = Duration::from_millis(u64::from(at.hit % 8));
        let _ = tokio::time::timeout(moment, posting).await;
        end("mid_post")
    }

    /// Nothing is unwound, flushed or told to anybody.
    fn end(name: &str) -> ! {
        eprintln!("torture: ends {name}");
        std::process::abort()
    }

    pub fn jump() -> i64 {
        let jump = WANTED.clock.as_ref().and_then(|file| {
            let text = std::fs::read_to_string(file).ok()?;
            text.trim().parse().ok()
        });
        jump.unwrap_or(0)
    }

    pub fn holds(guard: Guard) -> bool {
        let name = match guard {
            Guard::ClaimFence => "claim_fence",
            Guard::PostingFirst => "posting_first",
            Guard::Dedupe => "dedupe",
        };
        WANTED.without != name
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn without_a_variable_nothing_is_wanted() {
            assert_eq!(Wanted::read(|_| None), Wanted::default());
            assert!(holds(Guard::ClaimFence) && holds(Guard::PostingFirst) && holds(Guard::Dedupe));
        }

        #[test]
        fn the_program_ends_once_and_stands_still_again_and_again() {
            let ends = At::read("after_201:3").expect("a point");
            let due = |at: &At| {
                (1..=9)
                    .filter(|hits| at.is_due(*hits))
                    .collect::<Vec<u32>>()
            };
            assert_eq!(due(&ends), [3]);
            let still = At::read("after_claim:4:2000").expect("a point");
            assert_eq!(due(&still), [4, 8]);
            assert_eq!(At::read("after_201:0"), None);
            assert_eq!(At::read("after_201"), None);
        }
    }
}
