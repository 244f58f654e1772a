CREATE TABLE death_series (
    commune text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CHECK (last >= 1),
    PRIMARY KEY (commune, year)
);

-- A registration stays; one made in error is revoked, and a true one may follow.
CREATE TABLE death_registration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dossier_key text NOT NULL UNIQUE REFERENCES dossier,
    personal_number text NOT NULL CHECK (personal_number ~ '^[0-9]{12}$'),
    notice_digest text CHECK (notice_digest ~ '^[0-9a-f]{64}$'),
    full_name text NOT NULL,
    died_at timestamptz NOT NULL,
    registered_on date NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

-- Nobody is registered dead twice, and a notice proves one death.
CREATE UNIQUE INDEX one_registration ON death_registration (personal_number)
    WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX one_notice ON death_registration (notice_digest) WHERE revoked_at IS NULL;

-- The extract (trích lục khai tử) that a registration hands out, and its page in the book; one more
-- for each correction, with the facts that hold from then on.
CREATE TABLE death_certificate (
    certificate_number text PRIMARY KEY,
    registration bigint NOT NULL REFERENCES death_registration,
    commune text NOT NULL CHECK (commune ~ '^[0-9]{5}$'),
    year integer NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    book text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    correction_id text,
    facts json,
    UNIQUE (commune, year, number),
    UNIQUE (registration, version)
);

-- Sensitive: stands nowhere else, once a dossier is decided.
CREATE TABLE death_cause (
    registration bigint PRIMARY KEY REFERENCES death_registration,
    cause_of_death text NOT NULL
);

CREATE FUNCTION keep_registration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a registration is never taken out of the book';
END
$$;

CREATE TRIGGER registrations_stay BEFORE DELETE ON death_registration
    FOR EACH ROW EXECUTE FUNCTION keep_registration();
CREATE TRIGGER certificates_stay BEFORE DELETE ON death_certificate
    FOR EACH ROW EXECUTE FUNCTION keep_registration();
