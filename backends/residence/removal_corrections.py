"""Putting somebody back where they lived, whose death was registered in error."""

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.shared import clock
from backends.shared.database import Connection, Queryable

_FIND = """
SELECT record_number, household, revoked_at IS NOT NULL AS is_revoked
FROM agency_residence.removal_record WHERE dossier_key = $1
"""
_REVOKE = """
UPDATE agency_residence.removal_record SET revoked_at = $2, revoked_by = $3
WHERE dossier_key = $1 AND revoked_at IS NULL
RETURNING personal_number, household, was_householder, record_number
"""
_PUT_BACK = """
UPDATE agency_residence.resident SET struck_off_on = NULL, struck_off_by = NULL
WHERE personal_number = $1 AND struck_off_by = $2
"""
_RESTORE_HEAD = "UPDATE agency_residence.household SET householder_died_on = NULL WHERE code = $1"


async def correct(connection: Connection, *, key: str, notice: CorrectionPosting) -> Effect:
    """Restore the residence where the death was revoked; a corrected extract changes nothing."""
    if not notice.revokes:
        return NOTHING
    row = await connection.fetchrow(_REVOKE, key, clock.now(), notice.correction_id)
    if row is None:
        return NOTHING
    await connection.execute(_PUT_BACK, row["personal_number"], row["record_number"])
    if row["was_householder"]:
        await connection.execute(_RESTORE_HEAD, row["household"])
    return Effect(done=Done.RESTORED, issued={"household_code": row["household"]})


async def standing(connection: Queryable, key: str) -> Standing | None:
    """What holds now of the removal a dossier brought about."""
    row = await connection.fetchrow(_FIND, key)
    if row is None:
        return None
    return Standing(
        key=key,
        state="restored" if row["is_revoked"] else "valid",
        issued={"record_number": row["record_number"], "household_code": row["household"]},
    )
