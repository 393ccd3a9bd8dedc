//! What a story lets happen at a durable step: the machine dies there, or something is done behind the program's back.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use wuhen_model::{Steps, Stopped, When};

use crate::world::World;

/// Moments that are still to come, each once.
#[derive(Default)]
pub struct Moments(Mutex<Vec<Moment>>);

struct Moment {
    step: &'static str,
    when: When,
    /// None: the machine dies.
    act: Option<Box<dyn FnOnce() + Send>>,
}

impl Moments {
    /// The machine dies the next time that this moment comes.
    pub fn stop(&self, step: &'static str, when: When) {
        self.add(step, when, None);
    }

    /// Something is done the next time that this moment comes, and the program goes on.
    pub fn act(&self, step: &'static str, when: When, act: impl FnOnce() + Send + 'static) {
        self.add(step, when, Some(Box::new(act)));
    }

    fn add(&self, step: &'static str, when: When, act: Option<Box<dyn FnOnce() + Send>>) {
        let mut moments = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        moments.push(Moment { step, when, act });
    }

    fn take(&self, step: &'static str, when: When) -> Option<Moment> {
        let mut moments = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = |moment: &Moment| (moment.step, moment.when) == (step, when);
        let place = moments.iter().position(here)?;
        Some(moments.remove(place))
    }
}

/// A second replica of the keys that goes away when a new root is in force and the old one still exists. Answers where it was and
/// where it is then.
///
/// # Panics
/// If it cannot be moved.
pub fn replica_that_goes_away(world: &mut World) -> (PathBuf, PathBuf) {
    world.keys.push(world.path("keys-b"));
    let (replica, away) = (world.path("keys-b"), world.path("away"));
    let moments = Arc::new(Moments::default());
    let (from, to) = (replica.clone(), away.clone());
    moments.act("rotation/commit", When::After, move || {
        std::fs::rename(from, to).expect("a folder can be renamed");
    });
    world.steps = moments;
    (replica, away)
}

impl Steps for Moments {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        match self.take(step, when) {
            None => Ok(()),
            Some(Moment { act: None, .. }) => Err(Stopped { step, when }),
            Some(Moment { act: Some(act), .. }) => {
                // Not under the lock: what is done may reach durable steps itself.
                act();
                Ok(())
            }
        }
    }
}
