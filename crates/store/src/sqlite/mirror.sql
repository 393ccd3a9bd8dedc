-- What a snapshot repository has besides the store's own tables.

CREATE TABLE snapshot (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    created_at    INTEGER NOT NULL,
    epoch         INTEGER NOT NULL,
    guests        INTEGER NOT NULL,
    conversations INTEGER NOT NULL,
    messages      INTEGER NOT NULL,
    attachments   INTEGER NOT NULL
) STRICT;

-- Up to which item each snapshot has copied an owner's content; the newest row is where the next one begins.
CREATE TABLE copied (
    owner      INTEGER NOT NULL,
    snapshot   INTEGER NOT NULL,
    next_index INTEGER NOT NULL,
    PRIMARY KEY (owner, snapshot)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror (
    repository TEXT NOT NULL,
    tenant_id  BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    fenced_at  INTEGER NOT NULL,
    adopted_by TEXT
) STRICT;
