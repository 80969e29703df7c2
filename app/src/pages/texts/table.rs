//! The table of texts. Roles are written out, since narrow screens lay rows out as blocks, which takes their
//! roles from them.

use super::{asked::Asked, row::Row, rows::Rows};
use domain::{client::CaseView, words::texts as words};
use leptos::prelude::*;

/// The texts, newest first.
#[component]
pub fn Table(case: CaseView, rows: Rows, asked: Asked) -> impl IntoView {
    let caption = words::caption(case.number.as_str());
    let case = StoredValue::new(case);
    let asked = StoredValue::new(asked);
    view! {
        <table class="table texts-table" role="table">
            <caption class="hide">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" aria-sort="descending">
                        {words::DATE}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::TEXT}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::NUMBER}
                    </th>
                    <th role="columnheader" scope="col">
                        {words::MESSAGE_STATUS}
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                <For each=move || rows.list.get() key=|(id, _)| *id let((_, row))>
                    <Row case row rows asked />
                </For>
            </tbody>
        </table>
    }
}
