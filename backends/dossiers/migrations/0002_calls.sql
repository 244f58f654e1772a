-- Decisions an agency owes its cases a call about, written in the transaction that makes them.
CREATE TABLE decision_call (
    decision_id text PRIMARY KEY,
    dossier_key text NOT NULL REFERENCES dossier,
    case_code text NOT NULL,
    said json NOT NULL,
    state text NOT NULL DEFAULT 'owed'
        CHECK (state IN ('owed', 'taken', 'rejected', 'case_closed', 'unknown', 'outdated', 'given_up')),
    because text,
    attempts integer NOT NULL DEFAULT 0,
    owed_since timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    ended_at timestamptz
);

CREATE INDEX decision_call_owed ON decision_call (next_at) WHERE state = 'owed';
CREATE INDEX decision_call_of_dossier ON decision_call (dossier_key) WHERE state = 'owed';
