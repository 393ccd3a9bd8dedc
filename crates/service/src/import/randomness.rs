//! Random bytes drawn in bulk: an import needs twelve of them a message, and a draw costs as much as sealing does.

use std::sync::{Mutex, PoisonError};

use wuhen_model::Rng;
use zeroize::{Zeroize as _, Zeroizing};

/// Drawn at once.
const POOL_BYTES: usize = 4_096;

/// Gives each byte of another source once. Until then bytes wait in memory, as keys do; what was given is wiped.
pub(super) struct Pool<'r> {
    source: &'r dyn Rng,
    waiting: Mutex<Waiting>,
}

struct Waiting {
    bytes: Zeroizing<Vec<u8>>,
    given: usize,
}

impl<'r> Pool<'r> {
    pub(super) fn new(source: &'r dyn Rng) -> Self {
        let waiting = Waiting {
            bytes: Zeroizing::new(vec![0; POOL_BYTES]),
            given: POOL_BYTES,
        };
        Self {
            source,
            waiting: Mutex::new(waiting),
        }
    }
}

impl Rng for Pool<'_> {
    fn fill(&self, bytes: &mut [u8]) {
        if bytes.len() > POOL_BYTES {
            return self.source.fill(bytes);
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if POOL_BYTES - waiting.given < bytes.len() {
            self.source.fill(&mut waiting.bytes);
            waiting.given = 0;
        }
        let first = waiting.given;
        waiting.given += bytes.len();
        let next = &mut waiting.bytes[first..first + bytes.len()];
        bytes.copy_from_slice(next);
        next.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives 0, 1, 2 and so on, modulo 251, so that pools do not repeat.
    struct Counting(Mutex<usize>);

    impl Rng for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            let mut next = self.0.lock().expect("no holder panics");
            for byte in bytes {
                *byte = u8::try_from(*next % 251).expect("below 251");
                *next += 1;
            }
        }
    }

    #[test]
    fn no_byte_is_given_twice_and_none_is_skipped_but_at_the_end_of_a_pool() {
        let source = Counting(Mutex::new(0));
        let pool = Pool::new(&source);
        let mut expected = 0;
        for round in 0..1_000 {
            let mut bytes = vec![0; 1 + round % 32];
            let left = POOL_BYTES - expected % POOL_BYTES;
            if left < bytes.len() {
                expected += left;
            }
            pool.fill(&mut bytes);
            for byte in bytes {
                assert_eq!(usize::from(byte), expected % 251, "round {round}");
                expected += 1;
            }
        }
    }

    #[test]
    fn what_was_given_is_wiped() {
        let source = Counting(Mutex::new(1));
        let pool = Pool::new(&source);
        pool.fill(&mut [0; 32]);
        let waiting = pool.waiting.lock().expect("no holder panics");
        assert_eq!(waiting.bytes[..32], [0; 32]);
        assert_eq!(waiting.bytes[32], 33);
    }

    #[test]
    fn more_than_a_pool_comes_straight_from_the_source() {
        let source = Counting(Mutex::new(0));
        let mut bytes = vec![7; POOL_BYTES + 1];
        Pool::new(&source).fill(&mut bytes);
        assert_eq!(bytes[..3], [0, 1, 2]);
        assert_eq!(
            bytes[POOL_BYTES],
            u8::try_from(POOL_BYTES % 251).expect("below 251")
        );
    }
}
