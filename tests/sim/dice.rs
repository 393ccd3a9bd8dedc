//! Decisions of a simulation: the same for the same seed.

use wuhen_model::Rng as _;
use wuhen_model::testing::SeededRng;

pub(crate) struct Dice(SeededRng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SeededRng::new(seed))
    }

    /// A number below `end`.
    pub(crate) fn below(&self, end: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        // The bias of a remainder is nothing beside the sizes here.
        let end = u64::try_from(end).expect("a usize fits into 64 bits");
        usize::try_from(u64::from_le_bytes(bytes) % end).expect("it is below a usize")
    }

    /// A number below `end`, as times are counted.
    pub(crate) fn number(&self, end: i64) -> i64 {
        let end = usize::try_from(end).expect("an end is not negative");
        i64::try_from(self.below(end)).expect("it is below an i64")
    }

    /// A number of a range, both ends included.
    pub(crate) fn between(&self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True in `percent` of 100 throws.
    pub(crate) fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn one<T: Copy>(&self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
