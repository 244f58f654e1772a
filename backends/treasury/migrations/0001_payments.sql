-- The bank's accounts, as the bank spells their holders.
CREATE TABLE account (
    bank text NOT NULL,
    account_number text NOT NULL,
    account_name text NOT NULL,
    PRIMARY KEY (bank, account_number)
);

-- Procedures that grant the same money in different ways: a case is paid it once.
CREATE TABLE benefit (
    procedure text PRIMARY KEY,
    benefit text NOT NULL
);

INSERT INTO benefit (procedure, benefit) VALUES
    ('insurance_funeral', 'funeral_money'),
    ('social_funeral', 'funeral_money');

CREATE SEQUENCE payment_reference AS bigint;

-- A key that was stopped before its order came has no order, and never gets one.
CREATE TABLE payment (
    key text PRIMARY KEY CHECK (key ~ '^[A-Za-z0-9._-]{1,128}$'),
    digest text,
    ordered json,
    case_code text,
    benefit text,
    ordered_by text,
    decision_number text,
    amount bigint CHECK (amount > 0),
    method text CHECK (method IN ('account', 'cash')),
    state text NOT NULL CHECK (state IN ('accepted', 'paid', 'returned', 'stopped')),
    answer json NOT NULL,
    reference text UNIQUE,
    received_at timestamptz NOT NULL,
    ready_at timestamptz,
    CHECK ((digest IS NULL) = (ordered IS NULL)),
    CHECK (ordered IS NOT NULL OR state = 'stopped'),
    CHECK (state <> 'paid' OR reference IS NOT NULL)
);

-- A decision is paid once, and a case is paid a benefit once: unless the money came back.
CREATE UNIQUE INDEX one_payment_of_a_decision ON payment (ordered_by, decision_number)
    WHERE state IN ('accepted', 'paid');
CREATE UNIQUE INDEX one_payment_of_a_benefit ON payment (case_code, benefit)
    WHERE state IN ('accepted', 'paid');
CREATE INDEX payment_ready ON payment (ready_at) WHERE state = 'accepted';
CREATE INDEX payment_received ON payment (received_at, key);

CREATE FUNCTION keep_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a payment that came back or was stopped stays so, and none is taken out';
END
$$;

CREATE TRIGGER payments_stay BEFORE DELETE ON payment
    FOR EACH ROW EXECUTE FUNCTION keep_payment();
CREATE TRIGGER final_stays_final BEFORE UPDATE ON payment
    FOR EACH ROW WHEN (OLD.state IN ('returned', 'stopped')) EXECUTE FUNCTION keep_payment();
CREATE TRIGGER paid_comes_back_at_most BEFORE UPDATE ON payment
    FOR EACH ROW WHEN (OLD.state = 'paid' AND NEW.state <> 'returned')
    EXECUTE FUNCTION keep_payment();

-- What was said about a payment, so that said again it is answered the same.
CREATE TABLE saying (
    payment_key text NOT NULL REFERENCES payment,
    kind text NOT NULL CHECK (kind IN ('stop', 'decision')),
    idempotency_key text NOT NULL,
    digest text NOT NULL,
    said json NOT NULL,
    answer json NOT NULL,
    said_at timestamptz NOT NULL,
    PRIMARY KEY (payment_key, kind, idempotency_key)
);
