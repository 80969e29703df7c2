//! The form of how incoming texts are handled.

use super::HERE;
use crate::{
    components::{Note, TextField, Tick, Tone},
    forms::Filled,
};
use domain::{incoming::IncomingForm, words::incoming as words};
use leptos::prelude::*;

/// Whether staff see them, and the two limits.
#[component]
pub fn Handling(form: IncomingForm, saved: bool) -> impl IntoView {
    let filled = Filled::here();
    view! {
        <form class="part fields w-form" method="post" action=HERE novalidate aria-labelledby="handling-h">
            <h2 id="handling-h">{words::HANDLING}</h2>
            {saved
                .then(|| {
                    view! {
                        <div role="status">
                            <Note tone=Tone::Good>
                                <p>{words::SAVED}</p>
                            </Note>
                        </div>
                    }
                })}
            <Tick
                name="show_incoming"
                label=words::SHOW
                hint=words::SHOW_HINT
                ticked=filled.ticked("show_incoming", form.show_incoming.is_some())
                error=filled.complaint("show_incoming")
            />
            <TextField
                name="answer_limit"
                label=words::ANSWER_LIMIT
                hint=words::ANSWER_LIMIT_HINT
                code=true
                width="w-m"
                value=filled.value("answer_limit", &form.answer_limit)
                error=filled.complaint("answer_limit")
            />
            <TextField
                name="opt_out_limit"
                label=words::OPT_OUT_LIMIT
                hint=words::OPT_OUT_LIMIT_HINT
                code=true
                width="w-m"
                value=filled.value("opt_out_limit", &form.opt_out_limit)
                error=filled.complaint("opt_out_limit")
            />
            <div class="row">
                <button class="btn btn-main">{words::SAVE}</button>
            </div>
        </form>
    }
    .into_any()
}
