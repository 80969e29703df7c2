//! No such page.

use crate::components::{Layout, ProblemView, refused};
use domain::problem::Problem;
use leptos::prelude::*;

/// No such page: said with the status 404.
#[component]
pub fn Missing() -> impl IntoView {
    // Only the status is wanted of it.
    let _ = refused::<()>(Problem::NotFound);
    view! {
        <Layout>
            <ProblemView problem=Problem::NotFound />
        </Layout>
    }
    .into_any()
}
