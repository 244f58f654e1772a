CREATE SEQUENCE insurance_number AS bigint MINVALUE 1 MAXVALUE 49999999 NO CYCLE;

-- One mã số BHXH for each person, for ever. 50000000 and above belong to the invented adults.
CREATE TABLE member (
    personal_number text PRIMARY KEY CHECK (personal_number ~ '^[0-9]{12}$'),
    insurance_number text NOT NULL UNIQUE CHECK (insurance_number ~ '^[0-9]{10}$'),
    household text NOT NULL,
    full_name text NOT NULL,
    date_of_birth date NOT NULL
);

CREATE INDEX member_household ON member (household);

-- One card for each person, for ever: the primary key says so.
CREATE TABLE card (
    personal_number text PRIMARY KEY REFERENCES member,
    card_number text NOT NULL UNIQUE CHECK (card_number ~ '^TE1[0-9]{12}$'),
    dossier_key text NOT NULL UNIQUE REFERENCES dossier,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    first_care_facility text NOT NULL,
    issued_on date NOT NULL,
    CHECK (valid_to > valid_from)
);

CREATE FUNCTION keep_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a card is never taken out of the register';
END
$$;

CREATE TRIGGER cards_stay BEFORE DELETE ON card FOR EACH ROW EXECUTE FUNCTION keep_card();
