-- What a house keeps besides records: staff, requests, holds, rules in force, recipients. Each has a node and a seed of its own; what it
-- says is sealed in control_item, the newest version counts. `ordinal` leads to it through the branches of its subtree.
CREATE TABLE register (
    tenant  INTEGER NOT NULL,
    node    INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    state   TEXT NOT NULL,
    PRIMARY KEY (tenant, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_by_kind ON register (tenant, kind, node);

-- What is said of records: held, restricted, hidden, frozen by a request. `item` is -1 where it is a node with all below it.
-- `register` is the hold, the request or the like that says so.
CREATE TABLE flag (
    tenant   INTEGER NOT NULL,
    node     INTEGER NOT NULL,
    item     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    register INTEGER NOT NULL,
    PRIMARY KEY (tenant, node, item, kind, register)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_by_register ON flag (tenant, register);
CREATE INDEX flag_by_kind ON flag (tenant, kind);

-- Work that becomes due. Ids and times only: there is no payload that would have to be forgotten.
CREATE TABLE job (
    tenant      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    node        INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    lease_by    INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_by_due ON job (tenant, due_at);

ALTER TABLE tenant ADD COLUMN next_staff INTEGER NOT NULL DEFAULT 0;
