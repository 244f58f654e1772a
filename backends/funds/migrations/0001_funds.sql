-- Claims for money after a death, wherever they came from; one that came to nothing is closed.
CREATE TABLE claim (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    personal_number text NOT NULL CHECK (personal_number ~ '^[0-9]{12}$'),
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    channel text NOT NULL CHECK (channel ~ '^[a-z_]{1,40}$'),
    received_on date NOT NULL,
    paid boolean NOT NULL DEFAULT false,
    dossier_key text UNIQUE REFERENCES dossier,
    closed_at timestamptz,
    CHECK ((channel = 'case') = (dossier_key IS NOT NULL))
);

-- Each benefit once for each deceased, whoever claims.
CREATE UNIQUE INDEX one_claim ON claim (personal_number, kind) WHERE closed_at IS NULL;

CREATE TABLE decision_series (
    prefix text PRIMARY KEY,
    last integer NOT NULL CHECK (last >= 1)
);

CREATE TABLE benefit_decision (
    decision_number text PRIMARY KEY,
    claim bigint NOT NULL UNIQUE REFERENCES claim,
    amount bigint NOT NULL CHECK (amount > 0),
    formula text NOT NULL,
    basis text NOT NULL,
    decided_on date NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

-- Who was asked about, and what was answered: each asking can be accounted for.
CREATE TABLE question (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purpose text NOT NULL,
    asked json NOT NULL,
    answered json NOT NULL,
    asked_at timestamptz NOT NULL
);

-- Every entry a clerk made in a record, with what then stood there.
CREATE TABLE record_entry (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    personal_number text NOT NULL,
    said json NOT NULL,
    entered_at timestamptz NOT NULL
);

CREATE FUNCTION keep_benefit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'claims are closed and decisions revoked, never taken out';
END
$$;

CREATE TRIGGER claims_stay BEFORE DELETE ON claim FOR EACH ROW EXECUTE FUNCTION keep_benefit();
CREATE TRIGGER decisions_stay BEFORE DELETE ON benefit_decision
    FOR EACH ROW EXECUTE FUNCTION keep_benefit();
