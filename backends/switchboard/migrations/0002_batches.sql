-- Families are entered in batches of a thousand, whichever is asked for first.
CREATE TABLE settled_batch (
    number integer PRIMARY KEY CHECK (number >= 0),
    settled_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO settled_batch (number)
SELECT generate_series(0, families / 1000 - 1) FROM settled;

DROP TABLE settled;
