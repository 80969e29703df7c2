//! Clients write.

use super::dice::Dice;
use super::office::{CLIENTS, phone};
use super::oracle::phone_texts;
use super::verdict::Wrote;
use super::world::World;

/// One hand writes for one client after another until faults end; what Twilio took.
pub fn write(world: &World, hand: u64) -> Vec<Wrote> {
    let mut wrote = Vec::new();
    for nth in 0_u64.. {
        let mut dice = Dice::of(world.plan.seed, "client", (hand << 32) | nth);
        world.wait(dice.between(50, 600));
        if !world.is_rough() {
            break;
        }
        let body = format!("Answer {nth} of hand {hand}: when is it?");
        if phone_texts(world, &phone(dice.below(CLIENTS)), &body).is_ok() {
            wrote.push(Wrote { body });
        }
    }
    wrote
}
