//! Chance that is the same for the same seed, whatever else happens (SplitMix64).

/// Throws for one question of the plan.
pub struct Dice(u64);

impl Dice {
    /// The dice of the `nth` question of this kind.
    pub fn of(seed: u64, what: &str, nth: u64) -> Self {
        let state = what
            .bytes()
            .fold(seed, |state, byte| mixed(state ^ u64::from(byte)));
        Dice(mixed(state ^ nth.wrapping_mul(STEP)))
    }

    /// 0 and more, but less than `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0) % end.max(1)
    }

    /// `from` and more, but less than `to`.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to.saturating_sub(from))
    }

    /// One of these; each as often as its weight says.
    pub fn one_of<T: Copy>(&mut self, weighed: &[(u64, T)]) -> T {
        let all = weighed.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(all);
        for (weight, one) in weighed {
            if left < *weight {
                return *one;
            }
            left -= weight;
        }
        weighed[0].1
    }

    /// The same, but each of them once among the first: each `step`th is the next of them. So a short run has all.
    pub fn each_first<T: Copy>(&mut self, nth: u64, step: u64, weighed: &[(u64, T)]) -> T {
        let next = weighed.get((nth / step) as usize);
        match next.filter(|_| nth % step == step - 1) {
            Some((_, next)) => *next,
            None => self.one_of(weighed),
        }
    }
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(state: u64) -> u64 {
    let state = state.wrapping_add(STEP);
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_once_among_the_first() {
        let weighed = [(1_000_000, 'a'), (1, 'b'), (1, 'c')];
        let throws = (0..12).map(|nth| Dice::of(1, "x", nth).each_first(nth, 4, &weighed));
        let seldom: String = throws.filter(|one| *one != 'a').collect();
        assert_eq!(seldom, "bc");
    }

    #[test]
    fn each_comes_as_often_as_its_weight_says() {
        let throws = (0..10_000).map(|nth| Dice::of(1, "x", nth).one_of(&[(9, true), (1, false)]));
        let seldom = throws.filter(|often| !often).count();
        assert!((900..1_100).contains(&seldom), "{seldom}");
    }
}
