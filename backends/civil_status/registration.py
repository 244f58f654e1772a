"""Entering a birth in the commune's book: once for each birth, whoever asks and however often."""

from functools import partial
from typing import Any

from backends.civil_status import corrections
from backends.civil_status.evidence import BirthFiling
from backends.civil_status.population_client import PopulationClient
from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.population.contracts import NewbornAnswer
from backends.shared import clock
from backends.shared.corrected import PersonFacts
from backends.shared.database import Connection, Pool, Queryable
from backends.shared.places import province_of
from backends.shared.reasons import Reason
from models.kernel.vocabulary import Outcome

PAGES_IN_A_BOOK = 200
_REGISTERED = """
SELECT true FROM agency_civil_status.birth_claim WHERE event = $1 AND released_at IS NULL
"""
_CLAIM = """
WITH claim AS (
    INSERT INTO agency_civil_status.birth_claim (event, dossier_key) VALUES ($1, $2)
    ON CONFLICT (event) WHERE released_at IS NULL DO NOTHING
    RETURNING event
)
INSERT INTO agency_civil_status.birth_series AS series (commune, year, last)
SELECT $3, $4, 1 FROM claim
ON CONFLICT (commune, year) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_ENTER = """
INSERT INTO agency_civil_status.birth_registration
    (event, notice_number, dossier_key, personal_number, full_name, sex, date_of_birth, mother,
     father, commune, year, number, book, certificate_number, registered_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""
_ALREADY = "Giấy chứng sinh hoặc sự kiện sinh này đã được đăng ký khai sinh."
_UNKNOWN_COMMUNE = "Mã xã không có trong danh mục đơn vị hành chính."


class RegisterBirth:
    """The procedure `register_birth`."""

    def __init__(self, pool: Pool, population: PopulationClient) -> None:
        self._pool = pool
        self._population = population

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A birth with its proof."""
        return BirthFiling

    async def examine(self, filing: BirthFiling) -> Act:
        """Have the parents verified and the child numbered, unless it is clearly in vain."""
        if province_of(filing.unit) is None:
            return _always(refused(Reason.WRONG_PLACE, _UNKNOWN_COMMUNE))
        event = filing.evidence.event()
        if await self._pool.fetchval(_REGISTERED, event):
            return _always(refused(Reason.ALREADY_DONE, _ALREADY))
        newborn = await self._population.number(filing, event)
        if newborn.outcome is not Outcome.GRANTED or newborn.personal_number is None:
            return _always(_passed_on(newborn))
        number = newborn.personal_number

        async def enter(connection: Connection) -> Decision:
            return await _enter(connection, filing, event, number)

        return enter

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """Have the population database follow, then add the version that holds from now on."""
        facts = PersonFacts.of(notice)
        await self._population.correct_newborn(stored.key, notice, facts)
        return partial(corrections.correct, key=stored.key, notice=notice, facts=facts)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """The registered birth as it is now."""
        return await corrections.standing(connection, key)


async def _enter(
    connection: Connection, filing: BirthFiling, event: str, personal_number: str
) -> Decision:
    evidence, day, commune = filing.evidence, clock.today(), filing.unit
    number = await connection.fetchval(_CLAIM, event, filing.key, commune, day.year)
    if number is None:
        return refused(Reason.ALREADY_DONE, _ALREADY)
    book = f"{(number - 1) // PAGES_IN_A_BOOK + 1:02}/{day.year}"
    certificate = f"KS.{commune}.{day.year}.{number:06}"
    await connection.execute(
        _ENTER,
        event,
        evidence.notice.number if evidence.notice else None,
        filing.key,
        personal_number,
        evidence.child.full_name,
        evidence.child.sex,
        evidence.child.born_on,
        evidence.mother.personal_number if evidence.mother else None,
        evidence.father.personal_number if evidence.father else None,
        commune,
        day.year,
        number,
        book,
        certificate,
        day,
    )
    return granted(
        personal_number=personal_number,
        full_name=evidence.child.full_name,
        registration_number=f"{number}/{day.year}",
        book=book,
        registered_on=day.isoformat(),
        certificate_number=certificate,
    )


def _passed_on(newborn: NewbornAnswer) -> Decision:
    reason = Reason(newborn.reason_code) if newborn.reason_code else Reason.IDENTITY_MISMATCH
    return refused(reason, newborn.note or "Cơ sở dữ liệu dân cư từ chối cấp số định danh.")


def _always(decision: Decision) -> Act:
    async def tell(_connection: Connection) -> Decision:
        return decision

    return tell
