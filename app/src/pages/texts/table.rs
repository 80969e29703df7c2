//! The table of texts. Roles are written out, since narrow screens lay rows out as blocks, which takes their
//! roles from them.

use super::{ask::AskForm, rows::Rows, shown::BODY};
use crate::components::{Drawn, DrawnRows};
use domain::{case_number::CaseNumber, words::texts as words};
use leptos::prelude::*;

/// The texts, newest first. Not shown while there is none.
#[component]
pub fn Table(number: CaseNumber, rows: Rows, drawn: Drawn) -> impl IntoView {
    let caption = words::caption(number.as_str());
    let action = format!("/cases/{}/texts", number.path());
    view! {
        <AskForm action rows />
        <table class="table texts-table" role="table" hidden=move || !rows.any.get()>
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
            <DrawnRows id=BODY rows=drawn />
        </table>
    }
}
