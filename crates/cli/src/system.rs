//! The machine's own time and randomness: the only place that asks for them (ARCHITECTURE.md, invariant 16).

use std::time::{Duration, Instant};

use jiff::Timestamp;
use wuhen_model::{Clock, Rng};

/// The machine's clocks.
pub(crate) struct SystemClock {
    start: Instant,
    /// What it was at the start, where it is not today.
    began: Option<Timestamp>,
}

impl SystemClock {
    /// Elapsed time counts from here.
    #[expect(
        clippy::disallowed_methods,
        reason = "the machine's clock, handed to everything else"
    )]
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
            began: None,
        }
    }

    /// A clock that goes on from another time.
    pub(crate) fn starting_at(began: Timestamp) -> Self {
        Self {
            began: Some(began),
            ..Self::start()
        }
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the machine's clock, handed to everything else"
    )]
    fn now(&self) -> Timestamp {
        match self.began {
            Some(began) => began
                .saturating_add(self.start.elapsed())
                .unwrap_or(Timestamp::MAX),
            None => Timestamp::now(),
        }
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the machine's clock, handed to everything else"
    )]
    fn wait(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// The operating system's randomness, through the generator of aws-lc-rs.
pub(crate) struct SystemRng;

impl Rng for SystemRng {
    #[expect(
        clippy::disallowed_methods,
        reason = "the machine's randomness, handed to everything else"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the operating system has randomness");
    }
}
