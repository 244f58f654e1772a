-- A reminder is leased in a moment, sent outside any transaction, and then marked as what became of it.
-- Until now one that the office refused was marked as sent: of those before this, nothing more is known.

ALTER TABLE lienthong.outbox
    ADD COLUMN attempts     integer     NOT NULL DEFAULT 0,
    ADD COLUMN leased_until timestamptz,
    ADD COLUMN rests_until  timestamptz,
    ADD COLUMN refused_at   timestamptz,
    ADD COLUMN last_error   text,
    ADD CONSTRAINT sent_or_refused CHECK (sent_at IS NULL OR refused_at IS NULL);

DROP INDEX lienthong.outbox_unsent;
CREATE INDEX outbox_waiting ON lienthong.outbox (written_at, key)
    WHERE sent_at IS NULL AND refused_at IS NULL;
CREATE INDEX outbox_refused ON lienthong.outbox (refused_at) WHERE refused_at IS NOT NULL;
