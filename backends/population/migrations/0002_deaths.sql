-- A death stays in the register; one entered in error is revoked, and the person is alive again.
CREATE TABLE death (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    personal_number text NOT NULL REFERENCES person,
    died_on date NOT NULL,
    entered_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

-- Nobody dies twice.
CREATE UNIQUE INDEX one_death ON death (personal_number) WHERE revoked_at IS NULL;

CREATE TABLE death_request (
    key text PRIMARY KEY,
    digest text NOT NULL,
    answer json NOT NULL,
    death bigint REFERENCES death,
    received_at timestamptz NOT NULL
);

-- Finding somebody whose number nobody knows.
CREATE INDEX person_birthday ON person (date_of_birth);

CREATE FUNCTION keep_death() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a death is revoked once, never taken out or brought back';
END
$$;

CREATE TRIGGER deaths_stay BEFORE DELETE ON death FOR EACH ROW EXECUTE FUNCTION keep_death();
CREATE TRIGGER revoked_stays_revoked BEFORE UPDATE ON death
    FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION keep_death();
