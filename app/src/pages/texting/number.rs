//! The step "Twilio #": one of the account's numbers, as Twilio tells them. While Twilio does not answer it is typed.

use crate::{
    api::load_numbers,
    components::{Loaded, Note, SelectField, TextField, Tone},
    forms::Filled,
};
use domain::{
    setup::{NumberChoices, SetupView},
    words::setup as words,
};
use leptos::prelude::*;

/// The numbers to choose from.
#[component]
pub fn Number(setup: SetupView, filled: Filled) -> impl IntoView {
    let numbers = Resource::new(|| (), |()| load_numbers());
    let chosen = StoredValue::new((setup.number, filled));
    view! {
        <div>
            <Loaded resource=numbers let:choices>
                <Choose choices chosen />
            </Loaded>
        </div>
    }
    .into_any()
}

#[component]
fn Choose(choices: NumberChoices, chosen: StoredValue<(String, Filled)>) -> impl IntoView {
    let (number, filled) = chosen.get_value();
    let none = choices.numbers.is_empty() && choices.why_not.is_none();
    let value = filled.value("number", &number);
    let error = filled.complaint("number");
    let field = match choices.numbers.is_empty() {
        true => view! {
            <TextField
                name="number"
                label=words::NUMBER
                hint=words::NUMBER_TYPED
                kind="tel"
                code=true
                width="w-m"
                value
                error
            />
        }
        .into_any(),
        false => view! {
            <SelectField
                name="number"
                label=words::NUMBER
                hint=words::NUMBER_HINT
                width="w-m"
                value
                options=options(choices.numbers)
                error
            />
        }
        .into_any(),
    };
    view! {
        <form class="fields" method="post" action="/admin/texting/number" novalidate>
            {choices
                .why_not
                .map(|why| {
                    view! {
                        <Note tone=Tone::Heed>
                            <p>{why}</p>
                        </Note>
                    }
                })}
            {none
                .then(|| {
                    view! {
                        <Note>
                            <p>{words::NO_NUMBERS}</p>
                        </Note>
                    }
                })} {field} <div class="row">
                <button class="btn btn-main btn-big">{words::SAVE_GO_ON}</button>
            </div>
        </form>
    }
    .into_any()
}

fn options(numbers: Vec<domain::setup::NumberChoice>) -> Vec<(String, String)> {
    let none = (String::new(), words::CHOOSE.to_owned());
    let one = |choice: domain::setup::NumberChoice| {
        let shown = words::choice(&choice.number, choice.texts, choice.voice);
        (choice.number.display(), shown)
    };
    std::iter::once(none)
        .chain(numbers.into_iter().map(one))
        .collect()
}
