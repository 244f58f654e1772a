#!/bin/sh
# Run once by the postgres image, on an empty volume: a role and a database for each owner, so that
# nobody reads what is not theirs. Passwords arrive in the environment and are quoted by psql.
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv temporal_password TEMPORAL_DB_PASSWORD
\getenv cases_password CASES_DB_PASSWORD
\getenv agencies_password AGENCIES_DB_PASSWORD

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;

-- Workers act as lienthong_worker, which may append to the ledger and change nothing in it.
CREATE ROLE cases LOGIN PASSWORD :'cases_password';
CREATE ROLE lienthong_worker NOLOGIN;
GRANT lienthong_worker TO cases;
CREATE DATABASE cases OWNER cases;

CREATE ROLE agencies LOGIN PASSWORD :'agencies_password';
CREATE DATABASE agencies OWNER agencies;

REVOKE CONNECT ON DATABASE temporal, temporal_visibility, cases, agencies FROM PUBLIC;
SQL
