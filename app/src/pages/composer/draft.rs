//! Drafts. They live on the server, per person and case: on a shared computer nobody finds another's words, and on
//! another computer one finds one's own. The browser keeps nothing but the text in the page.

use super::writing::Trouble;
use crate::{
    api::{ApiError, save_draft},
    browser::{self, beacon, pause::Pause},
};
use domain::{compose::ComposerView, problem::Problem, when::When, words::compose as words};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// How often to look whether a saving on its way has ended.
const SETTLE_MS: u32 = 20;
/// What was not saved is tried again after this.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// How the draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Saved(When),
    Failed,
}

/// Keeps the draft of one composer.
#[derive(Clone, Copy)]
pub struct Keeper {
    number: StoredValue<String>,
    /// Whose composer this is: nobody else's draft is touched, whoever signs in meanwhile.
    author: StoredValue<String>,
    /// The form's key: what was sent with it is no draft any more.
    key: RwSignal<String>,
    text: RwSignal<String>,
    kept: RwSignal<Kept>,
    /// What the server has, as far as we know.
    known: StoredValue<Option<String>>,
    /// A saving is on its way.
    busy: StoredValue<bool>,
    /// A saving was on its way while the text was sent: it may have come after.
    overlapped: StoredValue<bool>,
    /// Nothing may be saved now: the text is being sent, or nobody is signed in.
    hold: Signal<bool>,
    trouble: StoredValue<Option<RwSignal<Option<Trouble>>>>,
    pause: Pause,
    again: Pause,
}

impl Keeper {
    /// Keeps what stands in `text`, in the form that has this key.
    pub fn new(
        view: &ComposerView,
        key: RwSignal<String>,
        text: RwSignal<String>,
        hold: Signal<bool>,
        pause: Pause,
    ) -> Self {
        let draft = view.draft.clone();
        let kept = draft
            .as_ref()
            .map_or(Kept::Nothing, |draft| Kept::Saved(draft.saved.clone()));
        Self {
            number: StoredValue::new(view.case.number.to_string()),
            author: StoredValue::new(view.author.to_string()),
            key,
            text,
            kept: RwSignal::new(kept),
            known: StoredValue::new(Some(draft.map(|draft| draft.body).unwrap_or_default())),
            busy: StoredValue::new(false),
            overlapped: StoredValue::new(false),
            hold,
            trouble: StoredValue::new(None),
            pause,
            again: Pause::new(AGAIN_AFTER),
        }
    }

    /// Saves what is left when the page goes away or is put aside, and says so if the session has ended.
    pub fn follow(self, trouble: RwSignal<Option<Trouble>>) {
        self.trouble.set_value(Some(trouble));
        Effect::new(move |_| {
            let hide = window_event_listener(ev::pagehide, move |_| self.part());
            let aside = window_event_listener_untyped("visibilitychange", move |_| {
                if browser::is_hidden() {
                    self.part();
                }
            });
            let back = window_event_listener(ev::online, move |_| self.save());
            on_cleanup(move || {
                self.part();
                hide.remove();
                aside.remove();
                back.remove();
            });
        });
    }

    /// Something was typed.
    pub fn touched(self) {
        self.pause.then(move || self.save());
    }

    /// Saves now, unless there is nothing to save.
    pub fn save(self) {
        if self.is_busy() || !self.is_due() {
            return;
        }
        let Some(body) = self.text.try_get_untracked() else {
            return;
        };
        self.busy.set_value(true);
        spawn_local(async move {
            let saved = self.store(body.clone()).await;
            self.busy.try_update_value(|busy| *busy = false);
            self.saved(body, saved);
        });
    }

    /// The text is about to be sent: what is typed until the answer waits.
    pub fn before_sending(self) {
        self.pause.call_off();
        self.overlapped.set_value(self.is_busy());
    }

    /// The text was sent, and the server has emptied the draft with it.
    pub fn after_sending(self) {
        let unsure = self.overlapped.get_value() || self.is_busy();
        self.known.set_value((!unsure).then(String::new));
        self.kept.set(Kept::Nothing);
        self.touched();
    }

    /// It was not sent, or nobody knows. If the server took the text, it has emptied the draft, and perhaps got what was
    /// on its way after: it is told once more what stands here, and knows by the key whether that was sent.
    pub fn after_failing(self) {
        self.known.set_value(None);
        self.touched();
    }

    /// Throws the draft away. Answers whether the server did.
    pub async fn discard(self) -> bool {
        self.pause.call_off();
        // A saving on its way could arrive after this and bring the draft back.
        while self.is_busy() {
            TimeoutFuture::new(SETTLE_MS).await;
        }
        let gone = self.store(String::new()).await;
        if gone.is_ok() {
            self.known
                .try_update_value(|known| *known = Some(String::new()));
            self.text.set(String::new());
        }
        gone.is_ok()
    }

    /// How the draft stands, in words.
    pub fn words(self) -> String {
        match self.kept.get() {
            Kept::Nothing => String::new(),
            Kept::Saved(when) => words::draft_saved(&when.time),
            Kept::Failed => words::DRAFT_FAILED.to_owned(),
        }
    }

    /// The last chance: the page goes away.
    fn part(self) {
        if self.is_due()
            && let Some(body) = self.text.try_get_untracked()
            && let Some(key) = self.key.try_get_untracked()
            && beacon::save_draft(&beacon::DraftArgs {
                number: &self.number.get_value(),
                body: &body,
                author: &self.author.get_value(),
                key: &key,
            })
        {
            // The page may come back to life; then it asks the server once more.
            self.known.try_update_value(|known| *known = None);
        }
    }

    async fn store(self, body: String) -> Result<Option<When>, ApiError> {
        let (number, author) = (self.number.get_value(), self.author.get_value());
        let key = self.key.try_get_untracked().unwrap_or_default();
        save_draft(number, body, author, key).await
    }

    fn saved(self, body: String, answer: Result<Option<When>, ApiError>) {
        match answer {
            Ok(when) => {
                self.kept.set(when.map_or(Kept::Nothing, Kept::Saved));
                self.known.try_update_value(|known| *known = Some(body));
                if self.is_due() {
                    self.touched();
                }
            }
            Err(error) => self.failed(&error),
        }
    }

    fn failed(self, error: &ApiError) {
        self.kept.set(Kept::Failed);
        if let ApiError::Problem(Problem::SignedOut | Problem::OtherPerson) = error {
            if let Some(trouble) = self.trouble.try_get_value().flatten() {
                trouble.set(Some(Trouble::SignedOut));
            }
        } else {
            self.again.then(move || self.save());
        }
    }

    fn is_busy(self) -> bool {
        self.busy.try_get_value().unwrap_or(false)
    }

    /// There is something that the server does not know, and it may know it.
    fn is_due(self) -> bool {
        let text = self.text.try_get_untracked();
        let known = self.known.try_get_value().flatten();
        let held = self.hold.try_get_untracked().unwrap_or(true);
        !held && text.is_some() && known != text
    }
}
