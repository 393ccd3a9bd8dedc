//! Time and randomness as parameters (ARCHITECTURE.md, invariant 16). The system's own
//! implementations live where the program is wired; deterministic ones in [`crate::testing`].

use std::time::Duration;

use jiff::Timestamp;

/// The only way to learn the time or to let it pass.
pub trait Clock: Send + Sync {
    /// The time of day, for records and deadlines. It may jump when the machine's clock is set.
    fn now(&self) -> Timestamp;

    /// Time since an arbitrary start, for measuring durations. It never goes backwards.
    fn elapsed(&self) -> Duration;

    /// Blocks the calling thread for `duration`.
    fn wait(&self, duration: Duration);
}

/// The only source of randomness. Implementations used outside tests must be cryptographically
/// secure: keys, nonces and salts are drawn here.
pub trait Rng: Send + Sync {
    /// Overwrites every byte of `bytes`. There is no error: a system without randomness stops.
    fn fill(&self, bytes: &mut [u8]);
}
