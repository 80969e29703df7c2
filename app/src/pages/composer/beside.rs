//! What to know before sending: the client's time, a shared phone, the language, and the last texts, which stay live.

use crate::{
    api::load_text_rows,
    components::{PlainTime, StatusWord},
};
use domain::{client::CaseView, following, ids::TextId, text::TextRow, words};
use leptos::{prelude::*, task::spawn_local};

/// How many texts are shown.
const SHOWN: usize = 3;

/// The last texts of the case, as they are now.
#[derive(Clone, Copy)]
pub struct LastTexts {
    rows: RwSignal<Vec<TextRow>>,
    /// How many texts the case has by now.
    count: RwSignal<i64>,
    /// Texts that are newer than the page, and so not among those that it came with.
    newer: StoredValue<Vec<TextId>>,
    newest: Option<TextId>,
    /// What is said aloud about one's own last text.
    said: RwSignal<String>,
}

impl LastTexts {
    /// As they were loaded.
    pub fn new(case: &CaseView) -> Self {
        Self {
            rows: RwSignal::new(case.last_texts.clone()),
            count: RwSignal::new(case.texts),
            newer: StoredValue::new(Vec::new()),
            newest: case.last_texts.first().map(|row| row.id),
            said: RwSignal::new(String::new()),
        }
    }

    /// How many texts the case has.
    pub fn count(self) -> RwSignal<i64> {
        self.count
    }

    /// Counts each text once that was written since the page was loaded: ids count upwards with time.
    fn count_newer(self, fetched: &[TextRow]) {
        let is_newer = |row: &&TextRow| self.newest.is_none_or(|newest| row.id > newest);
        for row in fetched.iter().filter(is_newer) {
            let counted = self.newer.try_update_value(|newer| {
                let new = !newer.contains(&row.id);
                if new {
                    newer.push(row.id);
                }
                new
            });
            if counted == Some(true) {
                self.count.try_update(|count| *count += 1);
            }
        }
    }

    /// Something happened to these texts.
    pub fn refresh(self, texts: Vec<TextId>) {
        spawn_local(async move {
            // The next event brings what this one could not.
            let Ok(fetched) = load_text_rows(texts).await else {
                return;
            };
            self.count_newer(&fetched);
            let said = self.rows.try_update(|rows| take(rows, fetched)).flatten();
            if let Some(said) = said {
                self.said.try_set(said);
            }
        });
    }
}

/// Puts what was fetched into the rows, and answers what is worth saying.
fn take(rows: &mut Vec<TextRow>, fetched: Vec<TextRow>) -> Option<String> {
    let mut said = None;
    for row in fetched {
        let own_last = rows.iter().find(|shown| shown.mine).map(|shown| shown.id);
        let on_top = following::is_on_top(rows.first().map(|first| first.id), row.id);
        match rows.iter_mut().find(|shown| shown.id == row.id) {
            Some(shown) if following::is_newer(shown, &row) => {
                if own_last == Some(row.id) && following::is_worth_saying(shown.status, row.status)
                {
                    said = Some(words::texts::news(&row));
                }
                *shown = row;
            }
            Some(_) => {}
            None if on_top => rows.insert(0, row),
            None => {}
        }
    }
    rows.truncate(SHOWN);
    said
}

/// The column beside the form.
#[component]
pub fn Beside(case: CaseView, last: LastTexts) -> impl IntoView {
    let texts = format!("/cases/{}/texts", case.number.path());
    view! {
        <aside class="stack" aria-label=words::compose::BEFORE_YOU_SEND>
            <h2>{words::compose::BEFORE_YOU_SEND}</h2>
            <Facts case=case.clone() />
            <hr />
            <h2>{words::compose::LAST_TEXTS}</h2>
            {move || rows(&last.rows.read())}
            <p class="hide" role="status">
                {last.said}
            </p>
            <p class="row">
                <a href=texts>{move || words::compose::all_texts(last.count.get())}</a>
            </p>
        </aside>
    }
}

#[component]
fn Facts(case: CaseView) -> impl IntoView {
    let client = case.client;
    let time = client
        .local_now
        .map(|now| format!("{} {}", now.time, now.zone));
    let shared =
        (!client.shared_with.is_empty()).then(|| words::compose::shared_with(&client.shared_with));
    let language = words::clients::language(client.language).to_owned();
    let facts = [
        (words::compose::CLIENTS_TIME, time),
        (words::compose::SHARED_PHONE, shared),
        (words::compose::LANGUAGE, Some(language)),
    ];
    let fact = |(name, value): (&'static str, Option<String>)| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }
}

fn rows(rows: &[TextRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="hush">{words::compose::NO_TEXTS_YET}</p> }.into_any();
    }
    let row = |row: &TextRow| {
        view! {
            <li>
                <StatusWord status=row.status />
                <p dir="auto">{row.body.clone()}</p>
                <small class="hush">
                    <PlainTime when=row.at.clone() />
                    " · "
                    <bdi>{row.by.clone()}</bdi>
                </small>
            </li>
        }
    };
    view! {
        <ul role="list" class="lasts">
            {rows.iter().map(row).collect_view()}
        </ul>
    }
    .into_any()
}
