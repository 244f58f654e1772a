#!/bin/sh
# Brings Temporal's two databases to the schema of this image's version. Run again, it changes
# nothing; run by a newer image, it upgrades. The password arrives as SQL_PASSWORD.
set -eu

SCHEMAS=/etc/temporal/schema/postgresql/v12

sql() {
    database=$1
    shift
    temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db "$database" "$@"
}

for part in temporal visibility; do
    database=temporal
    if [ "$part" = visibility ]; then database=temporal_visibility; fi
    sql "$database" setup-schema -v 0.0
    sql "$database" update-schema -d "$SCHEMAS/$part/versioned"
done
