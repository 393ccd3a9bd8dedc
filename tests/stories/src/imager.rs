//! Images of a hotel's disks, at moments that a story chooses or at every durable step.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use wuhen_model::{Steps, Stopped, When};

use crate::world::{World, copy_tree};

/// Copies store, repository and keys, at every durable step while it is armed.
pub struct Imager {
    folder: PathBuf,
    armed: Mutex<Option<(String, u32)>>,
}

impl Imager {
    /// Of this hotel; its images come to lie in its folder.
    #[must_use]
    pub fn of(world: &World) -> Self {
        Self {
            folder: world.folder.clone(),
            armed: Mutex::default(),
        }
    }

    /// From now on every durable step, under names that begin so.
    pub fn arm(&self, name: &str) {
        *self.armed() = Some((name.to_owned(), 0));
    }

    /// No step any more.
    pub fn disarm(&self) {
        *self.armed() = None;
    }

    /// One image, under a name that says when.
    pub fn image(&self, when: &str) {
        for of in ["store", "repository", "keys"] {
            let from = self.folder.join(of);
            if from.exists() {
                copy_tree(&from, &self.folder.join("images").join(when).join(of));
            }
        }
    }

    /// Where the keys of an image are.
    #[must_use]
    pub fn keys(&self, when: &str) -> PathBuf {
        self.folder.join("images").join(when).join("keys")
    }

    fn armed(&self) -> MutexGuard<'_, Option<(String, u32)>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Steps for Imager {
    fn reached(&self, step: &'static str, _: When) -> Result<(), Stopped> {
        let name = self.armed().as_mut().map(|(name, count)| {
            *count += 1;
            format!("{name}-{count:03}-{}", step.replace('/', "-"))
        });
        if let Some(name) = name {
            self.image(&name);
        }
        Ok(())
    }
}
