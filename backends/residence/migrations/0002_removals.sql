-- Who is struck off stays known, and may be put back.
ALTER TABLE resident
    ADD COLUMN struck_off_on date,
    ADD COLUMN struck_off_by text;
ALTER TABLE household ADD COLUMN householder_died_on date;

CREATE TABLE removal_series (
    commune text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CHECK (last >= 1),
    PRIMARY KEY (commune, year)
);

CREATE TABLE removal_record (
    record_number text PRIMARY KEY,
    dossier_key text NOT NULL UNIQUE REFERENCES dossier,
    personal_number text NOT NULL REFERENCES resident,
    household text NOT NULL REFERENCES household,
    certificate_number text NOT NULL,
    was_householder boolean NOT NULL,
    removed_on date NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

-- Nobody is struck off twice.
CREATE UNIQUE INDEX one_removal ON removal_record (personal_number) WHERE revoked_at IS NULL;

CREATE FUNCTION keep_resident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who lived somewhere is struck off, never taken out of the register';
END
$$;

CREATE TRIGGER residents_stay BEFORE DELETE ON resident
    FOR EACH ROW EXECUTE FUNCTION keep_resident();
CREATE TRIGGER removals_stay BEFORE DELETE ON removal_record
    FOR EACH ROW EXECUTE FUNCTION keep_resident();
