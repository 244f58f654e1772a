-- Cases whose act is revoked: a line that is written only afterwards is void from the beginning.

CREATE TABLE lienthong.list_voids (
    case_code text        PRIMARY KEY,
    voided_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT ON lienthong.list_voids TO lienthong_worker;
