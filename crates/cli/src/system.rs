//! The machine's own time and randomness: the only place that asks for them (ARCHITECTURE.md, invariant 16).

use std::time::{Duration, Instant};

use jiff::Timestamp;
use wuhen_model::{Clock, Rng};

/// The machine's clocks.
pub(crate) struct SystemClock {
    start: Instant,
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
        }
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the machine's clock, handed to everything else"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
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
