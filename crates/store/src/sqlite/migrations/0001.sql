-- The first layout. Every table's key begins with the tenant. Columns are classified in data-map.toml.
-- `revision` is the tenant's counter of changes; `changed` says at which one a node's rows last changed, so that a
-- fence copies what is newer than its last.

CREATE TABLE tenant (
    tenant             INTEGER PRIMARY KEY,
    id                 BLOB NOT NULL UNIQUE,
    epoch              INTEGER NOT NULL,
    root_kid           TEXT NOT NULL,
    next_kid           TEXT,
    top                INTEGER NOT NULL,
    top_key_version    INTEGER NOT NULL,
    top_wrap           BLOB NOT NULL,
    next_node          INTEGER NOT NULL,
    next_guest         INTEGER NOT NULL,
    next_case          INTEGER NOT NULL,
    revision           INTEGER NOT NULL,
    checkpoint         TEXT
) STRICT;

-- Keys, each wrapped by its parent's. Children lie together: a rotation re-wraps them in one sweep.
CREATE TABLE node (
    tenant      INTEGER NOT NULL,
    parent      INTEGER NOT NULL,
    slot        INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    key_version INTEGER NOT NULL,
    wrap        BLOB NOT NULL,
    PRIMARY KEY (tenant, parent, slot)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX node_by_id ON node (tenant, id);

-- Frontiers of puncturable seeds, sealed by their owner's key.
CREATE TABLE seed (
    tenant   INTEGER NOT NULL,
    owner    INTEGER NOT NULL,
    segment  INTEGER NOT NULL,
    sealed   BLOB NOT NULL,
    PRIMARY KEY (tenant, owner, segment)
) STRICT, WITHOUT ROWID;

CREATE TABLE guest (
    tenant            INTEGER NOT NULL,
    node              INTEGER NOT NULL,
    ordinal           INTEGER NOT NULL,
    next_conversation INTEGER NOT NULL,
    source_tag        BLOB NOT NULL,
    PRIMARY KEY (tenant, node)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX guest_by_source_tag ON guest (tenant, source_tag);

CREATE TABLE conversation (
    tenant      INTEGER NOT NULL,
    node        INTEGER NOT NULL,
    guest       INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    next_index  INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    open        INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    opened_at   INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    source_tag  BLOB NOT NULL,
    PRIMARY KEY (tenant, node)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conversation_by_source_tag ON conversation (tenant, source_tag);
CREATE INDEX conversation_by_guest ON conversation (tenant, guest);

-- Content: sealed once, never changed. `item` is segment * 4096 + index within its owner.
CREATE TABLE item (
    tenant     INTEGER NOT NULL,
    owner      INTEGER NOT NULL,
    item       INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    source_tag BLOB,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (tenant, owner, item)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX item_by_source_tag ON item (tenant, source_tag) WHERE source_tag IS NOT NULL;
CREATE INDEX item_label ON item (tenant, owner) WHERE kind = 6; -- labels

-- Sealed Bloom filters over the conversation's messages. A table of their own: a search reads all of them.
CREATE TABLE sketch (
    tenant INTEGER NOT NULL,
    owner  INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (tenant, owner, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    tenant INTEGER NOT NULL,
    owner  INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    name   TEXT NOT NULL,
    bytes  INTEGER NOT NULL,
    PRIMARY KEY (tenant, owner, item)
) STRICT, WITHOUT ROWID;

-- Sealed control: settings, scopes of erasures, bodies of ledger entries.
CREATE TABLE control_item (
    tenant   INTEGER NOT NULL,
    owner    INTEGER NOT NULL,
    item     INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    sealed   BLOB NOT NULL,
    PRIMARY KEY (tenant, owner, item)
) STRICT, WITHOUT ROWID;

-- One row a case (an erasure, a snapshot, a registration). State is the step that was last made durable.
CREATE TABLE case_state (
    tenant   INTEGER NOT NULL,
    node     INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    state    TEXT NOT NULL,
    intent   INTEGER,
    old_kid  TEXT,
    new_kid  TEXT,
    PRIMARY KEY (tenant, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_entry (
    tenant INTEGER NOT NULL,
    leaf   INTEGER NOT NULL,
    entry  BLOB NOT NULL,
    owner  INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    PRIMARY KEY (tenant, leaf)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_entry_by_owner ON ledger_entry (tenant, owner);

CREATE TABLE ledger_hash (
    tenant  INTEGER NOT NULL,
    stored  INTEGER NOT NULL,
    hash    BLOB NOT NULL,
    PRIMARY KEY (tenant, stored)
) STRICT, WITHOUT ROWID;

-- A node whose own rows (children, seeds, guest, conversation, case, control items) changed, and when.
CREATE TABLE changed (
    tenant   INTEGER NOT NULL,
    node     INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (tenant, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX changed_by_revision ON changed (tenant, revision);

-- Keyed tags of erased source ids: they stay away from later imports.
CREATE TABLE suppression (
    tenant     INTEGER NOT NULL,
    source_tag BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    PRIMARY KEY (tenant, source_tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppression_by_revision ON suppression (tenant, revision);

-- What was dropped, for mirrors that still have it. `item` is -1 where a whole node went.
CREATE TABLE dropped (
    tenant   INTEGER NOT NULL,
    node     INTEGER NOT NULL,
    item     INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (tenant, node, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX dropped_by_revision ON dropped (tenant, revision);

-- Blobs whose rows are gone and whose files are still to be removed.
CREATE TABLE blob_removal (
    tenant INTEGER NOT NULL,
    name   TEXT NOT NULL,
    case_node INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE repository (
    tenant          INTEGER NOT NULL,
    id              TEXT NOT NULL,
    folder          TEXT NOT NULL,
    fenced_revision INTEGER NOT NULL,
    fenced_at       INTEGER NOT NULL,
    -- Set where this store was restored from it and has not written to it yet: the snapshot, the mirror's revision then,
    -- and a name of this restore.
    adopt_snapshot  INTEGER,
    adopt_revision  INTEGER,
    adopt_name      TEXT,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
