"""A child's residence after the birth it rests on was corrected or revoked."""

from typing import NamedTuple

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.shared import clock
from backends.shared.database import Connection, Queryable

_ENTRY = """
SELECT entered.personal_number, entered.household,
       coalesce(latest.version, 1) AS version,
       latest.kind IS NOT DISTINCT FROM 'cancelled' AS is_cancelled,
       entered.record_number AS first_record,
       coalesce(latest.record_number, entered.record_number) AS record_number
FROM agency_residence.residence_record AS entered
LEFT JOIN LATERAL (
    SELECT version, kind, record_number FROM agency_residence.residence_version
    WHERE dossier_key = entered.dossier_key ORDER BY version DESC LIMIT 1
) AS latest ON true
WHERE entered.dossier_key = $1
"""
_ADD = """
INSERT INTO agency_residence.residence_version
    (dossier_key, version, kind, correction_id, record_number, recorded_on)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_STRIKE_OFF = """
UPDATE agency_residence.resident SET struck_off_on = $2, struck_off_by = $3
WHERE personal_number = $1 AND struck_off_on IS NULL
"""


class ResidenceEntry(NamedTuple):
    """A child's entry as its latest version has it."""

    personal_number: str
    household: str
    version: int
    is_cancelled: bool
    first_record: str
    record_number: str


async def find_entry(connection: Queryable, key: str) -> ResidenceEntry | None:
    """The entry a dossier brought about, whatever has become of it."""
    row = await connection.fetchrow(_ENTRY, key)
    return ResidenceEntry(*row) if row else None


async def standing(connection: Queryable, key: str) -> Standing | None:
    """What holds now of the entry a dossier brought about."""
    entry = await find_entry(connection, key)
    if entry is None:
        return None
    return Standing(
        key=key,
        state="cancelled" if entry.is_cancelled else "valid",
        version=entry.version,
        issued={"record_number": entry.record_number, "household_code": entry.household},
    )


async def correct(connection: Connection, *, key: str, notice: CorrectionPosting) -> Effect:
    """Strike the child off where the birth was revoked; else renew the entry under a new number."""
    entry, day = await find_entry(connection, key), clock.today()
    if entry is None or entry.is_cancelled:
        return NOTHING
    version = entry.version + 1
    kind, record = ("cancelled", entry.record_number)
    if not notice.revokes:
        kind, record = ("renewed", f"{entry.first_record}-{version}")
    await connection.execute(_ADD, key, version, kind, notice.correction_id, record, day)
    if notice.revokes:
        await connection.execute(_STRIKE_OFF, entry.personal_number, day, record)
        return Effect(done=Done.CANCELLED)
    return Effect(
        done=Done.RENEWED,
        issued={"record_number": record, "household_code": entry.household},
    )
