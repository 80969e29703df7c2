//! The life of texts as a game of chance: answers that come, are lost or come too late, ends of the program, reports in
//! any order and twice, clocks that jump, people who decide. Whatever happens, each decision is at most one request, no
//! text is lost, and all that Twilio has ends with Twilio's last word.
//!
//! The rules stand in [`memory`] as they are told in words; a million steps are played on them. A few thousand are played
//! on SQLite at the same time, which must answer every question alike.

mod broken;
mod memory;
mod on_sqlite;
mod world;

use broken::{Broken, Mistake};
use memory::Memory;
use on_sqlite::OnSqlite;
use proptest::{
    strategy::{BoxedStrategy, Just, Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use std::{
    marker::PhantomData,
    panic::{AssertUnwindSafe, catch_unwind},
};
use world::{Program, Step, World};

/// Any step may follow any other: what cannot be done now does nothing.
struct AnyStep;

impl ReferenceStateMachine for AnyStep {
    type State = ();
    type Transition = Step;

    fn init_state() -> BoxedStrategy<()> {
        Just(()).boxed()
    }

    fn transitions((): &()) -> BoxedStrategy<Step> {
        (0..100_u8, 0..6_usize, 0..6_usize)
            .prop_map(|(kind, one, other)| Step::of(kind, one, other))
            .boxed()
    }

    fn apply((): (), _: &Step) {}
}

struct Played<P>(PhantomData<P>);

impl<P: Program> StateMachineTest for Played<P> {
    type SystemUnderTest = World<P>;
    type Reference = AnyStep;

    fn init_test((): &()) -> World<P> {
        World::new()
    }

    fn apply(mut world: World<P>, (): &(), step: Step) -> World<P> {
        world.play(step);
        world
    }

    fn check_invariants(world: &World<P>, (): &()) {
        world.check();
    }

    fn teardown(world: World<P>, (): ()) {
        world.end();
    }
}

fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

prop_state_machine! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn in_a_million_steps_no_text_is_lost_and_none_is_sent_twice(sequential 200..201 => Played<Memory>);
}

prop_state_machine! {
    #![proptest_config(cases(12))]

    #[test]
    fn the_database_answers_as_the_rules_do_step_by_step(sequential 200..201 => Played<OnSqlite>);
}

/// What the game says of a program, if it notices anything.
fn noticed<P: Program>() -> Option<String> {
    let (mut chance, steps) = (TestRunner::deterministic(), AnyStep::transitions(&()));
    for _ in 0..1_000 {
        let played = catch_unwind(AssertUnwindSafe(|| {
            let mut world = World::<P>::new();
            for _ in 0..200 {
                let step = steps.new_tree(&mut chance).expect("a step");
                world.play(step.current());
                world.check();
            }
            world.end();
        }));
        if let Err(said) = played {
            let said = said.downcast::<String>().map(|said| *said);
            return Some(said.unwrap_or_else(|said| {
                let said = said.downcast::<&str>().expect("words");
                (*said).to_owned()
            }));
        }
    }
    None
}

fn notices<M: Mistake>(words: &str) {
    let said = noticed::<Broken<M>>().expect("the mistake is noticed");
    assert!(said.contains(words), "{said}");
}

/// No mistake.
struct Right;
impl Mistake for Right {}

#[test]
fn the_game_says_nothing_of_rules_without_a_mistake() {
    assert_eq!(noticed::<Broken<Right>>(), None);
}

struct PostingWaitsAgain;
impl Mistake for PostingWaitsAgain {
    const POSTING_WAITS_AGAIN: bool = true;
}

#[test]
fn the_game_notices_a_text_on_its_way_that_waits_again() {
    notices::<PostingWaitsAgain>("more often than decided");
}

struct LadderGoesDown;
impl Mistake for LadderGoesDown {
    const LADDER_GOES_DOWN: bool = true;
}

#[test]
fn the_game_notices_a_ladder_that_goes_down() {
    notices::<LadderGoesDown>(" became ");
}

struct NoFence;
impl Mistake for NoFence {
    const NO_FENCE: bool = true;
}

#[test]
fn the_game_notices_a_missing_fence() {
    notices::<NoFence>("a late worker");
}

struct UnknownIsDropped;
impl Mistake for UnknownIsDropped {
    const UNKNOWN_IS_DROPPED: bool = true;
}

#[test]
fn the_game_notices_an_unknown_text_that_is_dropped() {
    notices::<UnknownIsDropped>("and lost");
}
