//! The committed table: the durable steps of each operation, in their order.

use super::house::Act;

/// One operation with so many snapshot repositories.
pub(super) struct Row {
    pub(super) act: Act,
    pub(super) repositories: usize,
    /// After it the operation has happened, before it it has not; `None` where records are the same either way.
    pub(super) effective: Option<&'static str>,
    /// Killed at every point also by default.
    pub(super) every_point: bool,
    pub(super) steps: &'static [&'static str],
}

const fn row(
    act: Act,
    repositories: usize,
    effective: Option<&'static str>,
    steps: &'static [&'static str],
) -> Row {
    Row {
        act,
        repositories,
        effective,
        every_point: false,
        steps,
    }
}

const fn every_point(mut row: Row) -> Row {
    row.every_point = true;
    row
}

const IMPORT: Option<&str> = Some("import/commit");
const LABEL: Option<&str> = Some("label/append");
const ERASE: Option<&str> = Some("rotation/commit");

pub(super) const TABLE: &[Row] = &[
    every_point(row(
        Act::Init,
        0,
        None,
        &["ledger/entry", "staff/first", "ledger/keep-checkpoint"],
    )),
    row(Act::Import, 0, IMPORT, &["import/commit"]),
    every_point(row(Act::Import, 1, IMPORT, &["import/commit"])),
    row(Act::Import, 2, IMPORT, &["import/commit"]),
    row(Act::Label, 0, LABEL, &["label/append"]),
    every_point(row(Act::Label, 1, LABEL, &["label/append"])),
    row(Act::Label, 2, LABEL, &["label/append"]),
    row(Act::Mark, 0, None, &["mark/append"]),
    every_point(row(Act::Mark, 1, None, &["mark/append"])),
    row(Act::Mark, 2, None, &["mark/append"]),
    row(Act::EraseGuest, 0, ERASE, ERASE_ALONE),
    row(Act::EraseGuest, 1, ERASE, ERASE_WITH_ONE),
    row(Act::EraseGuest, 2, ERASE, ERASE_WITH_TWO),
    row(Act::EraseConversation, 0, ERASE, ERASE_ALONE),
    row(Act::EraseConversation, 1, ERASE, ERASE_WITH_ONE),
    row(Act::EraseConversation, 2, ERASE, ERASE_WITH_TWO),
    row(Act::EraseMessages, 0, ERASE, ERASE_ALONE),
    every_point(row(Act::EraseMessages, 1, ERASE, ERASE_WITH_ONE)),
    row(Act::EraseMessages, 2, ERASE, ERASE_WITH_TWO),
    row(Act::EraseLabel, 0, ERASE, ERASE_ALONE),
    row(Act::EraseLabel, 1, ERASE, ERASE_WITH_ONE),
    row(Act::EraseLabel, 2, ERASE, ERASE_WITH_TWO),
    row(Act::EraseBefore, 0, ERASE, ERASE_ALONE),
    row(Act::EraseBefore, 1, ERASE, ERASE_WITH_ONE),
    row(Act::EraseBefore, 2, ERASE, ERASE_WITH_TWO),
    row(Act::Redact, 0, ERASE, REDACT_ALONE),
    every_point(row(Act::Redact, 1, ERASE, REDACT_WITH_ONE)),
    row(Act::Redact, 2, ERASE, REDACT_WITH_TWO),
    row(Act::RedactGuest, 0, ERASE, REDACT_ALONE),
    every_point(row(Act::RedactGuest, 1, ERASE, REDACT_WITH_ONE)),
    row(Act::RedactGuest, 2, ERASE, REDACT_WITH_TWO),
    row(
        Act::RecoverBeforeCommit,
        0,
        None,
        &[
            "recover/abandon",
            "recover/discard-root",
            "ledger/keep-checkpoint",
        ],
    ),
    every_point(row(
        Act::RecoverBeforeCommit,
        1,
        None,
        &[
            "recover/abandon",
            "recover/discard-root",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    )),
    row(
        Act::RecoverBeforeCommit,
        2,
        None,
        &[
            "recover/abandon",
            "recover/discard-root",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    row(Act::RecoverAfterCommit, 0, None, RECOVER_ALONE),
    every_point(row(Act::RecoverAfterCommit, 1, None, RECOVER_WITH_ONE)),
    row(Act::RecoverAfterCommit, 2, None, RECOVER_WITH_TWO),
    row(
        Act::SnapshotInit,
        0,
        None,
        &[
            "snapshot/register",
            "ledger/entry",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    every_point(row(
        Act::SnapshotInit,
        1,
        None,
        &[
            "snapshot/register",
            "ledger/entry",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    )),
    row(
        Act::SnapshotInit,
        2,
        None,
        &[
            "snapshot/register",
            "ledger/entry",
            "rotation/fence",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    every_point(row(
        Act::SnapshotCreate,
        1,
        None,
        &[
            "snapshot/create",
            "ledger/entry",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    )),
    row(
        Act::SnapshotCreate,
        2,
        None,
        &[
            "snapshot/create",
            "ledger/entry",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    every_point(row(
        Act::SnapshotUnregister,
        1,
        None,
        &[
            "ledger/entry",
            "snapshot/unregister",
            "ledger/keep-checkpoint",
        ],
    )),
    row(
        Act::SnapshotUnregister,
        2,
        None,
        &[
            "ledger/entry",
            "snapshot/unregister",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    every_point(row(
        Act::Restore,
        1,
        None,
        &["restore/fill", "restore/blobs", "restore/rename"],
    )),
    row(
        Act::Restore,
        2,
        None,
        &["restore/fill", "restore/blobs", "restore/rename"],
    ),
    row(Act::OwnNumbers, 0, None, &["house/numbers"]),
    every_point(row(Act::OwnNumbers, 1, None, &["house/numbers"])),
    row(Act::OwnNumbers, 2, None, &["house/numbers"]),
    row(
        Act::Reveal,
        0,
        None,
        &["ledger/entry", "ledger/keep-checkpoint"],
    ),
    every_point(row(
        Act::Reveal,
        1,
        None,
        &["ledger/entry", "rotation/fence", "ledger/keep-checkpoint"],
    )),
    row(
        Act::Reveal,
        2,
        None,
        &[
            "ledger/entry",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    row(
        Act::RevealAttachment,
        0,
        None,
        &["ledger/entry", "ledger/keep-checkpoint"],
    ),
    every_point(row(
        Act::RevealAttachment,
        1,
        None,
        &["ledger/entry", "rotation/fence", "ledger/keep-checkpoint"],
    )),
    row(
        Act::RevealAttachment,
        2,
        None,
        &[
            "ledger/entry",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    row(
        Act::StaffAdd,
        0,
        None,
        &["staff/add", "ledger/keep-checkpoint"],
    ),
    every_point(row(
        Act::StaffAdd,
        1,
        None,
        &["staff/add", "rotation/fence", "ledger/keep-checkpoint"],
    )),
    row(
        Act::StaffAdd,
        2,
        None,
        &[
            "staff/add",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
    row(
        Act::StaffDisable,
        0,
        None,
        &["staff/disable", "ledger/keep-checkpoint"],
    ),
    every_point(row(
        Act::StaffDisable,
        1,
        None,
        &["staff/disable", "rotation/fence", "ledger/keep-checkpoint"],
    )),
    row(
        Act::StaffDisable,
        2,
        None,
        &[
            "staff/disable",
            "rotation/fence",
            "rotation/fence",
            "ledger/keep-checkpoint",
        ],
    ),
];

const ERASE_ALONE: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "rotation/commit",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "ledger/keep-checkpoint",
];

const REDACT_ALONE: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "redact/files",
    "rotation/commit",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "ledger/keep-checkpoint",
];

const ERASE_WITH_ONE: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "rotation/commit",
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "ledger/keep-checkpoint",
];

const REDACT_WITH_ONE: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "redact/files",
    "rotation/commit",
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "ledger/keep-checkpoint",
];

const ERASE_WITH_TWO: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "rotation/commit",
    "rotation/fence",
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "rotation/fence",
    "ledger/keep-checkpoint",
];

const REDACT_WITH_TWO: &[&str] = &[
    "erase/intent",
    "rotation/create-root",
    "redact/files",
    "rotation/commit",
    "rotation/fence",
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "rotation/fence",
    "ledger/keep-checkpoint",
];

const RECOVER_ALONE: &[&str] = &[
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "ledger/keep-checkpoint",
];

const RECOVER_WITH_ONE: &[&str] = &[
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "ledger/keep-checkpoint",
];

const RECOVER_WITH_TWO: &[&str] = &[
    "rotation/fence",
    "rotation/fence",
    "rotation/verify",
    "rotation/destroy-root",
    "rotation/erased-entry",
    "erase/blobs",
    "erase/log",
    "erase/completed-entry",
    "rotation/fence",
    "rotation/fence",
    "ledger/keep-checkpoint",
];
