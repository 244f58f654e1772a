-- The forms of cases, each sealed under the key of cases: nothing in them can be read here, and nobody can change them.

CREATE TABLE lienthong.documents (
    case_id    text        NOT NULL,
    run_id     text        NOT NULL,
    case_code  text        NOT NULL,
    form       text        NOT NULL CHECK (form ~ '^0[1-7]$'),
    number     integer     NOT NULL CHECK (number >= 1),
    sha256     text        NOT NULL CHECK (sha256 = encode(sha256(sealed), 'hex')),
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, run_id, form, number)
);

-- Ciphertext does not compress.
ALTER TABLE lienthong.documents ALTER COLUMN sealed SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON lienthong.documents TO lienthong_worker;

-- The register of a period reads the cases of that period alone.
CREATE INDEX cases_by_recording ON lienthong.cases (recorded_at);
