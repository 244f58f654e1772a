-- Who asked what a deceased person was entitled to, for auditors. Both are keyed hashes; no amount, no name.

CREATE TABLE lienthong.inquiries (
    workflow_id     text        NOT NULL,
    run_id          text        NOT NULL,
    asked_at        timestamptz NOT NULL,
    asker           text        NOT NULL,
    relation        text        NOT NULL,
    about           text        NOT NULL,
    procedure_group text        NOT NULL,
    fund            text        NOT NULL,
    reasons         text[]      NOT NULL,
    not_asked       text[]      NOT NULL,
    PRIMARY KEY (workflow_id, run_id)
);

CREATE INDEX inquiries_of_asker ON lienthong.inquiries (asker, asked_at);

GRANT SELECT, INSERT ON lienthong.inquiries TO lienthong_worker;
