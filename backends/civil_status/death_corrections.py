"""Correcting or revoking a registered death: a new extract, or a death that counts as none."""

from typing import NamedTuple

from backends.civil_status.death_certificates import certify
from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from backends.shared.problems import ProblemError
from backends.shared.reasons import Reason

_ENTRY = """
SELECT id, revoked_at IS NOT NULL AS is_revoked, latest.commune, latest.version,
       latest.certificate_number
FROM agency_civil_status.death_registration
CROSS JOIN LATERAL (
    SELECT commune, version, certificate_number FROM agency_civil_status.death_certificate
    WHERE registration = id ORDER BY version DESC LIMIT 1
) AS latest
WHERE dossier_key = $1
"""
_REVOKE = """
UPDATE agency_civil_status.death_registration SET revoked_at = $2, revoked_by = $3 WHERE id = $1
"""


class DeathEntry(NamedTuple):
    """A registered death with its latest extract."""

    id: int
    is_revoked: bool
    commune: str
    version: int
    certificate_number: str


async def standing(connection: Queryable, key: str) -> Standing | None:
    """What holds now of the death a dossier registered."""
    row = await connection.fetchrow(_ENTRY, key)
    if row is None:
        return None
    entry = DeathEntry(*row)
    return Standing(
        key=key,
        state="revoked" if entry.is_revoked else "valid",
        version=entry.version,
        issued={"certificate_number": entry.certificate_number},
    )


async def correct(connection: Connection, *, key: str, notice: CorrectionPosting) -> Effect:
    """Write an extract with the corrected facts, or end the registration.

    Raises:
        ProblemError: 409, what was revoked cannot be corrected.
    """
    row = await connection.fetchrow(_ENTRY, key)
    entry = DeathEntry(*row) if row else None
    if entry is None or (entry.is_revoked and notice.revokes):
        return NOTHING
    if entry.is_revoked:
        raise ProblemError(
            409, "the registration was revoked before", reason_code=Reason.BASE_REVOKED
        )
    if notice.revokes:
        await connection.execute(_REVOKE, entry.id, clock.now(), notice.correction_id)
        return Effect(done=Done.REVOKED)
    issued = await certify(
        connection,
        entry.id,
        entry.commune,
        correction_id=notice.correction_id,
        facts=notice.facts,
    )
    return Effect(done=Done.CORRECTED, issued=issued)
