-- An act that is revoked takes its line with it: a person alive is never struck off, and one day may be.

ALTER TABLE lienthong.list_lines ADD COLUMN voided_at timestamptz;
ALTER TABLE lienthong.list_lines DROP CONSTRAINT list_lines_pkey;

CREATE UNIQUE INDEX once_for_ever ON lienthong.list_lines (kind, person_hash) WHERE voided_at IS NULL;
-- A batch written again does not bring a voided line back.
CREATE UNIQUE INDEX once_for_a_case ON lienthong.list_lines (kind, person_hash, case_code);
CREATE INDEX list_lines_by_case ON lienthong.list_lines (case_code);

GRANT UPDATE (voided_at) ON lienthong.list_lines TO lienthong_worker;
