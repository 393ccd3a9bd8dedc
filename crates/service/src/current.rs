//! Reading with the keys in force: an erasure renews keys and rows in one transaction of the store, and this process holds
//! the new keys a moment later. What was read across either of the two is read again.

use wuhen_store::TenantRow;

use crate::Service;
use crate::error::ServiceError;
use crate::keys::Keys;
use crate::open::open_keys;

/// How often something is read at most, where erasures renew the keys while it is.
const ATTEMPTS_MAX: usize = 4;

impl Service {
    /// Reads, and reads again what failed because the keys held at its beginning are not in force any more: an erasure
    /// committed before, and this process does not hold the new ones yet, or while it was read. Not to be nested.
    pub(crate) fn reading<T>(
        &self,
        mut read: impl FnMut() -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut held = self.keys().epoch();
        let mut answer = read();
        for _ in 1..ATTEMPTS_MAX {
            if answer.is_ok() || !self.has_moved_on(held) {
                break;
            }
            held = self.keys().epoch();
            answer = self.catch_up().and_then(|()| read());
        }
        answer
    }

    fn has_moved_on(&self, epoch: u64) -> bool {
        let now = self.store.tenant(self.tenant);
        now.is_ok_and(|tenant| tenant.epoch != epoch)
    }

    /// Opens the keys in force, where an erasure that another thread runs has committed and not come to it.
    fn catch_up(&self) -> Result<(), ServiceError> {
        let held = self.keys().epoch();
        if self.has_moved_on(held) {
            self.reopen_keys()?;
        }
        Ok(())
    }

    /// Keys for a task of its own, of the top that a row says, which this process may not hold yet.
    pub(crate) fn keys_of(&self, row: &TenantRow) -> Result<Keys, ServiceError> {
        let held = self.keys();
        if held.epoch() == row.epoch {
            return Ok(held.fork());
        }
        drop(held);
        open_keys(&*self.custodian, row)
    }

    /// Drops every key and every opened sketch that this process holds, and opens the top anew.
    pub(crate) fn reopen_keys(&self) -> Result<(), ServiceError> {
        self.forget_sketches();
        // Neither the store nor the key service is asked under the lock: an import has the store's writer when it asks for
        // keys.
        let fresh = open_keys(&*self.custodian, &self.store.tenant(self.tenant)?)?;
        let mut keys = self.keys();
        // Two threads may open keys at once: those that were asked for before a further erasure do not come after its own.
        if fresh.epoch() >= keys.epoch() {
            *keys = fresh;
        }
        Ok(())
    }
}
