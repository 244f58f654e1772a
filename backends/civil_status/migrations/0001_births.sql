CREATE TABLE birth_series (
    commune text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CHECK (last >= 1),
    PRIMARY KEY (commune, year)
);

-- Whoever claims the birth first registers it; no number of the book is spent on the others.
CREATE TABLE birth_claim (
    event text PRIMARY KEY CHECK (event ~ '^(notice|evidence):[0-9a-f]{64}$'),
    dossier_key text NOT NULL UNIQUE REFERENCES dossier
);

CREATE TABLE birth_registration (
    event text PRIMARY KEY REFERENCES birth_claim,
    notice_number text,
    dossier_key text NOT NULL UNIQUE REFERENCES dossier,
    personal_number text NOT NULL UNIQUE CHECK (personal_number ~ '^[0-9]{12}$'),
    full_name text NOT NULL,
    sex text NOT NULL CHECK (sex IN ('male', 'female')),
    date_of_birth date NOT NULL,
    mother text,
    father text,
    commune text NOT NULL CHECK (commune ~ '^[0-9]{5}$'),
    year integer NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    book text NOT NULL,
    certificate_number text NOT NULL UNIQUE,
    registered_on date NOT NULL,
    UNIQUE (commune, year, number)
);
