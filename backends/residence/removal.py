"""Striking somebody who died off the register of residents: once for each person."""

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, refused
from backends.dossiers.store import Stored
from backends.residence import removal_corrections
from backends.residence.removal_evidence import RemovalFiling
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from backends.shared.reasons import Reason
from models.kernel.vocabulary import Outcome

_RESIDENT = """
SELECT code, commune, householder = $1 AS is_householder, struck_off_on
FROM agency_residence.resident JOIN agency_residence.household ON code = household
WHERE personal_number = $1
FOR UPDATE OF resident
"""
_STRIKE_OFF = """
UPDATE agency_residence.resident SET struck_off_on = $2, struck_off_by = $3
WHERE personal_number = $1
"""
_BEREAVE = "UPDATE agency_residence.household SET householder_died_on = $2 WHERE code = $1"
_NEXT = """
INSERT INTO agency_residence.removal_series AS series (commune, year, last) VALUES ($1, $2, 1)
ON CONFLICT (commune, year) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_RECORD = """
INSERT INTO agency_residence.removal_record
    (record_number, dossier_key, personal_number, household, certificate_number,
     was_householder, removed_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_NO_PROOF = "Chưa có trích lục khai tử của người này."
_UNKNOWN = "Người chết không có trong hộ thường trú nào tại địa bàn xã đã khai."
_ALREADY = "Người này đã được xóa đăng ký thường trú."
_NEW_HOUSEHOLDER = "Người chết là chủ hộ: hộ cần đăng ký chủ hộ mới."


class Resident(NamedTuple):
    """Where a person lives, as found for a dossier."""

    household: str
    commune: str
    is_householder: bool
    struck_off_on: date | None


class RemoveResidence:
    """The procedure `remove_residence`."""

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A death with the result of its registration."""
        return RemovalFiling

    async def examine(self, filing: RemovalFiling) -> Act:
        """Everything is decided on this agency's own data."""
        return partial(_remove, filing=filing)

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """The death was corrected or revoked: who lives is put back where they lived."""
        return partial(removal_corrections.correct, key=stored.key, notice=notice)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """The removal as it is now."""
        return await removal_corrections.standing(connection, key)


async def _remove(connection: Connection, *, filing: RemovalFiling) -> Decision:
    evidence = filing.evidence
    if not evidence.issued.is_proven:
        return refused(Reason.NO_PROOF_OF_DEATH, _NO_PROOF)
    row = await connection.fetchrow(_RESIDENT, evidence.deceased.personal_number)
    if row is None or row["commune"] != filing.unit:
        return refused(Reason.WRONG_PLACE, _UNKNOWN)
    resident = Resident(*row)
    if resident.struck_off_on:
        return refused(Reason.ALREADY_DONE, _ALREADY)
    return await _strike_off(connection, filing, resident)


async def _strike_off(
    connection: Connection, filing: RemovalFiling, resident: Resident
) -> Decision:
    person, day = filing.evidence.deceased, clock.today()
    certificate = filing.evidence.issued.register_death
    number = await connection.fetchval(_NEXT, resident.commune, day.year)
    record = f"XT.{resident.commune}.{day.year}.{number:06}"
    await connection.execute(_STRIKE_OFF, person.personal_number, day, record)
    if resident.is_householder:
        await connection.execute(_BEREAVE, resident.household, person.died_on)
    await connection.execute(
        _RECORD,
        record,
        filing.key,
        person.personal_number,
        resident.household,
        certificate.certificate_number if certificate else None,
        resident.is_householder,
        day,
    )
    return Decision(
        outcome=Outcome.GRANTED,
        note=_NEW_HOUSEHOLDER if resident.is_householder else None,
        issued={
            "record_number": record,
            "household_code": resident.household,
            "removed_on": day.isoformat(),
        },
    )
