-- Older households are entered in batches of five hundred, whichever is asked for first.
CREATE TABLE settled_elders (
    number integer PRIMARY KEY CHECK (number >= 0),
    settled_at timestamptz NOT NULL DEFAULT now()
);
