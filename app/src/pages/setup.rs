//! Setup Functions: what an administrator sets for the office.

use crate::components::{Layout, NotForYou, PageTitle, Place};
use domain::{
    role::Operation,
    words::{incoming, quick_entries, setup as words, staff},
};
use leptos::prelude::*;

/// The ways to what can be set.
#[component]
pub fn Setup() -> impl IntoView {
    view! {
        <Layout place=Place::Setup>
            <NotForYou operation=Operation::EditQuickEntries>
                <PageTitle text=words::SETUP_FUNCTIONS />
                <div class="page-head">
                    <div>
                        <h1 tabindex="-1">{words::SETUP_FUNCTIONS}</h1>
                        <p>{words::SETUP_LEAD}</p>
                    </div>
                </div>
                <div class="sheet">
                    <section class="part stack-s" aria-labelledby="tables-h">
                        <h2 id="tables-h">{words::SETUP_TABLES}</h2>
                        <Way
                            href="/admin/setup/tables/quick-entries"
                            name=quick_entries::TITLE
                            lead=words::QUICK_ENTRIES_LEAD
                        />
                    </section>
                    <section class="part stack-s" aria-labelledby="staff-h">
                        <h2 id="staff-h">{staff::TITLE}</h2>
                        <Way href="/admin/staff" name=staff::MANAGE lead=staff::WAY_LEAD />
                    </section>
                    <section class="part stack-s" aria-labelledby="texting-h">
                        <h2 id="texting-h">{words::TEXTING}</h2>
                        <Way href="/admin/texting" name=words::TEXTING_SETUP lead=words::TEXTING_LEAD />
                        <Way href="/admin/incoming" name=incoming::TITLE lead=incoming::UNMATCHED_LEAD />
                    </section>
                </div>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Way(href: &'static str, name: &'static str, lead: &'static str) -> impl IntoView {
    view! {
        <div class="way">
            <a href=href>{name}</a>
            <p class="hush">{lead}</p>
        </div>
    }
    .into_any()
}
