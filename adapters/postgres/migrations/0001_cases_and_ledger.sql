-- Cases, so that one life event has one case; and the ledger, which nobody can change.
-- Nothing here is personal data: the notice number is the one accepted exception.

CREATE TABLE lienthong.cases (
    case_code          text        PRIMARY KEY,
    case_id            text        NOT NULL,
    run_id             text        NOT NULL,
    procedure_group    text        NOT NULL,
    event_key          text        NOT NULL,
    declaration_digest text        NOT NULL,
    law_version        text        NOT NULL,
    opening            jsonb       NOT NULL,
    holds_event        boolean     NOT NULL DEFAULT true,
    state              text        NOT NULL DEFAULT 'in_progress',
    recorded_at        timestamptz NOT NULL,
    promised_at        timestamptz NOT NULL,
    closed_at          timestamptz,
    UNIQUE (case_id, run_id)
);

CREATE UNIQUE INDEX one_case_per_event ON lienthong.cases (event_key) WHERE holds_event;

CREATE TABLE lienthong.case_numbers (
    code_prefix text    PRIMARY KEY,
    last        integer NOT NULL CHECK (last BETWEEN 1 AND 9999999)
);

CREATE TABLE lienthong.ledger_entries (
    case_id     text        NOT NULL,
    run_id      text        NOT NULL,
    seq         integer     NOT NULL CHECK (seq >= 1),
    case_code   text,
    at          timestamptz NOT NULL,
    event       text        NOT NULL,
    procedure   text,
    agency      text,
    facts       jsonb       NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, run_id, seq)
);

CREATE INDEX ledger_by_code ON lienthong.ledger_entries (case_code, seq);

-- Reminders to agencies, written together with the entries that tell of them, then sent.
CREATE TABLE lienthong.outbox (
    key        text        PRIMARY KEY,
    notice     jsonb       NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz
);

CREATE INDEX outbox_unsent ON lienthong.outbox (written_at) WHERE sent_at IS NULL;

GRANT USAGE ON SCHEMA lienthong TO lienthong_worker;
GRANT SELECT, INSERT ON lienthong.ledger_entries TO lienthong_worker;
GRANT SELECT, INSERT, UPDATE ON lienthong.cases, lienthong.case_numbers, lienthong.outbox
    TO lienthong_worker;
