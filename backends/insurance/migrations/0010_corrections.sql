-- A card is printed anew under its own number; what earlier prints said is kept.
ALTER TABLE card
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    ADD COLUMN cancelled_on date;

CREATE TABLE card_before (
    personal_number text NOT NULL REFERENCES card,
    version integer NOT NULL CHECK (version >= 1),
    correction_id text NOT NULL,
    full_name text NOT NULL,
    date_of_birth date NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    replaced_on date NOT NULL,
    PRIMARY KEY (personal_number, version)
);

CREATE TRIGGER cancelled_stays_cancelled BEFORE UPDATE ON card
    FOR EACH ROW WHEN (OLD.cancelled_on IS NOT NULL) EXECUTE FUNCTION keep_card();

-- Lists as they were delivered, each with the receipt it was given.
CREATE TABLE person_list (
    number text PRIMARY KEY CHECK (number ~ '^[A-Za-z0-9._-]{1,128}$'),
    digest text NOT NULL,
    said json NOT NULL,
    receipt json NOT NULL,
    received_at timestamptz NOT NULL
);

CREATE TABLE list_line (
    list_number text NOT NULL REFERENCES person_list DEFERRABLE INITIALLY DEFERRED,
    line integer NOT NULL CHECK (line >= 1),
    kind text NOT NULL CHECK (kind IN ('cards', 'strike_offs')),
    case_code text NOT NULL,
    personal_number text,
    occurred_on date NOT NULL,
    rejected_because text,
    revoked_at timestamptz,
    PRIMARY KEY (list_number, line),
    CHECK (personal_number IS NOT NULL OR rejected_because IS NOT NULL)
);

-- A person is on one list of a kind for ever, unless the act that put them there was revoked.
CREATE UNIQUE INDEX listed_once ON list_line (kind, personal_number)
    WHERE rejected_because IS NULL AND revoked_at IS NULL;
CREATE INDEX list_line_case ON list_line (case_code);

-- Who died is insured no more; who turns out to be alive is insured again.
CREATE TABLE membership_end (
    list_number text NOT NULL,
    line integer NOT NULL,
    personal_number text NOT NULL,
    ended_on date NOT NULL,
    because text NOT NULL CHECK (because IN ('death')),
    restored_at timestamptz,
    PRIMARY KEY (list_number, line),
    FOREIGN KEY (list_number, line) REFERENCES list_line
);
CREATE UNIQUE INDEX ended_once ON membership_end (personal_number) WHERE restored_at IS NULL;

-- Corrections said about the lines of a case.
CREATE TABLE line_correction (
    case_code text NOT NULL,
    correction_id text NOT NULL,
    digest text NOT NULL,
    said json NOT NULL,
    receipt json NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (case_code, correction_id)
);
