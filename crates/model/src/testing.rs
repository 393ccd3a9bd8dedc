//! A clock that is set by hand and randomness that repeats: for tests and simulations, never for a
//! running system. Keys drawn from [`SeededRng`] are known to everybody who knows the seed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::{Clock, Rng};

/// A clock that moves only when told to. `wait` advances it instead of blocking.
#[derive(Debug)]
pub struct ManualClock {
    state: Mutex<ClockState>,
}

#[derive(Debug, Clone, Copy)]
struct ClockState {
    now: Timestamp,
    elapsed: Duration,
}

impl ManualClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            state: Mutex::new(ClockState {
                now,
                elapsed: Duration::ZERO,
            }),
        }
    }

    /// Sets the time of day, as an administrator would: measured durations are not touched.
    pub fn set(&self, now: Timestamp) {
        self.change(|state| state.now = now);
    }

    /// Lets `duration` pass. Time of day stops at the last representable timestamp (year 9999).
    pub fn advance(&self, duration: Duration) {
        self.change(|state| {
            state.now = state.now.saturating_add(duration).unwrap_or(Timestamp::MAX);
            state.elapsed = state.elapsed.saturating_add(duration);
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut ClockState) -> T) -> T {
        // A panic elsewhere cannot leave two copied numbers half written.
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.change(|state| state.now)
    }

    fn elapsed(&self) -> Duration {
        self.change(|state| state.elapsed)
    }

    fn wait(&self, duration: Duration) {
        self.advance(duration);
    }
}

/// The same bytes for the same seed: `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Debug)]
pub struct SeededRng {
    state: Mutex<u64>,
}

impl SeededRng {
    /// A generator that starts at `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            state: Mutex::new(seed),
        }
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = crate::search::mix(*state).to_le_bytes();
            chunk.copy_from_slice(&mixed[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_moves_both_times_and_setting_moves_one() {
        let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
        clock.wait(Duration::from_secs(90));
        assert_eq!(clock.now().as_second(), 90);
        assert_eq!(clock.elapsed(), Duration::from_secs(90));
        clock.set(Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now().as_second(), 0);
        assert_eq!(clock.elapsed(), Duration::from_secs(90));
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[test]
    fn the_same_seed_gives_the_published_bytes() {
        let mut bytes = [0; 20];
        SeededRng::new(1_234_567).fill(&mut bytes);
        // Reference outputs of SplitMix64 for this seed.
        assert_eq!(bytes[..8], 6_457_827_717_110_365_317_u64.to_le_bytes());
        assert_eq!(bytes[8..16], 3_203_168_211_198_807_973_u64.to_le_bytes());
        assert_ne!(bytes[16..], [0; 4]);
    }
}
