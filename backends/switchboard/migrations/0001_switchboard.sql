CREATE TABLE behaviour (
    agency text PRIMARY KEY CHECK (agency ~ '^[a-z_]{1,40}$'),
    behaviour json NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    set_at timestamptz NOT NULL DEFAULT now()
);

-- How many families of the invented country have been entered at the agencies.
CREATE TABLE settled (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    families integer NOT NULL DEFAULT 0 CHECK (families >= 0)
);

INSERT INTO settled DEFAULT VALUES;
