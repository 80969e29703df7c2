//! One connection, held while the page is visible.

use super::{News, What};
use domain::live::{ANEW, CONSENT, INCOMING, LiveEvent, OFFICE, TEXT};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// Events of one moment are fetched together.
const BATCH: Duration = Duration::from_millis(120);
/// A connection may be away this long before it is worth a word.
const PATIENCE: Duration = Duration::from_secs(10);
/// The first wait before a refused connection is tried again; doubled each time.
const FIRST_WAIT: Duration = Duration::from_secs(3);
/// The longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A connection to live events. Clones are the same line; the last one dropped hangs up.
#[derive(Clone)]
pub struct Line(Rc<Inner>);

struct Inner {
    what: What,
    last: Cell<i64>,
    source: RefCell<Option<Source>>,
    pending: RefCell<News>,
    heard: Box<dyn Fn(News)>,
    live: WriteSignal<bool>,
    wait: Cell<Duration>,
}

/// A line that does not keep itself connected.
pub struct WeakLine(Weak<Inner>);

impl WeakLine {
    /// The line, while the page that follows it lives.
    pub fn upgrade(&self) -> Option<Line> {
        self.0.upgrade().map(Line)
    }
}

/// The browser's connection with our ears on it.
struct Source {
    events: EventSource,
    _ears: [Closure<dyn FnMut(Event)>; 7],
}

impl Drop for Source {
    fn drop(&mut self) {
        self.events.close();
    }
}

impl Line {
    /// A line that is not connected yet.
    pub fn new(
        what: What,
        after: i64,
        heard: impl Fn(News) + 'static,
        live: WriteSignal<bool>,
    ) -> Self {
        Self(Rc::new(Inner {
            what,
            last: Cell::new(after),
            source: RefCell::new(None),
            pending: RefCell::default(),
            heard: Box::new(heard),
            live,
            wait: Cell::new(FIRST_WAIT),
        }))
    }

    /// The same line, for those who may outlive the page.
    pub fn weak(&self) -> WeakLine {
        WeakLine(Rc::downgrade(&self.0))
    }

    /// Connects when the page can be seen, and hangs up when it cannot.
    pub fn look(&self) {
        if super::super::is_hidden() {
            self.0.source.take();
        } else if self.0.source.borrow().is_none() {
            Inner::connect(&self.0);
        }
    }
}

impl News {
    /// Nothing of what the page itself follows.
    pub(super) fn is_of_office_only(&self) -> bool {
        self.texts.is_empty() && self.incoming.is_empty() && !self.consent
    }

    fn add(&mut self, event: &LiveEvent) {
        self.office |= event.text.is_none();
        match (event.text, event.incoming) {
            (Some(text), _) if !self.texts.contains(&text) => self.texts.push(text),
            (None, Some(text)) if !self.incoming.contains(&text) => self.incoming.push(text),
            (None, None) => self.consent = true,
            _ => {}
        }
    }

    fn add_office(&mut self, _: &LiveEvent) {
        self.office = true;
    }
}

impl Inner {
    fn connect(this: &Rc<Self>) {
        let address = this.what.address(this.last.get());
        let Ok(events) = EventSource::new(&address) else {
            return this.live.set(false);
        };
        let ears = [
            ear(this, |this, event| Self::on_news(this, &event, News::add)),
            ear(this, |this, event| Self::on_news(this, &event, News::add)),
            ear(this, |this, event| Self::on_news(this, &event, News::add)),
            ear(this, |this, event| {
                Self::on_news(this, &event, News::add_office)
            }),
            ear(this, |this, _| this.on_open()),
            ear(this, |this, _| Self::on_error(this)),
            // It was away for so long that what it missed is told to nobody any more.
            ear(this, |_, _| reload()),
        ];
        let names = [TEXT, INCOMING, CONSENT, OFFICE, "open", "error", ANEW];
        for (name, ear) in names.iter().zip(&ears) {
            // Cannot fail for a function.
            let _ = events.add_event_listener_with_callback(name, ear.as_ref().unchecked_ref());
        }
        this.source.replace(Some(Source {
            events,
            _ears: ears,
        }));
    }

    fn on_open(&self) {
        self.wait.set(FIRST_WAIT);
        self.live.set(true);
    }

    fn on_news(this: &Rc<Self>, event: &Event, add: fn(&mut News, &LiveEvent)) {
        let Some(data) = event.unchecked_ref::<MessageEvent>().data().as_string() else {
            return;
        };
        let Ok(event) = serde_json::from_str::<LiveEvent>(&data) else {
            return;
        };
        this.last.set(this.last.get().max(event.id));
        let first = *this.pending.borrow() == News::default();
        add(&mut this.pending.borrow_mut(), &event);
        if first {
            later(this, BATCH, |this| (this.heard)(this.pending.take()));
        }
    }

    fn on_error(this: &Rc<Self>) {
        later(this, PATIENCE, |this| {
            if !this.is_open() {
                this.live.set(false);
            }
        });
        // The browser reconnects by itself unless it was refused.
        if this.state() == Some(EventSource::CLOSED) {
            let wait = this.wait.get();
            this.wait.set((wait * 2).min(LONGEST_WAIT));
            later(this, wait, |this| {
                if this.state() == Some(EventSource::CLOSED) {
                    Self::connect(this);
                }
            });
        }
    }

    fn state(&self) -> Option<u16> {
        self.source
            .borrow()
            .as_ref()
            .map(|source| source.events.ready_state())
    }

    /// Connected, or hung up because nobody looks.
    fn is_open(&self) -> bool {
        self.state().is_none_or(|state| state == EventSource::OPEN)
    }
}

fn ear(line: &Rc<Inner>, hear: impl Fn(&Rc<Inner>, Event) + 'static) -> Closure<dyn FnMut(Event)> {
    let line = Rc::downgrade(line);
    Closure::new(move |event| {
        if let Some(line) = line.upgrade() {
            hear(&line, event);
        }
    })
}

fn reload() {
    // A page that cannot be loaded anew stays as it is.
    let _ = window().location().reload();
}

fn later(line: &Rc<Inner>, wait: Duration, act: impl FnOnce(&Rc<Inner>) + 'static) {
    let line: Weak<Inner> = Rc::downgrade(line);
    let act = move || {
        if let Some(line) = line.upgrade() {
            act(&line);
        }
    };
    set_timeout(act, wait);
}
