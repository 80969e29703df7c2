//! Twilio Text Quick Entry: the table of phrases.

mod form;
mod table;

use crate::{
    api::load_quick_entries,
    components::{Empty, Layout, Loaded, NotForYou, PageTitle, Place, focus},
};
use domain::{
    quick_entry::QuickEntryTable,
    role::Operation,
    words::{quick_entries as words, setup},
};
use form::EntryForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::{Archived, Entries};

/// Where this page is, and where all its forms go.
const HERE: &str = "/admin/setup/tables/quick-entries";

/// The table of quick entries.
#[component]
pub fn QuickEntries() -> impl IntoView {
    let table = Resource::new(|| (), |()| load_quick_entries());
    view! {
        <Layout place=Place::Setup>
            <NotForYou operation=Operation::EditQuickEntries>
                <Loaded resource=table let:table>
                    <Shown table />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(table: QuickEntryTable) -> impl IntoView {
    let address = use_query_map();
    let edited = Memo::new(move |_| address.read().get("edit").unwrap_or_default());
    let entries = StoredValue::new(table.clone());
    focus_on_another_entry(edited);
    view! {
        <PageTitle text=words::TITLE />
        <form::Problems />
        <Head />
        <div class="sheet split">
            <div class="flush">
                <Entries entries=table.entries.clone() edited />
                {table.entries.is_empty().then(|| view! { <Empty heading=words::NONE text=words::NONE_MORE /> })}
                <Archived entries=table.archived />
            </div>
            // Another entry to edit is another form, drawn anew by its key: a form that is only updated would keep what was
            // typed into its fields, and save it under the other entry.
            <For each=move || [edited.get()] key=String::clone let:edited>
                <EntryForm table=entries.get_value() edited />
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                <nav class="crumbs" aria-label=setup::YOU_ARE_IN>
                    <a href="/admin/setup">{setup::SETUP_FUNCTIONS}</a>
                    <a href="/admin/setup">{setup::SETUP_TABLES}</a>
                </nav>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Whoever chose an entry goes on in its form.
fn focus_on_another_entry(edited: Memo<String>) {
    Effect::new(move |last: Option<String>| {
        let now = edited.get();
        if last.is_some_and(|last| last != now) {
            request_animation_frame(|| focus::by_id("name"));
        }
        now
    });
}
