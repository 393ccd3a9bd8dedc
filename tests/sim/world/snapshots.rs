//! Snapshots, lost stores, and restores: what the oracle remembers of each.

use wuhen_model::NoSteps;
use wuhen_service::snapshot::RestoreCounts;
use wuhen_store::sqlite::Options;

use super::said;
use super::{Backing, Difference, World};
use crate::compare::differ;
use crate::oracle::Counts;

impl World {
    pub(super) fn fenced_now(&mut self) {
        if let Some(place) = self.restored_from.take() {
            self.snapshots.truncate(place + 1);
        }
        self.fenced = self.oracle.clone();
    }

    pub(super) fn snapshot(&mut self) -> Result<(), Difference> {
        let row = self
            .service()
            .create_snapshot(None)
            .map_err(|error| error.to_string())?
            .done;
        self.oracle.entries += 1;
        self.fenced_now();
        let found = Counts {
            guests: row.guests,
            conversations: row.conversations,
            messages: row.messages,
            attachments: row.attachments,
        };
        self.snapshots.push((row.id, self.oracle.clone()));
        differ("snapshot", self.oracle.totals(), found)
    }

    /// The store's folder is lost. What comes back is the snapshot without what was erased since.
    pub(super) fn restore(&mut self, number: usize) -> Result<(), Difference> {
        let Backing::Disk(place) = &self.backing else {
            return Err("a store in memory has no snapshots".to_owned());
        };
        let Some(chosen) = self.snapshots.len().checked_sub(1 + number) else {
            return Ok(());
        };
        let place = place.clone();
        self.service = None;
        std::fs::remove_dir_all(place.store()).map_err(|error| error.to_string())?;
        let (id, snapshot) = &self.snapshots[chosen];
        let now = self.surroundings.clock.now().as_second();
        let restored = wuhen_store::sqlite::restore(
            &place.store(),
            &place.repository(0),
            Some(id),
            Options::default(),
            now,
            &NoSteps,
        )
        .map_err(|error| error.to_string())?;
        let mut fenced = self.fenced.clone();
        fenced.skip_instances(&self.oracle);
        self.oracle = fenced.restored_from(snapshot);
        self.restored_from = Some(chosen);
        let (service, notices) = place
            .open(self.surroundings.clone())
            .map_err(|error| error.to_string())?;
        differ(
            "notices after a restore",
            Vec::<String>::new(),
            said(&notices),
        )?;
        let counts = RestoreCounts {
            repository: restored.repository,
            snapshot: restored.snapshot.id.clone(),
            created_at: restored.snapshot.created_at,
            restored: wuhen_ledger::body::Counts {
                guests: restored.guests,
                conversations: restored.conversations,
                messages: restored.messages,
                attachments: restored.attachments,
                sketches: 0,
            },
            held: wuhen_ledger::body::Counts::default(),
            lost_conversations: restored.lost_conversations,
            lost_items: restored.lost_items,
        };
        let probes = service
            .record_restore(&counts)
            .map_err(|error| error.to_string())?;
        differ("probes of a restore", 2, probes.len())?;
        self.service = Some(service);
        Ok(())
    }
}
