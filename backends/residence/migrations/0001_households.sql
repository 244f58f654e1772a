CREATE TABLE household (
    code text PRIMARY KEY,
    householder text NOT NULL UNIQUE CHECK (householder ~ '^[0-9]{12}$'),
    commune text NOT NULL CHECK (commune ~ '^[0-9]{5}$'),
    address text NOT NULL
);

-- A person has one current residence: the primary key says so.
CREATE TABLE resident (
    personal_number text PRIMARY KEY CHECK (personal_number ~ '^[0-9]{12}$'),
    household text NOT NULL REFERENCES household
);

CREATE TABLE residence_series (
    commune text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CHECK (last >= 1),
    PRIMARY KEY (commune, year)
);

CREATE TABLE residence_record (
    record_number text PRIMARY KEY,
    dossier_key text NOT NULL UNIQUE REFERENCES dossier,
    personal_number text NOT NULL REFERENCES resident,
    household text NOT NULL REFERENCES household,
    follows text,
    registered_on date NOT NULL
);
