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
    strategy::{BoxedStrategy, Just, Strategy},
    test_runner::Config,
};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use std::marker::PhantomData;
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

fn cut_short() -> Config {
    Config {
        max_shrink_iters: 0,
        ..cases(1_000)
    }
}

struct ItsPostingWaitsAgain;
type PostingWaitsAgain = Broken<ItsPostingWaitsAgain>;
impl Mistake for ItsPostingWaitsAgain {
    const POSTING_WAITS_AGAIN: bool = true;
}

struct ItsLadderGoesDown;
type LadderGoesDown = Broken<ItsLadderGoesDown>;
impl Mistake for ItsLadderGoesDown {
    const LADDER_GOES_DOWN: bool = true;
}

struct ItsNoFence;
type NoFence = Broken<ItsNoFence>;
impl Mistake for ItsNoFence {
    const NO_FENCE: bool = true;
}

struct ItsUnknownIsDropped;
type UnknownIsDropped = Broken<ItsUnknownIsDropped>;
impl Mistake for ItsUnknownIsDropped {
    const UNKNOWN_IS_DROPPED: bool = true;
}

prop_state_machine! {
    #![proptest_config(cut_short())]

    #[test]
    #[should_panic(expected = "sent more often than decided")]
    fn the_game_notices_a_text_on_its_way_that_waits_again(sequential 200..201 => Played<PostingWaitsAgain>);

    #[test]
    #[should_panic(expected = " became ")]
    fn the_game_notices_a_ladder_that_goes_down(sequential 200..201 => Played<LadderGoesDown>);

    #[test]
    #[should_panic(expected = "a late worker")]
    fn the_game_notices_a_missing_fence(sequential 200..201 => Played<NoFence>);

    #[test]
    #[should_panic(expected = "and lost")]
    fn the_game_notices_an_unknown_text_that_is_dropped(sequential 200..201 => Played<UnknownIsDropped>);
}
