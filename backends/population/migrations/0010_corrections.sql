-- A number fits the facts it was given on; facts corrected later do not change it.
ALTER TABLE person DROP CONSTRAINT person_check, DROP CONSTRAINT person_check1;

CREATE FUNCTION refuse_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the number does not fit sex and year of birth'
        USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER number_fits BEFORE INSERT ON person FOR EACH ROW
    WHEN (substr(NEW.personal_number, 4, 1)::integer
              <> (extract(year FROM NEW.date_of_birth)::integer / 100 - 19) * 2
                 + CASE NEW.sex WHEN 'male' THEN 0 ELSE 1 END
          OR substr(NEW.personal_number, 5, 2)::integer
              <> extract(year FROM NEW.date_of_birth)::integer % 100)
    EXECUTE FUNCTION refuse_number();

-- A closed number belongs to nobody any more, and is never given again.
ALTER TABLE person ADD COLUMN closed_on date;

CREATE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a number is never taken out of the register, and once closed never opened';
END
$$;

CREATE TRIGGER persons_stay BEFORE DELETE ON person FOR EACH ROW EXECUTE FUNCTION keep_person();
CREATE TRIGGER closed_stays_closed BEFORE UPDATE ON person
    FOR EACH ROW WHEN (OLD.closed_on IS NOT NULL) EXECUTE FUNCTION keep_person();

-- The birth of a closed number may be numbered anew.
ALTER TABLE newborn
    DROP CONSTRAINT newborn_pkey,
    DROP CONSTRAINT newborn_personal_number_key,
    ADD PRIMARY KEY (personal_number),
    ADD COLUMN closed_at timestamptz;
CREATE UNIQUE INDEX newborn_event ON newborn (event) WHERE closed_at IS NULL;

-- What was known of a person before each correction.
CREATE TABLE person_before (
    personal_number text NOT NULL REFERENCES person,
    correction_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('corrected', 'revoked')),
    full_name text NOT NULL,
    sex text NOT NULL,
    date_of_birth date NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (personal_number, correction_id)
);
