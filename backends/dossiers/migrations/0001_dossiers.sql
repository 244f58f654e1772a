CREATE TABLE dossier (
    key text PRIMARY KEY CHECK (key ~ '^[A-Za-z0-9._-]{1,128}$'),
    case_code text NOT NULL,
    procedure text NOT NULL,
    round integer NOT NULL CHECK (round >= 1),
    unit text NOT NULL CHECK (unit ~ '^[0-9]{5}$'),
    filed json NOT NULL,
    digest text NOT NULL,
    received_at timestamptz NOT NULL,
    ready_at timestamptz,
    version integer NOT NULL CHECK (version >= 1),
    outcome text NOT NULL
        CHECK (outcome IN ('accepted', 'granted', 'refused', 'supplement', 'verify')),
    answer json NOT NULL,
    decided_by text,
    withdrawn_at timestamptz
);

CREATE INDEX dossier_open ON dossier (received_at)
    WHERE outcome IN ('accepted', 'supplement', 'verify');
CREATE INDEX dossier_ready ON dossier (ready_at)
    WHERE outcome = 'accepted' AND ready_at IS NOT NULL;

-- What is granted or refused stays so: a later act corrects it, nothing rewrites it.
CREATE FUNCTION keep_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a settled dossier is not changed';
END
$$;

CREATE TRIGGER settled_stays_settled BEFORE UPDATE OR DELETE ON dossier
    FOR EACH ROW WHEN (OLD.outcome IN ('granted', 'refused'))
    EXECUTE FUNCTION keep_settled();

-- Every POST about a dossier, so that said again it is answered the same.
CREATE TABLE posting (
    dossier_key text NOT NULL REFERENCES dossier,
    kind text NOT NULL CHECK (kind IN ('supplement', 'withdrawal', 'correction', 'decision')),
    idempotency_key text NOT NULL,
    digest text NOT NULL,
    said json NOT NULL,
    answer json NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (dossier_key, kind, idempotency_key)
);
