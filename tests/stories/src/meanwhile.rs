//! What happens elsewhere in the house in the middle of a call, at the point where a story wants it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

type Event = Box<dyn FnOnce() + Send>;

/// Events that wait for a point to be reached: each time one of them, in the order in which they were added.
#[derive(Default)]
pub struct Meanwhile(Mutex<VecDeque<Event>>);

impl Meanwhile {
    /// Adds what happens when the point is reached once more.
    pub fn add(&self, event: impl FnOnce() + Send + 'static) {
        self.events().push_back(Box::new(event));
    }

    /// Events that have not happened yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.events().len()
    }

    /// The point is reached.
    pub(crate) fn happens(&self) {
        let next = self.events().pop_front();
        // Not under the lock: what happens may reach the point itself.
        if let Some(event) = next {
            event();
        }
    }

    fn events(&self) -> std::sync::MutexGuard<'_, VecDeque<Event>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
