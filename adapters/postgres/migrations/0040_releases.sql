-- Cases that ended without our code: who let go of them, why, and what stood then. Nobody can change it.

CREATE TABLE lienthong.case_releases (
    case_code   text        PRIMARY KEY REFERENCES lienthong.cases (case_code),
    released_by text        NOT NULL CHECK (released_by <> ''),
    reason      text        NOT NULL CHECK (reason <> ''),
    forced      boolean     NOT NULL,
    run_status  text        NOT NULL,
    known_from  text        NOT NULL CHECK (known_from IN ('case', 'ledger')),
    dossiers    jsonb       NOT NULL,
    released_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT ON lienthong.case_releases TO lienthong_worker;

-- What claims to be open is few beside what is closed.
CREATE INDEX open_cases ON lienthong.cases (recorded_at) WHERE closed_at IS NULL;
