-- What closed cases were, for corrections that come years later; and the corrections themselves.
-- A file holds what was issued and how the family is reached, so it is sealed under the key of cases, and nobody can change it.

CREATE TABLE lienthong.case_files (
    case_id    text        NOT NULL,
    run_id     text        NOT NULL,
    case_code  text        NOT NULL UNIQUE,
    sealed     bytea       NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, run_id)
);

-- Ciphertext does not compress.
ALTER TABLE lienthong.case_files ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- A report holds officers' ids and no personal data.
CREATE TABLE lienthong.corrections (
    correction_id text        PRIMARY KEY,
    run_id        text        NOT NULL,
    case_code     text        NOT NULL REFERENCES lienthong.cases (case_code),
    act           text        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('corrected', 'revoked')),
    digest        text        NOT NULL,
    approved_by   text,
    state         text        NOT NULL,
    holds_case    boolean     NOT NULL DEFAULT false,
    is_in_force   boolean     NOT NULL DEFAULT false,
    report        jsonb,
    recorded_at   timestamptz NOT NULL,
    written_at    timestamptz NOT NULL DEFAULT now()
);

-- Two corrections of one case never run at once.
CREATE UNIQUE INDEX one_correction_at_a_time ON lienthong.corrections (case_code) WHERE holds_case;
CREATE INDEX corrections_by_case ON lienthong.corrections (case_code, recorded_at);

GRANT SELECT, INSERT ON lienthong.case_files TO lienthong_worker;
GRANT SELECT, INSERT, UPDATE ON lienthong.corrections TO lienthong_worker;
