//! What is counted for those who run the program: numbers only, of all organizations together, never a person or a text.

use crate::{Service, carrier::SendOutcome, clocks::WORK};
use domain::follow_up;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{fmt, sync::atomic::AtomicU64, time::Duration};
use store::{Store, StoreError};

/// Upper bounds for how long a webhook took, in seconds. Twilio gives up after 15.
const WEBHOOK_BOUNDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 3.0, 15.0];
/// Upper bounds for how long after a text was written a report on it came, in seconds.
const LAG_BOUNDS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3_600.0, 86_400.0];
/// Upper bounds for how many shared a transaction.
const GROUP_BOUNDS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// How long the numbers out of the database may take; without them the rest is told.
const DATABASE: Duration = Duration::from_secs(2);

type Label = [(&'static str, &'static str); 1];
type Webhook = [(&'static str, String); 2];

/// What should not happen. Nothing is changed by it; somebody has to look into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Twilio answered a sending with the Sid of another text.
    OthersSid,
    /// A signed report names a text that its organization does not have.
    OthersText,
    /// A signed text or call for a number of the account that is nobody's here.
    NobodysNumber,
    /// A webhook in the name of an account that is nobody's here. Anybody can send one.
    NobodysAccount,
}

impl Odd {
    const ALL: [Self; 4] = [
        Self::OthersSid,
        Self::OthersText,
        Self::NobodysNumber,
        Self::NobodysAccount,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::OthersSid => "others_sid",
            Self::OthersText => "others_text",
            Self::NobodysNumber => "nobodys_number",
            Self::NobodysAccount => "nobodys_account",
        }
    }
}

/// The counters of this process, and what is read out of the database when somebody asks.
pub struct Meters {
    registry: Registry,
    sends: Family<Label, Counter>,
    webhooks: Family<Webhook, Histogram, fn() -> Histogram>,
    turned_away: Counter,
    refused: Family<Label, Counter>,
    lag: Histogram,
    groups: Family<Label, Histogram, fn() -> Histogram>,
    held: Family<Label, Counter>,
    odd: Family<Label, Counter>,
    clock_ahead: Gauge,
    queue: Queue,
}

/// The state of the queue when it was last asked for.
#[derive(Default)]
struct Queue {
    reached: Gauge,
    waiting: Gauge,
    oldest: Gauge<f64, AtomicU64>,
    unknown: Gauge,
    oldest_unknown: Gauge<f64, AtomicU64>,
    halted: Gauge,
    parked: Gauge,
    unclaimed: Gauge,
}

impl Meters {
    pub(crate) fn new(store: &Store) -> Self {
        let webhooks: fn() -> Histogram = || Histogram::new(WEBHOOK_BOUNDS);
        let groups: fn() -> Histogram = || Histogram::new(GROUP_BOUNDS);
        let mut meters = Self {
            registry: Registry::with_prefix("oktext"),
            sends: Family::default(),
            webhooks: Family::new_with_constructor(webhooks),
            turned_away: Counter::default(),
            refused: Family::default(),
            lag: Histogram::new(LAG_BOUNDS),
            groups: Family::new_with_constructor(groups),
            held: Family::default(),
            odd: Family::default(),
            clock_ahead: Gauge::default(),
            queue: Queue::default(),
        };
        // There from the start: a number that appears only when something is wrong cannot be watched.
        for work in WORK {
            drop(meters.held.get_or_create(&[("work", work)]));
        }
        for odd in Odd::ALL {
            drop(meters.odd.get_or_create(&[("what", odd.name())]));
        }
        let (all, queue) = (&mut meters.registry, &meters.queue);
        all.register(
            "sends",
            "Texts handed to Twilio, by what came of it",
            meters.sends.clone(),
        );
        all.register(
            "webhook_seconds",
            "How long Twilio's webhooks took, by kind and answer",
            meters.webhooks.clone(),
        );
        all.register(
            "webhooks_turned_away",
            "Webhooks that were answered 503 at the door, since too many were being answered",
            meters.turned_away.clone(),
        );
        all.register(
            "signatures_refused",
            "Webhooks whose signature did not fit",
            meters.refused.clone(),
        );
        all.register(
            "callback_lag_seconds",
            "How long after a text was written a report raised its status",
            meters.lag.clone(),
        );
        all.register(
            "group_size",
            "How many of a kind shared one durable transaction",
            meters.groups.clone(),
        );
        all.register(
            "database_wait_seconds",
            "How long statements waited for a connection",
            store.waits(),
        );
        all.register(
            "held",
            "How often work that is due by itself was held because the clock is wrong, by kind",
            meters.held.clone(),
        );
        all.register(
            "odd",
            "What should not happen and changed nothing, by what it was",
            meters.odd.clone(),
        );
        all.register(
            "clock_ahead_seconds",
            "How far this machine's clock is ahead of Twilio's, or behind if negative",
            meters.clock_ahead.clone(),
        );
        all.register(
            "database_reached",
            "Whether the database answered just now",
            queue.reached.clone(),
        );
        all.register(
            "outbox_texts",
            "Texts that have not reached Twilio",
            queue.waiting.clone(),
        );
        all.register(
            "outbox_oldest_seconds",
            "How long the oldest of them has waited",
            queue.oldest.clone(),
        );
        all.register(
            "unknown_texts",
            "Texts of which it is not known whether they went out",
            queue.unknown.clone(),
        );
        all.register(
            "unknown_oldest_seconds",
            "How long ago the oldest of them was handed over",
            queue.oldest_unknown.clone(),
        );
        all.register(
            "halted_organizations",
            "Organizations whose queue stands still",
            queue.halted.clone(),
        );
        all.register(
            "parked_texts",
            "Texts that a fault of the program kept back",
            queue.parked.clone(),
        );
        all.register(
            "unclaimed_sids",
            "Texts that Twilio reported on in the last 30 days, more than a day ago, and that are nobody's here",
            queue.unclaimed.clone(),
        );
        meters
    }

    /// A webhook was answered.
    pub fn webhook(&self, kind: &'static str, status: u16, took: Duration) {
        let labels = [("kind", kind.to_owned()), ("status", status.to_string())];
        self.webhooks
            .get_or_create(&labels)
            .observe(took.as_secs_f64());
    }

    /// A webhook was told to come again, since there were too many.
    pub fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// A webhook's signature did not fit.
    pub fn signature_refused(&self, kind: &'static str) {
        self.refused.get_or_create(&[("kind", kind)]).inc();
    }

    pub(crate) fn sent(&self, outcome: &SendOutcome) {
        let outcome = match outcome {
            SendOutcome::Accepted(_) => "accepted",
            SendOutcome::Refused { .. } => "refused",
            SendOutcome::NotSent { .. } => "not_sent",
            SendOutcome::Unclear { .. } => "unclear",
        };
        self.sends.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// Something should not have happened.
    pub fn odd(&self, odd: Odd) {
        self.odd.get_or_create(&[("what", odd.name())]).inc();
    }

    /// Work of this kind was held.
    pub(crate) fn held(&self, work: &'static str) {
        self.held.get_or_create(&[("work", work)]).inc();
    }

    /// So many of a kind shared one transaction.
    pub(crate) fn grouped(&self, kind: &'static str, many: usize) {
        let many = u32::try_from(many).unwrap_or(u32::MAX);
        let group = self.groups.get_or_create(&[("kind", kind)]);
        group.observe(f64::from(many));
    }

    /// A report raised the status of a text that was written so many milliseconds ago.
    pub(crate) fn reported(&self, after: i64) {
        self.lag.observe(seconds(after));
    }
}

impl Service {
    /// The counters of this process.
    pub fn meters(&self) -> &Meters {
        &self.0.meters
    }

    /// Everything that is counted, in the text format of Prometheus.
    ///
    /// # Errors
    /// Never in practice: it is written into memory.
    pub async fn counted(&self) -> Result<String, fmt::Error> {
        let queue = &self.0.meters.queue;
        self.0.meters.clock_ahead.set(self.clocks().ahead() / 1000);
        let read = tokio::time::timeout(DATABASE, self.read_queue()).await;
        queue.reached.set(i64::from(matches!(read, Ok(Ok(())))));
        let mut text = String::new();
        encode(&mut text, &self.0.meters.registry)?;
        Ok(text)
    }

    async fn read_queue(&self) -> Result<(), StoreError> {
        let queue = &self.0.meters.queue;
        let age = |at: Option<i64>| at.map_or(0.0, |at| seconds(self.now() - at));
        let (waiting, oldest) = self.0.store.outbox_depth().await?;
        queue.waiting.set(waiting);
        queue.oldest.set(age(oldest));
        let (unknown, oldest) = self.0.store.unknown_depth().await?;
        queue.unknown.set(unknown);
        queue.oldest_unknown.set(age(oldest));
        let (halted, parked) = self.0.store.stuck(self.now()).await?;
        queue.halted.set(halted);
        queue.parked.set(parked);
        let unclaimed = self
            .0
            .store
            .count_unclaimed(follow_up::unclaimed(self.now()))
            .await?;
        queue.unclaimed.set(unclaimed);
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a thousandth of a second of years is nothing"
)]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds.max(0) as f64 / 1000.0
}
