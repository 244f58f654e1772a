-- What was claimed for a registration that was revoked may be claimed again.
ALTER TABLE birth_registration
    DROP CONSTRAINT birth_registration_event_fkey,
    DROP CONSTRAINT birth_registration_pkey,
    DROP CONSTRAINT birth_registration_dossier_key_key,
    ADD PRIMARY KEY (dossier_key);
ALTER TABLE birth_claim
    DROP CONSTRAINT birth_claim_pkey,
    DROP CONSTRAINT birth_claim_dossier_key_key,
    ADD PRIMARY KEY (dossier_key),
    ADD COLUMN released_at timestamptz;
ALTER TABLE birth_registration ADD FOREIGN KEY (dossier_key) REFERENCES birth_claim;
CREATE UNIQUE INDEX birth_claimed ON birth_claim (event) WHERE released_at IS NULL;

-- Version 1 is the registration as it was entered. Each later act adds one, and changes none.
CREATE TABLE birth_version (
    dossier_key text NOT NULL REFERENCES birth_registration,
    version integer NOT NULL CHECK (version >= 2),
    kind text NOT NULL CHECK (kind IN ('corrected', 'revoked')),
    correction_id text NOT NULL,
    full_name text NOT NULL,
    sex text NOT NULL CHECK (sex IN ('male', 'female')),
    date_of_birth date NOT NULL,
    facts json NOT NULL,
    certificate_number text UNIQUE,
    legal_basis text NOT NULL,
    decided_by text NOT NULL,
    approved_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (dossier_key, version),
    UNIQUE (dossier_key, correction_id),
    CHECK ((certificate_number IS NULL) = (kind = 'revoked'))
);

CREATE FUNCTION keep_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a registered birth is never changed or taken out: a later act adds a version';
END
$$;

CREATE TRIGGER births_stay BEFORE UPDATE OR DELETE ON birth_registration
    FOR EACH ROW EXECUTE FUNCTION keep_birth();
CREATE TRIGGER versions_stay BEFORE UPDATE OR DELETE ON birth_version
    FOR EACH ROW EXECUTE FUNCTION keep_birth();
