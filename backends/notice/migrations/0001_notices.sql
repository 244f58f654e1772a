CREATE TABLE notice (
    key text PRIMARY KEY CHECK (key ~ '^[A-Za-z0-9._-]{1,128}$'),
    case_code text NOT NULL,
    digest text NOT NULL,
    said json NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    received_at timestamptz NOT NULL
);

CREATE INDEX notice_case ON notice (case_code, number);
