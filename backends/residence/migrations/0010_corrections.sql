-- What became of an entry after the birth it rested on was corrected or revoked.
CREATE TABLE residence_version (
    dossier_key text NOT NULL REFERENCES residence_record (dossier_key),
    version integer NOT NULL CHECK (version >= 2),
    kind text NOT NULL CHECK (kind IN ('renewed', 'cancelled')),
    correction_id text NOT NULL,
    record_number text NOT NULL,
    recorded_on date NOT NULL,
    PRIMARY KEY (dossier_key, version),
    UNIQUE (dossier_key, correction_id)
);

CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what became of an entry stays written';
END
$$;

CREATE TRIGGER versions_stay BEFORE UPDATE OR DELETE ON residence_version
    FOR EACH ROW EXECUTE FUNCTION keep_version();
