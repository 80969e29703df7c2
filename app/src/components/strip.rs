//! The head of a case: whose, which number, which case. It stays in view while a text is written.

use super::{CaseNumberLabel, Initials, OkayWord, PageTitle, PhoneNumber, Spine};
use domain::{
    client::{CaseView, Okay},
    words::common as words,
};
use leptos::prelude::*;

/// Cell number, client, case number. The client is the page's `h1`, after a label that says what the page does;
/// both together title the document.
#[component]
pub fn Strip(
    case: CaseView,
    /// "Client", "Send Text to", "Texts with".
    label: &'static str,
    /// Whether the client may be texted, where the page follows it.
    #[prop(optional, into)]
    okay: Option<Signal<Okay>>,
) -> impl IntoView {
    let CaseView { number, client, .. } = case;
    let loaded = client.okay_now();
    let okay = okay.unwrap_or_else(|| Signal::stored(loaded));
    let cell = match client.phone {
        Some(number) => view! { <PhoneNumber number /> }.into_any(),
        None => view! { <span class="hush">{words::NO_CELL}</span> }.into_any(),
    };
    view! {
        <PageTitle text=format!("{label} {}", client.name) />
        <div class="strip">
            <Spine number=number.clone() />
            <div class="strip-cell">
                <span class="label">{words::CELL_NUMBER}</span>
                " "
                <span class="value">{cell}</span>
            </div>
            <div class="strip-who">
                <Initials name=client.name.clone() number=Some(number.clone()) />
                <h1 tabindex="-1">
                    <span class="label">{label}</span>
                    " "
                    <bdi>{client.name}</bdi>
                </h1>
                <span class="strip-ok">
                    {move || view! { <OkayWord okay=okay.get() /> }}
                </span>
            </div>
            <div class="strip-case">
                <span class="label">{words::CASE_NUMBER}</span>
                " "
                <span class="value">
                    <CaseNumberLabel number loud=true />
                </span>
            </div>
        </div>
    }
    .into_any()
}

/// A folder tab of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Case,
    SendText,
    Texts,
}

/// The folder tabs of a case.
#[component]
pub fn CaseTabs(
    case: CaseView,
    current: Tab,
    /// How many texts the case has by now, where the page follows them.
    #[prop(optional, into)]
    texts: Option<Signal<i64>>,
) -> impl IntoView {
    let texts = texts.unwrap_or_else(|| Signal::stored(case.texts));
    let base = format!("/cases/{}", case.number.path());
    let here = move |tab| (tab == current).then_some("page");
    view! {
        <nav class="tabs no-print" aria-label=words::CASE>
            <a href=base.clone() aria-current=here(Tab::Case)>
                {words::CASE}
            </a>
            <a href=format!("{base}/text") aria-current=here(Tab::SendText)>
                {words::SEND_TEXT}
            </a>
            <a href=format!("{base}/texts") aria-current=here(Tab::Texts)>
                {words::TEXTS}
                <span class="count">{move || texts.get().to_string()}</span>
            </a>
        </nav>
    }
    .into_any()
}
