//! The default custodian: a folder per replica, apart from the data, with one small file per root.
//! Folders are 0700 and files 0600. A root is overwritten in place before its file is unlinked, which is all that a program
//! can do, and less than storage can undo: see [`FileCustodian::assurance`](Custodian::assurance).

mod content;
mod place;
mod replica;

use std::collections::BTreeSet;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use wuhen_keytree::context::TenantId;
use wuhen_keytree::{Fill, Key};

use self::content::Content;
use self::replica::{Entry, Replica, sync_folder};
use crate::error::in_full;
use crate::{
    Assurance, AssuranceLevel, CHECKPOINT_BYTES_MAX, Custodian, CustodyError, DamagedRoot,
    Destroyed, DestroyedReplica, Kid, ReplicaFailure, ReplicaHealth, ReplicaState, hex, seal,
};

/// Keeps roots in files, the same on every replica: `<keys folder>/<tenant, 32 hex digits>/<kid>.root`.
pub struct FileCustodian {
    replicas: Vec<Replica>,
}

/// A root that [`FileCustodian::repair`] put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The keys folder that lacked it.
    pub label: String,
    /// Which root.
    pub kid: Kid,
}

impl FileCustodian {
    /// Opens the replicas, of which at least one must be there, and removes what a crash left half made.
    ///
    /// `forbidden`: the store's folder and the snapshot repositories. No keys folder may lie in one of them, nor the reverse,
    /// nor may keys folders lie in each other; links are followed first.
    ///
    /// # Errors
    /// A refused place; or no replica that answers.
    pub fn open(
        folders: &[PathBuf],
        forbidden: &[PathBuf],
        tenant: TenantId,
    ) -> Result<Self, CustodyError> {
        let replicas: Vec<Replica> = place::lie_apart(folders, forbidden)?
            .into_iter()
            .map(|folder| Replica::new(folder.display().to_string(), folder.join(hex(&tenant.0))))
            .collect();
        let custodian = Self { replicas };
        // A replica that does not answer is shown by `replicas` and stops `create` and `destroy`; the store can still be read.
        custodian.on_some("open the keys folder", Replica::check)?;
        for replica in &custodian.replicas {
            // What could not be swept is still listed, and is tried again at the next start.
            replica.sweep().ok();
        }
        Ok(custodian)
    }

    /// Makes the folders for a new tenant, or for a new replica of an old one, and opens them. May be repeated.
    ///
    /// # Errors
    /// A refused place, or a folder that cannot be made.
    pub fn initialise(
        folders: &[PathBuf],
        forbidden: &[PathBuf],
        tenant: TenantId,
    ) -> Result<Self, CustodyError> {
        for folder in place::lie_apart(folders, forbidden)? {
            let own = folder.join(hex(&tenant.0));
            let new: Vec<_> = own.ancestors().take_while(|part| !part.exists()).collect();
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&own)
                .map_err(CustodyError::io("make", &own))?;
            // A root is as durable as the names of all folders above it.
            for parent in new.into_iter().filter_map(Path::parent) {
                sync_folder(parent)?;
            }
        }
        Self::open(folders, forbidden, tenant)
    }

    /// Copies roots from replicas that hold them to replicas that lack them or hold them damaged.
    ///
    /// `current` are the roots in use; nothing else is copied, for it may be waiting to be destroyed. The caller holds the
    /// tenant's lock, as it does for a rotation.
    ///
    /// # Errors
    /// A replica that does not answer, a root that no replica holds whole, or replicas with different roots. What was repaired
    /// before the error stays.
    pub fn repair(&self, current: &[Kid]) -> Result<Vec<Repaired>, CustodyError> {
        self.on_each("repair the keys", Replica::check)?;
        let mut repaired = Vec::new();
        for kid in current {
            let whole = self.first(kid, Some)?;
            let mut lacking = Vec::new();
            for replica in &self.replicas {
                match replica.read_root(kid) {
                    Ok(Some(found)) if found.same(&whole) => {}
                    Ok(Some(_)) => {
                        let path = replica.root(kid);
                        return Err(CustodyError::Conflict {
                            kid: kid.clone(),
                            path,
                        });
                    }
                    Ok(None) | Err(_) => lacking.push(replica),
                }
            }
            for replica in lacking {
                replica.destroy(kid)?;
                replica.write_root(kid, &whole)?;
                replica.read_back(kid, &whole)?;
                repaired.push(Repaired {
                    label: replica.label.clone(),
                    kid: kid.clone(),
                });
            }
        }
        Ok(repaired)
    }

    /// What `use_root` makes of the first root that it accepts, replicas in order. The root is wiped from memory afterwards.
    fn first<T>(
        &self,
        kid: &Kid,
        use_root: impl Fn(Content) -> Option<T>,
    ) -> Result<T, CustodyError> {
        let mut refused = false;
        let mut failures = Vec::new();
        for replica in &self.replicas {
            match replica.read_root(kid).map(|root| root.map(&use_root)) {
                Ok(Some(Some(made))) => return Ok(made),
                Ok(Some(None)) => refused = true,
                Ok(None) => {}
                Err(error) => failures.push(failure(replica, error)),
            }
        }
        if refused {
            Err(CustodyError::NotOpened(kid.clone()))
        } else if failures.is_empty() {
            Err(CustodyError::Absent(kid.clone()))
        } else {
            Err(CustodyError::Replicas {
                doing: format!("read root {kid}"),
                failures,
            })
        }
    }

    /// Every kid of which a replica holds anything; fails unless all replicas answer.
    fn kids(&self, doing: &str) -> Result<BTreeSet<Kid>, CustodyError> {
        let entries = self.on_each(doing, Replica::entries)?;
        Ok(entries
            .into_iter()
            .flatten()
            .filter_map(Entry::into_kid)
            .collect())
    }

    /// Asks every replica, also after one has failed.
    fn on_each<T>(
        &self,
        doing: &str,
        ask: impl Fn(&Replica) -> Result<T, CustodyError>,
    ) -> Result<Vec<T>, CustodyError> {
        let (answers, failures) = self.ask(ask);
        if failures.is_empty() {
            Ok(answers)
        } else {
            Err(CustodyError::Replicas {
                doing: doing.to_owned(),
                failures,
            })
        }
    }

    /// Asks every replica and fails only if none answers.
    fn on_some<T>(
        &self,
        doing: &str,
        ask: impl Fn(&Replica) -> Result<T, CustodyError>,
    ) -> Result<Vec<T>, CustodyError> {
        let (answers, failures) = self.ask(ask);
        if answers.is_empty() {
            Err(CustodyError::Replicas {
                doing: doing.to_owned(),
                failures,
            })
        } else {
            Ok(answers)
        }
    }

    fn ask<T>(
        &self,
        ask: impl Fn(&Replica) -> Result<T, CustodyError>,
    ) -> (Vec<T>, Vec<ReplicaFailure>) {
        let mut answers = Vec::new();
        let mut failures = Vec::new();
        for replica in &self.replicas {
            match ask(replica) {
                Ok(answer) => answers.push(answer),
                Err(error) => failures.push(failure(replica, error)),
            }
        }
        (answers, failures)
    }

    /// The condition of one replica, given every kid that any replica holds.
    fn health(&self, replica: &Replica, all: &BTreeSet<Kid>) -> ReplicaHealth {
        let entries = match replica.entries() {
            Ok(entries) => entries,
            Err(error) => return ReplicaHealth::Unreachable(in_full(&error)),
        };
        let mut missing = Vec::new();
        let mut damaged = Vec::new();
        for kid in all {
            match self.compare(replica, kid) {
                Ok(true) => {}
                Ok(false) => missing.push(kid.clone()),
                Err(error) => {
                    damaged.push(DamagedRoot {
                        kid: kid.clone(),
                        reason: in_full(&error),
                    });
                }
            }
        }
        let strange: Vec<String> = entries
            .into_iter()
            .filter_map(Entry::into_strange)
            .collect();
        if missing.is_empty() && damaged.is_empty() && strange.is_empty() {
            ReplicaHealth::Healthy
        } else {
            ReplicaHealth::Impaired {
                missing,
                damaged,
                strange,
            }
        }
    }

    /// Whether a replica holds a root; an error if it cannot be used or differs from that of an earlier replica.
    fn compare(&self, replica: &Replica, kid: &Kid) -> Result<bool, CustodyError> {
        let Some(found) = replica.read_root(kid)? else {
            return Ok(false);
        };
        if self.first(kid, Some)?.same(&found) {
            Ok(true)
        } else {
            Err(CustodyError::Conflict {
                kid: kid.clone(),
                path: replica.root(kid),
            })
        }
    }
}

impl Custodian for FileCustodian {
    fn name(&self) -> &'static str {
        "file"
    }

    fn kind(&self) -> &'static str {
        "file"
    }

    fn create(&self, kid: &Kid, fill: Fill<'_>) -> Result<(), CustodyError> {
        let doing = format!("create root {kid}");
        if self.kids(&doing)?.contains(kid) {
            return Err(CustodyError::Exists(kid.clone()));
        }
        let content = Content::new(kid, fill);
        if *content.root() == [0; 32] {
            return Err(CustodyError::NotRandom);
        }
        let mut written = Vec::new();
        let mut failures = Vec::new();
        for replica in &self.replicas {
            match replica.write_root(kid, &content) {
                Ok(()) => written.push(replica),
                Err(error) => {
                    failures.push(failure(replica, error));
                    break;
                }
            }
        }
        if failures.is_empty() {
            // Only now, and on all: a destruction that ran in between has taken it from at least one.
            failures = self.ask(|replica| replica.read_back(kid, &content)).1;
        }
        if failures.is_empty() {
            return Ok(());
        }
        for replica in written {
            if let Err(error) = replica.destroy(kid) {
                let (path, source) = (replica.root(kid), Box::new(error));
                failures.push(failure(replica, CustodyError::LeftBehind { path, source }));
            }
        }
        Err(CustodyError::Replicas { doing, failures })
    }

    fn wrap(&self, kid: &Kid, key: &Key, nonce: [u8; 12]) -> Result<Vec<u8>, CustodyError> {
        self.first(kid, |root| Some(seal::wrap(root.root(), kid, key, nonce)))
    }

    fn unwrap(&self, kid: &Kid, blob: &[u8]) -> Result<Key, CustodyError> {
        self.first(kid, |root| seal::unwrap(root.root(), kid, blob))
    }

    fn destroy(&self, kid: &Kid) -> Result<Destroyed, CustodyError> {
        let doing = format!("destroy root {kid}");
        let replicas = self.on_each(&doing, |replica| {
            Ok(DestroyedReplica {
                label: replica.label.clone(),
                found: replica.destroy(kid)?,
            })
        })?;
        // A second look once all are done: a copy may have come from a replica whose turn had not yet come.
        self.on_each(&doing, |replica| {
            let back = replica
                .entries()?
                .into_iter()
                .filter_map(Entry::into_kid)
                .any(|k| k == *kid);
            if back {
                Err(CustodyError::CameBack(replica.root(kid)))
            } else {
                Ok(())
            }
        })?;
        Ok(Destroyed { replicas })
    }

    fn list(&self) -> Result<Vec<Kid>, CustodyError> {
        Ok(self.kids("list the roots")?.into_iter().collect())
    }

    fn assurance(&self) -> Assurance {
        Assurance {
            level: AssuranceLevel::Low,
            en: "The root was kept in a file. To destroy it, the file was overwritten in place, this was written through to \
                 the disk, and the file was removed. The wear levelling of solid-state disks, copy-on-write file systems, \
                 file system journals, snapshots of virtual machines and backups of the folder can keep the old bytes all \
                 the same; this program can neither see nor remove them.",
            zh: "根密钥保存在文件中。销毁时先在原处覆写并写入磁盘，再删除该文件。但固态硬盘的磨损均衡、写时复制文件系统、\
                 文件系统日志、虚拟机快照以及对该文件夹的备份，仍可能留有旧的字节；本程序既看不到，也无法清除。",
        }
    }

    fn effective_not_before(&self, _kid: &Kid, destroyed_at: &str) -> String {
        destroyed_at.to_owned()
    }

    fn keep_checkpoint(&self, note: &str) -> Result<(), CustodyError> {
        if note.len() > CHECKPOINT_BYTES_MAX {
            return Err(CustodyError::CheckpointTooLong(note.len()));
        }
        self.on_each("keep the checkpoint", |replica| {
            replica.write_checkpoint(note)
        })
        .map(drop)
    }

    fn checkpoints(&self) -> Result<Vec<String>, CustodyError> {
        let kept = self.on_some("read the checkpoint", Replica::read_checkpoint)?;
        let distinct: BTreeSet<String> = kept.into_iter().flatten().collect();
        Ok(distinct.into_iter().collect())
    }

    fn replicas(&self) -> Vec<ReplicaState> {
        let (entries, _) = self.ask(Replica::entries);
        let all = entries
            .into_iter()
            .flatten()
            .filter_map(Entry::into_kid)
            .collect();
        let state = |replica: &Replica| ReplicaState {
            label: replica.label.clone(),
            health: self.health(replica, &all),
        };
        self.replicas.iter().map(state).collect()
    }
}

fn failure(replica: &Replica, error: CustodyError) -> ReplicaFailure {
    ReplicaFailure {
        label: replica.label.clone(),
        error,
    }
}

#[cfg(test)]
mod tests;
