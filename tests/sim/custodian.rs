//! A key service in memory, for simulations that never touch a disk. It can be told to fail.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use wuhen_custody::contract::custodian_contract;
use wuhen_custody::{
    Assurance, AssuranceLevel, CHECKPOINT_BYTES_MAX, Custodian, CustodyError, Destroyed,
    DestroyedReplica, Kid, ReplicaFailure, ReplicaHealth, ReplicaState,
};
use wuhen_keytree::context::{NodeId, NodeKind, TenantId};
use wuhen_keytree::wrap::{self, WrapContext};
use wuhen_keytree::{Fill, Key, Nonce};

/// Roots in memory. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct MemoryCustodian {
    roots: Arc<Mutex<BTreeMap<Kid, Key>>>,
    checkpoint: Arc<Mutex<Option<String>>>,
    unreachable: Arc<AtomicBool>,
}

impl MemoryCustodian {
    /// From now on every call fails, or works again.
    pub(crate) fn set_unreachable(&self, unreachable: bool) {
        self.unreachable.store(unreachable, Ordering::SeqCst);
    }

    fn with_roots<T>(
        &self,
        doing: &str,
        work: impl FnOnce(&mut BTreeMap<Kid, Key>) -> Result<T, CustodyError>,
    ) -> Result<T, CustodyError> {
        if self.unreachable.load(Ordering::SeqCst) {
            let failure = ReplicaFailure {
                label: "memory".to_owned(),
                error: CustodyError::NoReplica("memory".into()),
            };
            return Err(CustodyError::Replicas {
                doing: doing.to_owned(),
                failures: vec![failure],
            });
        }
        work(&mut self.roots.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Custodian for MemoryCustodian {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn kind(&self) -> &'static str {
        "memory"
    }

    fn create(&self, kid: &Kid, fill: Fill<'_>) -> Result<(), CustodyError> {
        self.with_roots("create a root", |roots| {
            if roots.contains_key(kid) {
                return Err(CustodyError::Exists(kid.clone()));
            }
            let mut root = [0; 32];
            fill(&mut root);
            if root == [0; 32] {
                return Err(CustodyError::NotRandom);
            }
            roots.insert(kid.clone(), Key::from_bytes(root));
            Ok(())
        })
    }

    fn wrap(&self, kid: &Kid, key: &Key, nonce: [u8; 12]) -> Result<Vec<u8>, CustodyError> {
        self.with_roots("wrap a key", |roots| {
            let root = roots
                .get(kid)
                .ok_or_else(|| CustodyError::Absent(kid.clone()))?;
            Ok(wrap::wrap(root, &context(), Nonce(nonce), key))
        })
    }

    fn unwrap(&self, kid: &Kid, blob: &[u8]) -> Result<Key, CustodyError> {
        self.with_roots("unwrap a key", |roots| {
            let root = roots
                .get(kid)
                .ok_or_else(|| CustodyError::Absent(kid.clone()))?;
            wrap::unwrap(root, &context(), blob).map_err(|_| CustodyError::NotOpened(kid.clone()))
        })
    }

    fn destroy(&self, kid: &Kid) -> Result<Destroyed, CustodyError> {
        self.with_roots("destroy a root", |roots| {
            let found = roots.remove(kid).is_some();
            let label = "memory".to_owned();
            Ok(Destroyed {
                replicas: vec![DestroyedReplica { label, found }],
            })
        })
    }

    fn list(&self) -> Result<Vec<Kid>, CustodyError> {
        self.with_roots("list the roots", |roots| {
            Ok(roots.keys().cloned().collect())
        })
    }

    fn assurance(&self) -> Assurance {
        Assurance {
            level: AssuranceLevel::Low,
            en: "In memory, for tests.",
            zh: "仅在内存中，用于测试。",
        }
    }

    fn effective_not_before(&self, _kid: &Kid, destroyed_at: &str) -> String {
        destroyed_at.to_owned()
    }

    fn keep_checkpoint(&self, note: &str) -> Result<(), CustodyError> {
        if note.len() > CHECKPOINT_BYTES_MAX {
            return Err(CustodyError::CheckpointTooLong(note.len()));
        }
        self.with_roots("keep the checkpoint", |_| {
            *self
                .checkpoint
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(note.to_owned());
            Ok(())
        })
    }

    fn checkpoints(&self) -> Result<Vec<String>, CustodyError> {
        self.with_roots("read the checkpoint", |_| {
            let kept = self
                .checkpoint
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Ok(kept.iter().cloned().collect())
        })
    }

    fn replicas(&self) -> Vec<ReplicaState> {
        vec![ReplicaState {
            label: "memory".to_owned(),
            health: ReplicaHealth::Healthy,
        }]
    }
}

/// The root alone tells wraps apart: there is one kind of edge here.
fn context() -> WrapContext {
    WrapContext {
        tenant: TenantId([0; 16]),
        kind: NodeKind::Top,
        child: NodeId(1),
        parent: NodeId(0),
        parent_key_version: 0,
    }
}

#[test]
fn the_custodian_in_memory_keeps_the_contract() {
    let last = Mutex::new(MemoryCustodian::default());
    custodian_contract(
        &mut || {
            let new = MemoryCustodian::default();
            *last.lock().expect("no holder panics") = new.clone();
            Box::new(new)
        },
        &mut || Box::new(last.lock().expect("no holder panics").clone()),
    );
}
