"""Correcting or revoking a registered birth: a new version of the entry, the old ones kept."""

import json
from datetime import date, datetime
from typing import NamedTuple

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.shared import clock
from backends.shared.corrected import PersonFacts
from backends.shared.database import Connection, Queryable
from backends.shared.problems import ProblemError
from backends.shared.reasons import Reason

_ENTRY = """
SELECT entered.personal_number, entered.certificate_number AS first_certificate,
       coalesce(latest.version, 1) AS version,
       latest.kind IS NOT DISTINCT FROM 'revoked' AS is_revoked,
       coalesce(latest.full_name, entered.full_name) AS full_name,
       coalesce(latest.sex, entered.sex) AS sex,
       coalesce(latest.date_of_birth, entered.date_of_birth) AS date_of_birth,
       coalesce(latest.certificate_number, entered.certificate_number) AS certificate_number
FROM agency_civil_status.birth_registration AS entered
LEFT JOIN LATERAL (
    SELECT version, kind, full_name, sex, date_of_birth, certificate_number
    FROM agency_civil_status.birth_version WHERE dossier_key = entered.dossier_key
    ORDER BY version DESC LIMIT 1
) AS latest ON true
WHERE entered.dossier_key = $1
"""
_ADD = """
INSERT INTO agency_civil_status.birth_version
    (dossier_key, version, kind, correction_id, full_name, sex, date_of_birth, facts,
     certificate_number, legal_basis, decided_by, approved_by, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""
_RELEASE = """
UPDATE agency_civil_status.birth_claim SET released_at = $2
WHERE dossier_key = $1 AND released_at IS NULL
"""


class BirthEntry(NamedTuple):
    """A registered birth as its latest version has it."""

    personal_number: str
    first_certificate: str
    version: int
    is_revoked: bool
    full_name: str
    sex: str
    date_of_birth: date
    certificate_number: str

    def corrected(self, facts: PersonFacts) -> "BirthEntry":
        """The next version, with a certificate of its own."""
        version = self.version + 1
        return self._replace(
            version=version,
            full_name=facts.full_name or self.full_name,
            sex=facts.sex or self.sex,
            date_of_birth=facts.date_of_birth or self.date_of_birth,
            certificate_number=f"{self.first_certificate}-{version}",
        )

    def revoked(self) -> "BirthEntry":
        """The last version: the birth counts as never registered."""
        return self._replace(version=self.version + 1, is_revoked=True)


async def find_entry(connection: Queryable, key: str) -> BirthEntry | None:
    """The birth a dossier registered, whatever has become of it."""
    row = await connection.fetchrow(_ENTRY, key)
    return BirthEntry(*row) if row else None


async def standing(connection: Queryable, key: str) -> Standing | None:
    """What holds now of the birth a dossier registered."""
    entry = await find_entry(connection, key)
    if entry is None:
        return None
    return Standing(
        key=key,
        state="revoked" if entry.is_revoked else "valid",
        version=entry.version,
        issued={
            "personal_number": entry.personal_number,
            "full_name": entry.full_name,
            "sex": entry.sex,
            "date_of_birth": entry.date_of_birth.isoformat(),
            "certificate_number": entry.certificate_number,
        },
    )


async def correct(
    connection: Connection, *, key: str, notice: CorrectionPosting, facts: PersonFacts
) -> Effect:
    """Add the version that holds from now on, and certify it anew.

    Raises:
        ProblemError: 409, what was revoked cannot be corrected.
    """
    entry, now = await find_entry(connection, key), clock.now()
    if entry is None:
        return NOTHING
    if entry.is_revoked and not notice.revokes:
        raise ProblemError(
            409, "the registration was revoked before", reason_code=Reason.BASE_REVOKED
        )
    if entry.is_revoked:
        return NOTHING
    if notice.revokes:
        await _add(connection, key, entry.revoked(), notice, now)
        await connection.execute(_RELEASE, key, now)
        return Effect(done=Done.REVOKED)
    renewed = entry.corrected(facts)
    await _add(connection, key, renewed, notice, now)
    return Effect(done=Done.CORRECTED, issued=_issued(renewed))


async def _add(
    connection: Connection, key: str, entry: BirthEntry, notice: CorrectionPosting, now: datetime
) -> None:
    await connection.execute(
        _ADD,
        key,
        entry.version,
        notice.kind,
        notice.correction_id,
        entry.full_name,
        entry.sex,
        entry.date_of_birth,
        json.dumps(notice.facts, ensure_ascii=True),
        None if entry.is_revoked else entry.certificate_number,
        notice.legal_basis,
        notice.decided_by,
        notice.approved_by,
        now,
    )


def _issued(entry: BirthEntry) -> dict[str, str]:
    return {
        "personal_number": entry.personal_number,
        "full_name": entry.full_name,
        "certificate_number": entry.certificate_number,
    }
