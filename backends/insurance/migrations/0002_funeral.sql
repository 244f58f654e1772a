-- What a person paid and drew. Stale, wrong or missing records are a clerk's business to mend.
CREATE TABLE insured (
    personal_number text PRIMARY KEY CHECK (personal_number ~ '^[0-9]{12}$'),
    full_name text NOT NULL,
    date_of_birth date NOT NULL,
    insurance_number text NOT NULL,
    compulsory_months integer NOT NULL DEFAULT 0 CHECK (compulsory_months >= 0),
    voluntary_months integer NOT NULL DEFAULT 0 CHECK (voluntary_months >= 0),
    pensioner boolean NOT NULL DEFAULT false,
    work_accident boolean NOT NULL DEFAULT false,
    lump_sum_on date,
    missing boolean NOT NULL DEFAULT false,
    as_of timestamptz NOT NULL
);

CREATE INDEX insured_number ON insured (insurance_number);

-- Mức tham chiếu, before 01/7/2025 lương cơ sở: what a funeral benefit is reckoned from.
CREATE TABLE reference_level (
    valid_from date PRIMARY KEY,
    amount bigint NOT NULL CHECK (amount > 0),
    basis text NOT NULL
);

INSERT INTO reference_level (valid_from, amount, basis) VALUES
    ('2019-07-01', 1490000, 'NĐ 38/2019/NĐ-CP'),
    ('2023-07-01', 1800000, 'NĐ 24/2023/NĐ-CP'),
    ('2024-07-01', 2340000, 'NĐ 73/2024/NĐ-CP'),
    ('2026-07-01', 2530000, 'mức tham chiếu từ 01/7/2026');
