-- How far a parcel has come: carried at its time, handed over when the contact officer says so.
CREATE TABLE parcel_way (
    key text PRIMARY KEY REFERENCES parcel,
    via_officer boolean NOT NULL,
    posted_at timestamptz NOT NULL,
    ready_at timestamptz,
    confirmed_at timestamptz,
    confirmed_by text,
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL))
);
