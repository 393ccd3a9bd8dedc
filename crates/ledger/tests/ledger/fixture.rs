//! A small story that most tests tell again: a hotel erases one conversation of a guest, and hands out the certificate.

use wuhen_ledger::body::{
    AccessChange, AccessChangedBody, Act, Approval, Body, Bytes, CompletedBody, CopyRow, CopyState,
    Counts, CustodianAnswer, CustodianRow, Date, Epochs, EraseIntentBody, ErasedBody, HoldBody,
    HoldReleasedBody, HoldScopeKind, Kept, Kids, Limit, Outcome, Probe, ProbeResult, Recognition,
    Records, Redaction, RedactionStyle, RefusedBody, Requested, RestoredBody, RevealedBody, Role,
    RulesChange, RulesChangedBody, Sanitization, ScopeKind, SnapshotBody, SpanCount, SpanKind,
    Suppression, Time, Version, Witness,
};
use wuhen_ledger::certificate::OpenedEntry;
use wuhen_ledger::tree::{self, HashReader, TreeError};
use wuhen_ledger::{Certificate, Checkpoint, Entry, Hash, Proof, Signer};

pub(crate) const ORIGIN: &str = "hotel.example/ledger/0192f3c4-5b6a-7d8e-9f01-23456789abcd";
pub(crate) const TENANT: &str = "0192f3c4-5b6a-7d8e-9f01-23456789abcd";
pub(crate) const CASE: &str = "case-17";
/// Leaf indexes of the story; entries before are the ledger's own, entries after are snapshots.
pub(crate) const INTENT: u64 = 3;
pub(crate) const ERASED: u64 = 4;
pub(crate) const COMPLETED: u64 = 5;
/// Entries when the checkpoint over the intent was signed.
pub(crate) const SIZE_AT_INTENT: u64 = 5;
/// Entries when the checkpoint over the completed entry was signed: one full tile and a partial one.
pub(crate) const SIZE: u64 = 300;

/// A ledger in memory.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) entries: Vec<Entry>,
    rows: Vec<Hash>,
}

impl Log {
    /// Each entry has its own salt, made of its index.
    pub(crate) fn append(&mut self, epoch: u64, body: &[u8]) {
        let index = self.entries.len() as u64;
        let entry = Entry::new(epoch, &salt(index), body);
        let stored =
            tree::appended_hashes(index, entry.leaf_hash(), self).expect("all rows are there");
        self.rows.extend(stored.into_iter().map(|(_, hash)| hash));
        self.entries.push(entry);
    }

    pub(crate) fn checkpoint(&self, size: u64) -> String {
        let root = tree::root(size, self).expect("all rows are there");
        let checkpoint = Checkpoint {
            origin: ORIGIN.to_owned(),
            size,
            root,
        };
        checkpoint.sign(&signer()).expect("the signer is the log's")
    }

    pub(crate) fn proof(&self, index: u64, size: u64) -> Proof {
        let hashes = tree::inclusion_proof(index, size, self).expect("all rows are there");
        Proof {
            index,
            hashes,
            checkpoint: self.checkpoint(size),
        }
    }

    pub(crate) fn opened(&self, index: u64, size: u64, body: &[u8]) -> OpenedEntry {
        let entry = self.entries[usize::try_from(index).expect("small")];
        OpenedEntry {
            entry,
            salt: salt(index),
            body: body.to_vec(),
            proof: self.proof(index, size),
        }
    }
}

impl HashReader for Log {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        let row = |index: &u64| {
            usize::try_from(*index)
                .ok()
                .and_then(|index| self.rows.get(index))
                .copied()
        };
        let hashes: Option<Vec<_>> = stored_indexes.iter().map(row).collect();
        hashes.ok_or_else(|| TreeError::Reader("no such row".into()))
    }
}

pub(crate) fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[0x42; 32]).expect("the origin is a name")
}

fn salt(index: u64) -> [u8; 32] {
    [u8::try_from(index % 251).expect("under 251"); 32]
}

/// A log in which the two bodies stand at their places, whatever they say, at these epochs.
pub(crate) fn log_of(intent: (u64, &[u8]), completed: (u64, &[u8])) -> Log {
    let mut log = Log::default();
    log.append(6, &bytes(&Body::AccessChanged(ledger_created())));
    log.append(6, &bytes(&Body::AccessChanged(repository_registered())));
    log.append(6, &bytes(&Body::Snapshot(snapshot(2))));
    log.append(intent.0, intent.1);
    log.append(7, &bytes(&Body::Erased(erased())));
    log.append(completed.0, completed.1);
    for number in 6..SIZE {
        log.append(7, &bytes(&Body::Snapshot(snapshot(number))));
    }
    log
}

pub(crate) fn certificate_of(intent: (u64, &[u8]), completed: (u64, &[u8])) -> Certificate {
    let log = log_of(intent, completed);
    Certificate {
        log_key: signer().vkey().clone(),
        completed: log.opened(COMPLETED, SIZE, completed.1),
        intent: log.opened(INTENT, SIZE_AT_INTENT, intent.1),
    }
}

/// The certificate of the story with other bodies, which say what a dishonest log would.
pub(crate) fn certificate_with(intent: EraseIntentBody, completed: CompletedBody) -> Certificate {
    let intent = bytes(&Body::EraseIntent(intent));
    let completed = bytes(&Body::Completed(Box::new(completed)));
    certificate_of((6, &intent), (7, &completed))
}

pub(crate) fn certificate() -> Certificate {
    certificate_with(intent(), completed())
}

pub(crate) fn bytes(body: &Body) -> Vec<u8> {
    body.to_bytes().expect("the bodies of the story are small")
}

pub(crate) fn time(text: &str) -> Time {
    Time::parse(text).expect("a time")
}

pub(crate) fn requested() -> Requested {
    Requested {
        scope: ScopeKind::Conversations,
        counts: Counts {
            conversations: 1,
            messages: 31,
            attachments: 2,
            sketches: 1,
            ..Counts::default()
        },
        by_role: Role::Guest,
        basis: "PIPL 47".to_owned(),
        reason: "退房后不再需要 — \"as agreed at the desk\"".to_owned(),
        at: time("2026-10-01T09:00:00Z"),
        redaction: None,
    }
}

/// The same hotel cuts a card's number and two phone numbers out of a guest's messages.
pub(crate) fn redaction() -> Requested {
    let spans = |kind, count| SpanCount {
        kind: SpanKind::new(kind).expect("a kind's name"),
        count,
    };
    Requested {
        scope: ScopeKind::Guest,
        counts: Counts {
            messages: 2,
            sketches: 1,
            ..Counts::default()
        },
        redaction: Some(Redaction {
            style: RedactionStyle::Mask,
            spans: vec![spans("BANK_CARD", 1), spans("MOBILE", 2)],
        }),
        ..requested()
    }
}

/// Both bodies of a redaction.
pub(crate) fn redaction_bodies() -> (EraseIntentBody, CompletedBody) {
    let (mut intent, mut completed) = (intent(), completed());
    intent.version = Version::V2;
    completed.version = Version::V2;
    intent.requested = redaction();
    completed.requested = redaction();
    completed.records.erased = redaction().counts;
    completed.records.held.clear();
    completed.records.skipped = vec![Kept {
        counts: Counts {
            messages: 29,
            ..Counts::default()
        },
        reason: "no personal data was found in them".to_owned(),
    }];
    completed.suppression = Suppression {
        tags: 0,
        statement: "the new versions bear the source ids of those before".to_owned(),
    };
    (intent, completed)
}

fn kids() -> Kids {
    Kids {
        before: "root-6".to_owned(),
        after: "root-7".to_owned(),
    }
}

pub(crate) fn intent() -> EraseIntentBody {
    EraseIntentBody {
        version: Version::V1,
        case: CASE.to_owned(),
        tenant: TENANT.to_owned(),
        epoch: 6,
        kids: kids(),
        requested: requested(),
        at: time("2026-10-07T08:00:00Z"),
    }
}

pub(crate) fn custodian() -> CustodianRow {
    CustodianRow {
        name: "file".to_owned(),
        kind: "file".to_owned(),
        assurance: "low".to_owned(),
        answer: CustodianAnswer::Destroyed,
        effective_not_before: Some(time("2026-10-07T08:00:02Z")),
        replicas: 2,
    }
}

pub(crate) fn erased() -> ErasedBody {
    ErasedBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        intents: vec![INTENT],
        epochs: Epochs {
            before: 6,
            after: 7,
        },
        kids: kids(),
        custodians: vec![custodian()],
        at: time("2026-10-07T08:00:02Z"),
    }
}

pub(crate) fn copy(name: &str, state: CopyState) -> CopyRow {
    let (copy, detail) = (name.to_owned(), "looked at after the rotation".to_owned());
    CopyRow {
        copy,
        state,
        detail,
        at: time("2026-10-07T08:00:03Z"),
    }
}

pub(crate) fn probe(name: &str, result: ProbeResult) -> Probe {
    Probe {
        name: name.to_owned(),
        result,
        detail: "33 of 33 records looked for".to_owned(),
    }
}

pub(crate) fn completed_at() -> Time {
    time("2026-10-07T08:00:04Z")
}

pub(crate) fn copies() -> Vec<CopyRow> {
    vec![
        copy("database", CopyState::Erased),
        copy("wal", CopyState::Erased),
        copy("blobs", CopyState::Erased),
        copy("snapshot:s-12", CopyState::Erased),
        copy("fence:main", CopyState::Erased),
        copy("device:lost-phone", CopyState::Unreachable),
        copy(
            "export:e-3",
            CopyState::ExpiresOn(Date::parse("2026-10-06").expect("a date")),
        ),
    ]
}

pub(crate) fn probes() -> Vec<Probe> {
    vec![
        probe("open-erased-items", ProbeResult::Pass),
        probe("scan-files", ProbeResult::Pass),
    ]
}

pub(crate) fn completed() -> CompletedBody {
    let erased = Counts {
        conversations: 1,
        messages: 30,
        attachments: 1,
        sketches: 1,
        ..Counts::default()
    };
    let held = Counts {
        messages: 1,
        attachments: 1,
        ..Counts::default()
    };
    CompletedBody {
        version: Version::V1,
        case: CASE.to_owned(),
        tenant: TENANT.to_owned(),
        organisation: "示例饭店".to_owned(),
        intent: INTENT,
        erased: Some(ERASED),
        requested: requested(),
        epochs: Epochs {
            before: 6,
            after: 7,
        },
        kids: kids(),
        records: Records {
            erased,
            restricted: Vec::new(),
            held: vec![Kept {
                counts: held,
                reason: "legal hold, released by two people".to_owned(),
            }],
            skipped: Vec::new(),
        },
        bytes: Bytes {
            rows: 18_432,
            blobs: 204_800,
        },
        suppression: Suppression {
            tags: 30,
            statement: "keyed tags keep erased messages out of imports".to_owned(),
        },
        outcome: Outcome::new(vec![custodian()], copies(), probes(), completed_at()),
        approval: Approval::NotNeeded,
        executor: Role::System,
        sanitization: sanitization(),
        erasure: Act {
            role: Role::System,
            at: time("2026-10-07T08:00:02Z"),
        },
        verification: Act {
            role: Role::System,
            at: time("2026-10-07T08:00:04Z"),
        },
        recognition: Some(Recognition::new(
            [9; 32],
            ["+8613800138000", "guest@example.com"],
        )),
        witness: Witness::None,
        limits: Limit::ALWAYS.to_vec(),
    }
}

fn sanitization() -> Sanitization {
    Sanitization {
        record_class: "customer-service conversations".to_owned(),
        source: "import of 2026-09-30".to_owned(),
        confidentiality_before: "personal information".to_owned(),
        method: Sanitization::METHOD.to_owned(),
        technique: "punctured seeds, new root key, old root destroyed; rows and blobs deleted"
            .to_owned(),
        tool: "wuhen".to_owned(),
        tool_version: "0.1.0".to_owned(),
        verification_method: "probes of every store with the keys that are left".to_owned(),
        verification_result: "nothing erased could be opened".to_owned(),
        confidentiality_after: "none".to_owned(),
        destination: "the storage stays in use".to_owned(),
        backups: "one snapshot repository, fenced".to_owned(),
    }
}

pub(crate) fn ledger_created() -> AccessChangedBody {
    AccessChangedBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        change: AccessChange::LedgerCreated,
        subject: signer().vkey().to_string(),
        by_role: Role::Operator,
        reason: "new tenant".to_owned(),
        at: time("2026-09-01T00:00:00Z"),
    }
}

pub(crate) fn repository_registered() -> AccessChangedBody {
    AccessChangedBody {
        change: AccessChange::RepositoryRegistered,
        subject: "main".to_owned(),
        reason: "first repository".to_owned(),
        ..ledger_created()
    }
}

pub(crate) fn revealed() -> RevealedBody {
    RevealedBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        conversation: 4_711,
        attachment: None,
        messages: 14,
        findings: 3,
        by_role: Role::PrivacyOfficer,
        reason: "chargeback, the bank asks".to_owned(),
        at: time("2026-09-01T00:00:00Z"),
    }
}

pub(crate) fn snapshot(number: u64) -> SnapshotBody {
    SnapshotBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        repository: "main".to_owned(),
        snapshot: format!("s-{number}"),
        epoch: if number < INTENT { 6 } else { 7 },
        counts: Counts {
            guests: 12,
            conversations: 40,
            messages: 1200,
            attachments: 33,
            sketches: 40,
        },
        bytes: Bytes {
            rows: 700_000,
            blobs: 9_000_000,
        },
        at: time("2026-10-06T02:00:00Z"),
    }
}

pub(crate) fn restored() -> RestoredBody {
    RestoredBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        repository: "main".to_owned(),
        snapshot: "s-12".to_owned(),
        epoch: 7,
        content_until: time("2026-10-06T02:00:00Z"),
        restored: Counts {
            guests: 12,
            conversations: 39,
            messages: 1170,
            attachments: 32,
            sketches: 39,
        },
        gone: Counts {
            conversations: 1,
            messages: 30,
            attachments: 1,
            sketches: 1,
            ..Counts::default()
        },
        holds: 1,
        probes: vec![probe("open-erased-items", ProbeResult::Pass)],
        at: time("2026-10-08T10:00:00Z"),
    }
}

pub(crate) fn refused() -> RefusedBody {
    RefusedBody {
        version: Version::V1,
        case: CASE.to_owned(),
        tenant: TENANT.to_owned(),
        intent: INTENT,
        reason: "a repository could not be fenced".to_owned(),
        at: time("2026-10-07T08:05:00Z"),
    }
}

pub(crate) fn hold() -> HoldBody {
    HoldBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        hold: "H-000007".to_owned(),
        scope: HoldScopeKind::Query,
        conversations: 0,
        messages: 17,
        matter: "(2026) 0106 No. 4711".to_owned(),
        issuer: "the district court".to_owned(),
        review: Date::parse("2027-01-05").expect("a date"),
        by_role: Role::Supervisor,
        reason: "the court asks for what was said about the deposit".to_owned(),
        at: time("2026-10-07T09:00:00Z"),
    }
}

pub(crate) fn hold_released() -> HoldReleasedBody {
    HoldReleasedBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        hold: "H-000007".to_owned(),
        by_role: Role::Supervisor,
        approval: Approval::SecondPerson(Role::PrivacyOfficer),
        reason: "the judgment is final".to_owned(),
        at: time("2027-01-04T09:00:00Z"),
    }
}

pub(crate) fn rules_changed() -> RulesChangedBody {
    RulesChangedBody {
        version: Version::V1,
        tenant: TENANT.to_owned(),
        change: RulesChange::Applied,
        pack: "cn".to_owned(),
        pack_version: "2026.1".to_owned(),
        sha256: "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4".to_owned(),
        effective_at: time("2026-10-08T08:00:00Z"),
        batch_records_max: 1_000,
        by_role: Role::PrivacyOfficer,
        at: time("2026-10-07T08:00:00Z"),
    }
}

/// One body of every kind.
pub(crate) fn all_kinds() -> [Body; 11] {
    [
        Body::EraseIntent(intent()),
        Body::Erased(erased()),
        Body::Completed(Box::new(completed())),
        Body::Snapshot(snapshot(2)),
        Body::Restored(restored()),
        Body::Refused(refused()),
        Body::AccessChanged(repository_registered()),
        Body::Revealed(revealed()),
        Body::Hold(hold()),
        Body::HoldReleased(hold_released()),
        Body::RulesChanged(rules_changed()),
    ]
}
