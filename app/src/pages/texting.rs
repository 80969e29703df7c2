//! Texting Setup: the steps from top to bottom, and what the check says of them.

pub mod by_hand;
pub mod step;

mod account;
mod address;
mod check;
mod connect;
mod number;
mod responses;
mod standing;
mod test;

use crate::{
    api::load_setup,
    browser::pause::Pause,
    components::{ErrorSummary, Layout, Loaded, NotForYou, Note, PageTitle, Place, Release, Tone},
    forms::Filled,
};
use check::{Check, StartCheck};
use domain::{
    halt::Reason,
    role::Operation,
    setup::{HaltView, SetupView, StepView},
    unclear::REGISTERED,
    words::{check as words_of_check, halt as words_of_halts, setup as words},
};
use leptos::{prelude::*, task::spawn_local};
use standing::StandingWord;
use std::time::Duration;

/// How often a page looks again while something goes on.
const LOOK: Duration = Duration::from_millis(500);

/// The page of Texting Setup.
#[component]
pub fn Texting() -> impl IntoView {
    let setup = Resource::new(|| (), |()| load_setup());
    view! {
        <Layout place=Place::Texting>
            <NotForYou operation=Operation::SetUpTexting>
                <Loaded resource=setup let:setup>
                    <Shown setup />
                </Loaded>
            </NotForYou>
        </Layout>
    }
    .into_any()
}

#[component]
fn Shown(setup: SetupView) -> impl IntoView {
    let shown = followed(setup, |setup| setup.check.running);
    let check = Memo::new(move |_| shown.with(|setup| setup.check.clone()));
    let clock_off = Memo::new(move |_| shown.with(|setup| setup.clock_off));
    let halts = Memo::new(move |_| shown.with(|setup| setup.halts.clone()));
    view! {
        <PageTitle text=words::TEXTING_SETUP />
        <ErrorSummary filled=Filled::here() />
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{words::TEXTING_SETUP}</h1>
                <p>{words::TEXTING_LEAD}</p>
            </div>
            <StartCheck check />
        </div>
        {move || clock_off.get().map(wrong_clock)}
        {move || halts.get().into_iter().map(halted).collect_view()}
        <div class="sheet split split-even">
            <Steps shown />
            <Check check />
        </div>
    }
    .into_any()
}

/// This server's clock is wrong, and what that holds.
fn wrong_clock(seconds: i64) -> impl IntoView {
    view! {
        <Note tone=Tone::Bad>
            <h2>{words_of_check::clock_off(seconds)}</h2>
            <p>{words_of_check::CLOCK_HOLDS}</p>
        </Note>
    }
    .into_any()
}

/// Why texts wait, and what ends that.
fn halted(halt: HaltView) -> impl IntoView {
    let tone = match halt.reason.needs_somebody() {
        true => Tone::Bad,
        false => Tone::Heed,
    };
    let form = (halt.reason == Reason::Unregistered).then(|| {
        view! {
            <Release
                action="/admin/texting"
                press=REGISTERED
                meant=words_of_halts::REGISTERED_MEANT
                hint=words_of_halts::REGISTERED_HINT
                label=words_of_halts::REGISTERED
            />
        }
    });
    view! {
        <Note tone>
            <h2>{words_of_halts::heading(halt.reason)}</h2>
            <p>{words_of_halts::meaning(&halt)}</p>
            {form}
        </Note>
    }
    .into_any()
}

/// The steps with their standing, and the way around them by hand.
#[component]
fn Steps(shown: RwSignal<SetupView>) -> impl IntoView {
    let steps = Memo::new(move |_| shown.with(|setup| setup.steps.clone()));
    view! {
        <section class="flush" aria-labelledby="steps-h">
            <div class="tasks-head">
                <h2 id="steps-h">{words::STEPS}</h2>
                <p class="hush">{words::STEPS_LEAD}</p>
            </div>
            <ol class="tasks" role="list">
                {move || steps.get().into_iter().map(step).collect_view()}
            </ol>
            <div class="tasks-foot">
                <a href="/admin/texting/by-hand">{words::BY_HAND}</a>
            </div>
        </section>
    }
    .into_any()
}

fn step(view: StepView) -> impl IntoView {
    view! {
        <li>
            <div class="task-what">
                <h3>
                    <a href=view.step.path()>{words::step(view.step)}</a>
                </h3>
                <p>{view.said}</p>
            </div>
            <StandingWord standing=view.standing />
        </li>
    }
    .into_any()
}

/// The setup, read again and again while something goes on in it.
fn followed(setup: SetupView, goes_on: fn(&SetupView) -> bool) -> RwSignal<SetupView> {
    let shown = RwSignal::new(setup);
    let pause = Pause::new(LOOK);
    Effect::new(move |_| {
        if shown.with(goes_on) {
            pause.then(move || {
                spawn_local(async move {
                    match load_setup().await {
                        // The page may be gone by now.
                        Ok(setup) => drop(shown.try_set(setup)),
                        // What could not be read now is read after another pause.
                        Err(_) => drop(shown.try_update(|_| ())),
                    }
                });
            });
        }
    });
    shown
}
