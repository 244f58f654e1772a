CREATE TABLE person (
    personal_number text PRIMARY KEY CHECK (personal_number ~ '^[0-9]{12}$'),
    full_name text NOT NULL CHECK (full_name <> ''),
    sex text NOT NULL CHECK (sex IN ('male', 'female')),
    date_of_birth date NOT NULL,
    -- AAA-B-CC-NNNNNN: B tells century and sex, CC the year of birth.
    CHECK (substr(personal_number, 4, 1)::integer
           = (extract(year FROM date_of_birth)::integer / 100 - 19) * 2
             + CASE sex WHEN 'male' THEN 0 ELSE 1 END),
    CHECK (substr(personal_number, 5, 2)::integer
           = extract(year FROM date_of_birth)::integer % 100)
);

-- The last number given out under each prefix AAA-B-CC. It only grows, so a number is never
-- given twice, even to a person struck from the register. 400000 and above are the invented adults'.
CREATE TABLE number_series (
    prefix text PRIMARY KEY CHECK (prefix ~ '^[0-9]{6}$'),
    last integer NOT NULL CHECK (last BETWEEN 1 AND 399999)
);

CREATE TABLE newborn (
    event text PRIMARY KEY,
    facts_digest text NOT NULL,
    personal_number text NOT NULL UNIQUE REFERENCES person,
    mother text REFERENCES person,
    father text REFERENCES person,
    issued_at timestamptz NOT NULL
);

CREATE TABLE newborn_request (
    key text PRIMARY KEY,
    digest text NOT NULL,
    answer json NOT NULL,
    received_at timestamptz NOT NULL
);
