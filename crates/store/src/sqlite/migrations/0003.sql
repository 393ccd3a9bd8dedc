-- A message's new version says whose place it takes: the item number that the message had when it came. A fence copies new
-- versions of what a repository has, and a restore gives them back with the snapshot that had the first one.
ALTER TABLE item ADD COLUMN replaces INTEGER;
CREATE INDEX item_new_version ON item (tenant, owner) WHERE replaces IS NOT NULL;
