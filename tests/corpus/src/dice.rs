//! Choices that a seed decides: the same seed gives the same lines on every machine.

/// `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    /// Dice that begin at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`. The bias is below one in 2^32.
    ///
    /// # Panics
    /// The limit is 0.
    #[must_use]
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("it is below a usize")
    }

    /// A number of `from..=to`.
    #[must_use]
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Whether it happens, in so many of a hundred cases.
    #[must_use]
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of these.
    ///
    /// # Panics
    /// There is none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// So many characters of these, which are ASCII.
    #[must_use]
    pub fn string(&mut self, of: &str, length: usize) -> String {
        (0..length)
            .map(|_| char::from(of.as_bytes()[self.below(of.len())]))
            .collect()
    }

    /// So many decimal digits.
    #[must_use]
    pub fn digits(&mut self, length: usize) -> String {
        self.string("0123456789", length)
    }

    /// Puts them into another order (Fisher, Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_published_numbers() {
        let mut dice = Dice::new(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }
}
