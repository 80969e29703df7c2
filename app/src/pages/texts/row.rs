//! One text. What never changes is drawn once; status and reason follow the row.

use super::{
    asked::Asked,
    rows::{Live, Rows},
};
use crate::{
    api::refresh_status,
    components::{Name, PhoneNumber, StatusWord, WhenTime},
};
use domain::{
    client::CaseView,
    text::TextRow,
    words::{self, texts as said},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// The row of a text.
#[component]
pub fn Row(
    case: StoredValue<CaseView>,
    row: Live,
    rows: Rows,
    asked: StoredValue<Asked>,
) -> impl IntoView {
    let text = row.get_untracked();
    let earlier = case.with_value(|case| case.client.phone.as_ref() != Some(&text.to));
    let (live, status, reason) = (row.clone(), row.clone(), row.clone());
    let answer = RwSignal::new(asked.with_value(|asked| first_answer(asked, &text)));
    let tone = move || match words::status::tone(live.read().status) {
        "bad" => "row-bad",
        "heed" => "row-heed",
        _ => "",
    };
    view! {
        <tr role="row" id=format!("t-{}", text.id) class=tone>
            <th role="rowheader" scope="row" class="x-when">
                <WhenTime when=text.at.clone() />
            </th>
            <td role="cell" class="x-msg">
                <p dir="auto">{text.body}</p>
                <span class="sub">
                    <Name name=text.by />
                </span>
            </td>
            <td role="cell" class="x-num">
                <PhoneNumber number=text.to />
                {earlier.then(|| view! { <span class="sub">{said::EARLIER_NUMBER}</span> })}
            </td>
            <td role="cell" class="x-stat">
                <span class="x-line">
                    {move || view! { <StatusWord status=status.read().status /> }}
                    <AskTwilio case row rows answer />
                </span>
                {move || why(&reason.read())}
                <span class="why" role="status">
                    {answer}
                </span>
            </td>
        </tr>
    }
}

/// The sentence of the status, or reason and next step; how many texts; Twilio's code in small print.
fn why(row: &TextRow) -> impl IntoView + use<> {
    let code = row
        .error
        .filter(|_| words::compose::went_wrong(row.status))
        .map(words::compose::code);
    let parts = said::parts(row);
    view! {
        <span class="why">{said::why(row)} {code.map(|code| view! { " " <small>{code}</small> })}</span>
        {parts.map(|parts| view! { <span class="why">{parts}</span> })}
    }
}

/// "Message Status": asks Twilio now. A plain form; with WASM the answer comes without leaving the page.
#[component]
fn AskTwilio(
    case: StoredValue<CaseView>,
    row: Live,
    rows: Rows,
    answer: RwSignal<Option<String>>,
) -> impl IntoView {
    let text = row.get_untracked();
    let (id, label) = (text.id, said::of_the_text(&text.at));
    let asking = RwSignal::new(false);
    let action = case.with_value(|case| format!("/cases/{}/texts", case.number.path()));
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        answer.set(Some(said::ASKING.to_owned()));
        spawn_local(async move {
            let answered = refresh_status(id).await;
            asking.try_set(false);
            let words = match answered {
                Ok(answered) => {
                    let words = said::answer_of(&answered);
                    rows.take(answered.row);
                    words
                }
                Err(error) => words::problem::sentence(&error.problem()),
            };
            answer.try_set(Some(words));
        });
    };
    let can_ask = Memo::new(move |_| row.read().with_twilio);
    move || {
        can_ask.get().then(|| {
            view! {
                <form method="post" action=action.clone() on:submit=ask>
                    <input type="hidden" name="text" value=id.to_string() />
                    <button
                        class="btn btn-line btn-small"
                        aria-disabled=move || asking.get().then_some("true")
                    >
                        {said::MESSAGE_STATUS}
                        <span class="hide">{label.clone()}</span>
                    </button>
                </form>
            }
        })
    }
}

/// The answer to a plain form.
fn first_answer(asked: &Asked, text: &TextRow) -> Option<String> {
    match asked.failed(text.id) {
        Some(problem) => Some(words::problem::sentence(problem)),
        None => asked
            .answered(text.id)
            .map(|said| said::answer(said, &text.status_at)),
    }
}
