//! Texts of which nobody knows whether they went out: what is known, and what somebody decides.

use crate::{
    api::load_unclear,
    browser::live::{What, follow},
    components::{
        CaseNumberLabel, Empty, ErrorSummary, Layout, Loaded, Note, PageTitle, PhoneNumber, Place,
        PlainTime, Release, Tone, field::FieldError,
    },
    forms::{Filled, submitted},
};
use domain::{
    unclear::{Choice, RELEASE, UnclearRow, UnclearView},
    when::When,
    words::unclear as words,
};
use leptos::{prelude::*, task::spawn_local};

/// Where this page is, and where its forms go.
const HERE: &str = "/unclear";

/// The texts.
#[component]
pub fn Unclear() -> impl IntoView {
    let unclear = Resource::new(|| (), |()| load_unclear());
    view! {
        <Layout place=Place::Unclear follows=true>
            <Loaded resource=unclear let:unclear>
                <Shown unclear />
            </Loaded>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(unclear: UnclearView) -> impl IntoView {
    let shown = followed(unclear);
    let may_release = shown.read_untracked().may_release;
    let restored = Memo::new(move |_| shown.read().restored.clone());
    let none = Memo::new(move |_| shown.read().rows.is_empty());
    // Forms keep what is being chosen while other texts come and go.
    let rows = move || shown.read().rows.clone();
    let key = |row: &UnclearRow| (row.text, row.posted.clone());
    view! {
        <PageTitle text=words::TITLE />
        <ErrorSummary filled=Filled::here() />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p>{words::LEAD}</p>
            </div>
        </div>
        {move || restored.get().map(|since| view! { <Restored since may_release /> })}
        <div class="sheet">
            <section aria-labelledby="unclear-h">
                <h2 id="unclear-h" class="hide">
                    {words::LIST}
                </h2>
                <Show when=move || none.get()>
                    <Empty heading=words::NONE text=words::NONE_MEANS />
                </Show>
                <For each=rows key=key let:row>
                    <Text row />
                </For>
            </section>
        </div>
    }
    .into_any()
}

/// A backup was restored: what that means, and for administrators the way on.
#[component]
fn Restored(since: When, may_release: bool) -> impl IntoView {
    let form = may_release.then(|| {
        view! {
            <Release
                action=HERE
                press=RELEASE
                meant=words::RELEASE_MEANT
                hint=words::RELEASE_HINT
                label=words::RELEASE
            />
        }
    });
    view! {
        <section class="restored" aria-labelledby="restored-h">
            <Note tone=Tone::Bad>
                <h2 id="restored-h">{words::RESTORED}</h2>
                <p>{words::restored_since(&since)}</p>
                <p>{words::RESTORED_MEANS}</p>
                {(!may_release).then(|| view! { <p>{words::RELEASE_BY_OTHERS}</p> })}
                {form}
            </Note>
        </section>
    }
    .into_any()
}

/// The texts as they are now.
fn followed(unclear: UnclearView) -> RwSignal<UnclearView> {
    let event = unclear.event;
    let shown = RwSignal::new(unclear);
    follow(What::Office, event, move |_| {
        spawn_local(async move {
            // The next event brings what this one could not; the page may be left by then.
            if let Ok(now) = load_unclear().await {
                shown.try_set(now);
            }
        });
    });
    shown
}

#[component]
fn Text(row: UnclearRow) -> impl IntoView {
    let heading = format!("unclear-{}", row.text);
    let labelled = heading.clone();
    let texts = format!("/cases/{}/texts", row.case.path());
    view! {
        <article class="part card" aria-labelledby=labelled>
            <div class="stack">
                <h3 id=heading>
                    <a href=texts>
                        <bdi>{row.client.clone()}</bdi>
                    </a>
                    " "
                    <CaseNumberLabel number=row.case.clone() />
                    " "
                    <span class="hush num">
                        <PhoneNumber number=row.to.clone() />
                    </span>
                </h3>
                <blockquote class="kept" dir="auto">
                    {row.body.clone()}
                </blockquote>
                <dl class="facts">
                    <div>
                        <dt>{words::HANDED_OVER}</dt>
                        <dd>
                            <PlainTime when=row.at.clone() />
                        </dd>
                    </div>
                    <div>
                        <dt>{words::BY}</dt>
                        <dd>
                            <bdi>{row.by.clone()}</bdi>
                        </dd>
                    </div>
                    <div>
                        <dt>{words::LIST_SAID}</dt>
                        <dd>{words::list(row.list.as_ref())}</dd>
                    </div>
                </dl>
            </div>
            <Decide row />
        </article>
    }
    .into_any()
}

/// The form. What could not be taken is said at this text and no other.
#[component]
fn Decide(row: UnclearRow) -> impl IntoView {
    let id = row.text.to_string();
    let typed = submitted().is_some_and(|form| form.value("text") == Some(&id));
    let filled = typed.then(Filled::here);
    let complaint = |field| filled.as_ref().and_then(|filled| filled.complaint(field));
    let sure = filled
        .as_ref()
        .is_some_and(|filled| filled.ticked("sure", false));
    // The links of the error summary lead to the text that was posted.
    let own = |field: &str| match typed {
        true => field.to_owned(),
        false => format!("{field}-{id}"),
    };
    let (tick, bad) = (own("sure"), complaint("sure").is_some());
    let label_of = tick.clone();
    let hint = format!("{tick}-hint");
    let described = match bad {
        true => format!("{hint} sure-error"),
        false => hint.clone(),
    };
    let about = words::about(&row.client);
    let press = |choice: Choice| {
        view! {
            <button class="btn" name="choice" value=choice.as_str()>
                {words::choice(choice)}
                <span class="hide">{about.clone()}</span>
            </button>
        }
    };
    view! {
        <form class="stack" method="post" action=HERE novalidate>
            <input type="hidden" name="text" value=id.clone() />
            <input type="hidden" name="posted" value=row.posted />
            <div class="field" class:field-bad=bad>
                <FieldError name="sure" error=complaint("sure") />
                <label class="tick" for=label_of>
                    <input
                        type="checkbox"
                        id=tick
                        name="sure"
                        checked=sure
                        aria-describedby=described
                        aria-invalid=bad.then_some("true")
                    />
                    {words::SURE}
                </label>
                <p class="hint" id=hint>
                    {words::SURE_HINT}
                </p>
            </div>
            <FieldError name="choice" error=complaint("choice") />
            <div class="row" id=own("choice") tabindex="-1">
                {Choice::ALL.map(press).into_iter().collect_view()}
            </div>
            <p class="hush small">{words::MEANS}</p>
        </form>
    }
    .into_any()
}
