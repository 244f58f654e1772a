"""Entering a child in the household of the person they follow: one residence for each person."""

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from backends.country.elders import ElderHousehold
from backends.country.people import Family
from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.residence import corrections
from backends.residence.evidence import ResidenceFiling
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from backends.shared.reasons import Reason

_HOUSEHOLD = """
SELECT code, commune,
       $2::text IS NULL OR EXISTS (
           SELECT FROM agency_residence.resident
           WHERE personal_number = $2 AND household = code AND struck_off_on IS NULL
       ) AS lives_there
FROM agency_residence.household WHERE householder = $1
"""
_ENTER = """
WITH child AS (
    INSERT INTO agency_residence.resident (personal_number, household) VALUES ($1, $2)
    ON CONFLICT (personal_number) DO NOTHING
    RETURNING personal_number
)
INSERT INTO agency_residence.residence_series AS series (commune, year, last)
SELECT $3, $4, 1 FROM child
ON CONFLICT (commune, year) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_RECORD = """
INSERT INTO agency_residence.residence_record
    (record_number, dossier_key, personal_number, household, follows, registered_on)
VALUES ($1, $2, $3, $4, $5, $6)
"""


class Household(NamedTuple):
    """A household as found for a dossier."""

    code: str
    commune: str
    lives_there: bool


class RegisterResidence:
    """The procedure `register_residence`."""

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A residence with the result of the birth registration."""
        return ResidenceFiling

    async def examine(self, filing: ResidenceFiling) -> Act:
        """Everything is decided on this agency's own data."""
        return partial(_register, filing=filing)

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """The birth was corrected or revoked: renew the child's entry, or cancel it."""
        return partial(corrections.correct, key=stored.key, notice=notice)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """The child's entry as it is now."""
        return await corrections.standing(connection, key)


async def _register(connection: Connection, *, filing: ResidenceFiling) -> Decision:
    wanted = filing.evidence.residence
    row = await connection.fetchrow(
        _HOUSEHOLD, wanted.householder_personal_number, filing.evidence.followed()
    )
    household = Household(*row) if row else None
    if household is None:
        return refused(Reason.NO_SUCH_HOUSEHOLD, "Không tìm thấy hộ của chủ hộ đã khai.")
    return _objection(filing, household) or await _enter(connection, filing, household)


def _objection(filing: ResidenceFiling, household: Household) -> Decision | None:
    wanted = filing.evidence.residence
    if not wanted.consent:
        return refused(Reason.NO_CONSENT, "Chủ hộ chưa đồng ý cho đăng ký thường trú.")
    if not household.commune == wanted.commune == filing.unit:
        return refused(Reason.WRONG_PLACE, "Hộ không thuộc địa bàn xã đã khai.")
    if not household.lives_there:
        return refused(Reason.NOT_IN_HOUSEHOLD, "Người trẻ theo không thường trú tại hộ này.")
    return None


async def _enter(connection: Connection, filing: ResidenceFiling, household: Household) -> Decision:
    day, commune = clock.today(), household.commune
    person = filing.evidence.issued.register_birth.personal_number
    number = await connection.fetchval(_ENTER, person, household.code, commune, day.year)
    if number is None:
        return refused(Reason.ALREADY_DONE, "Người này đã có nơi thường trú.")
    record = f"TT.{commune}.{day.year}.{number:06}"
    follows = filing.evidence.residence.follows
    await connection.execute(_RECORD, record, filing.key, person, household.code, follows, day)
    return granted(
        record_number=record,
        household_code=household.code,
        commune=commune,
        registered_on=day.isoformat(),
    )


async def settle(connection: Connection, households: Iterable[Family | ElderHousehold]) -> None:
    """Enter invented people in their households."""
    known = list(households)
    await connection.copy_records_to_table(
        "household",
        schema_name="agency_residence",
        columns=("code", "householder", "commune", "address"),
        records=[
            (each.household_code, each.householder.personal_number, each.commune, each.address)
            for each in known
        ],
    )
    await connection.copy_records_to_table(
        "resident",
        schema_name="agency_residence",
        columns=("personal_number", "household"),
        records=[
            (person.personal_number, each.household_code)
            for each in known
            for person in each.people()
        ],
    )
