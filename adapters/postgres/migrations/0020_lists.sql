-- Persons to be listed for the insurer, each once for ever, and the numbered lists they stand on.
-- Who they are is sealed under the key of cases; `person_hash` is keyed, and tells nothing without that key.

CREATE TABLE lienthong.person_lists (
    number          text        PRIMARY KEY,
    kind            text        NOT NULL,
    place           text        NOT NULL,
    place_name      text        NOT NULL,
    until           date        NOT NULL,
    compiled_at     timestamptz NOT NULL,
    line_count      integer     NOT NULL CHECK (line_count >= 1),
    fee_per_line    bigint      NOT NULL CHECK (fee_per_line >= 0),
    fee_total       bigint      NOT NULL CHECK (fee_total = line_count * fee_per_line),
    fee_basis       jsonb       NOT NULL,
    acknowledged_at timestamptz,
    taken           integer     CHECK (taken BETWEEN 0 AND line_count),
    trouble         text,
    CHECK ((acknowledged_at IS NULL) = (taken IS NULL))
);

CREATE INDEX lists_unacknowledged ON lienthong.person_lists (kind, place) WHERE acknowledged_at IS NULL;

CREATE TABLE lienthong.list_numbers (
    prefix text    PRIMARY KEY,
    last   integer NOT NULL CHECK (last >= 1)
);

CREATE TABLE lienthong.list_lines (
    kind             text        NOT NULL,
    person_hash      text        NOT NULL,
    case_id          text        NOT NULL,
    run_id           text        NOT NULL,
    case_code        text        NOT NULL,
    procedure        text        NOT NULL,
    place            text        NOT NULL,
    place_name       text        NOT NULL,
    commune          text        NOT NULL,
    district         text,
    province         text,
    occurred_on      date        NOT NULL,
    sealed           bytea       NOT NULL,
    written_at       timestamptz NOT NULL DEFAULT now(),
    list_number      text        REFERENCES lienthong.person_lists,
    line_number      integer     CHECK (line_number >= 1),
    rejected_because text,
    settled_at       timestamptz,
    settled_by       text,
    settled_how      text,
    PRIMARY KEY (kind, person_hash),
    UNIQUE (list_number, line_number),
    CHECK ((list_number IS NULL) = (line_number IS NULL)),
    CHECK (settled_at IS NULL OR (settled_by IS NOT NULL AND settled_how IS NOT NULL))
);

-- Ciphertext does not compress.
ALTER TABLE lienthong.list_lines ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE INDEX list_lines_waiting ON lienthong.list_lines (kind, place, occurred_on) WHERE list_number IS NULL;

-- Once a person stands on a list, no compiler can put them on another, whatever it believes.
CREATE FUNCTION lienthong.keep_on_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a person stands on one list for ever' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER once_on_a_list BEFORE UPDATE OF list_number, line_number ON lienthong.list_lines
    FOR EACH ROW WHEN (OLD.list_number IS NOT NULL) EXECUTE FUNCTION lienthong.keep_on_list();

GRANT SELECT, INSERT ON lienthong.person_lists, lienthong.list_lines TO lienthong_worker;
GRANT SELECT, INSERT, UPDATE ON lienthong.list_numbers TO lienthong_worker;
GRANT UPDATE (acknowledged_at, taken, trouble) ON lienthong.person_lists TO lienthong_worker;
GRANT UPDATE (list_number, line_number, rejected_because, settled_at, settled_by, settled_how)
    ON lienthong.list_lines TO lienthong_worker;
