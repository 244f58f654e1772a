-- Forms of a closed case are drawn up by whichever worker claims it; a case that is done with leaves the index.

ALTER TABLE lienthong.cases
    ADD COLUMN papers_tries       integer     NOT NULL DEFAULT 0,
    ADD COLUMN papers_rest_until  timestamptz,
    ADD COLUMN papers_done_at     timestamptz,
    ADD COLUMN papers_error       text;

UPDATE lienthong.cases AS one SET papers_done_at = now()
WHERE closed_at IS NOT NULL AND EXISTS (
    SELECT FROM lienthong.documents AS kept
    WHERE kept.case_id = one.case_id AND kept.run_id = one.run_id AND kept.form = '06'
        AND kept.created_at >= one.closed_at
);

CREATE INDEX cases_without_papers ON lienthong.cases (closed_at)
    WHERE closed_at IS NOT NULL AND papers_done_at IS NULL;
