-- A life event may be told with its notice and again without, so a case claims every key that tells it.
-- Of cases opened before this, only the key they were entered under is known.

ALTER TABLE lienthong.cases ADD CONSTRAINT holder_of_claims UNIQUE (case_code, holds_event);

CREATE TABLE lienthong.event_claims (
    event_key   text    NOT NULL,
    case_code   text    NOT NULL,
    shared      boolean NOT NULL,
    holds_event boolean NOT NULL DEFAULT true,
    PRIMARY KEY (event_key, case_code),
    -- A case that lets go of its event lets go of every claim, whoever says so.
    FOREIGN KEY (case_code, holds_event)
        REFERENCES lienthong.cases (case_code, holds_event) ON UPDATE CASCADE
);

CREATE UNIQUE INDEX one_holder_of_a_claim ON lienthong.event_claims (event_key)
    WHERE holds_event AND NOT shared;
CREATE INDEX claims_of_a_case ON lienthong.event_claims (case_code);

INSERT INTO lienthong.event_claims (event_key, case_code, shared, holds_event)
    SELECT event_key, case_code, false, holds_event FROM lienthong.cases;

GRANT SELECT, INSERT ON lienthong.event_claims TO lienthong_worker;
