//! Staff: who can sign in for this office, and as what.

mod change;
mod invite;
mod table;

use crate::{
    api::load_staff,
    components::{ErrorSummary, Layout, Loaded, NotForYou, PageTitle, Place, ShownOnce, focus},
    forms::{Filled, submitted},
};
use change::ChangeForms;
use domain::{
    role::Operation,
    staff::StaffTable,
    words::{setup, staff as words},
};
use invite::{InviteForm, Invited};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::People;

/// Where this page is, and where its forms go.
const HERE: &str = "/admin/staff";

/// The page of staff.
#[component]
pub fn Staff() -> impl IntoView {
    let table = Resource::new(|| (), |()| load_staff());
    view! {
        <Layout place=Place::Setup>
            <NotForYou operation=Operation::ManageStaff>
                <Loaded resource=table let:table>
                    <Shown table />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(table: StaffTable) -> impl IntoView {
    let filled = Filled::here();
    let edited = edited();
    let all = StoredValue::new(table.clone());
    view! {
        <PageTitle text=words::TITLE />
        <ErrorSummary filled=filled />
        <ShownOnce />
        <Head />
        <div class="sheet split">
            <div class="flush">
                <People people=table.people me=table.me edited />
                <Invited invited=table.invited />
            </div>
            // Somebody else is another form, drawn anew by its key.
            <For each=move || [edited.get()] key=String::clone let:edited>
                <Beside table=all.get_value() edited />
            </For>
        </div>
    }
    .into_any()
}

/// The id of the person whom the address, or a form that could not be taken, is about. The focus follows it.
fn edited() -> Memo<String> {
    let address = use_query_map();
    let about = ["role", "disable", "enable"];
    let failed = submitted().filter(|form| {
        form.problem.is_some()
            && form
                .value("press")
                .is_some_and(|press| about.contains(&press))
    });
    let failed = failed
        .as_ref()
        .and_then(|form| form.value("id"))
        .unwrap_or_default()
        .to_owned();
    let edited = Memo::new(move |_| {
        let asked = address.read().get("edit").unwrap_or_default();
        if asked.is_empty() {
            failed.clone()
        } else {
            asked
        }
    });
    Effect::new(move |last: Option<String>| {
        let now = edited.get();
        if last.is_some_and(|last| last != now) {
            request_animation_frame(|| focus::by_id("role"));
        }
        now
    });
    edited
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                <nav class="crumbs" aria-label=setup::YOU_ARE_IN>
                    <a href="/admin/setup">{setup::SETUP_FUNCTIONS}</a>
                </nav>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What stands beside the table: what can be changed about the chosen person, or the form that invites somebody.
#[component]
fn Beside(table: StaffTable, edited: String) -> impl IntoView {
    let me = table.me;
    let person = table
        .people
        .into_iter()
        .find(|person| person.id.to_string() == edited);
    match person {
        Some(person) => view! { <ChangeForms oneself=person.id == me person /> }.into_any(),
        None => view! { <InviteForm /> }.into_any(),
    }
}
