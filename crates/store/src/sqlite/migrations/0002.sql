-- Tags of messages lie by conversation: they are random, and those of one conversation should be on one page (ADR 0009).
DROP INDEX item_by_source_tag;
CREATE UNIQUE INDEX item_by_source_tag ON item (tenant, owner, source_tag) WHERE source_tag IS NOT NULL;

-- From here on `suppression.source_tag` of a single message is its conversation's tag, then its own. `dropped` is never
-- pruned: a mirror that was put back to an old state has to lose what was dropped since, however long ago.
