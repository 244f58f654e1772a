"""The agency's records of what people paid and drew."""

from collections.abc import Iterable
from typing import Any

from backends.country.elders import ElderHousehold
from backends.funds.book import FundBook
from backends.funds.contracts import Question
from backends.insurance.insured import UNKNOWN_NUMBERS, Insured, InsuredEntry
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from models.contracts.entitlements import Entitlement

_COLUMNS = (
    "personal_number",
    "full_name",
    "date_of_birth",
    "insurance_number",
    "compulsory_months",
    "voluntary_months",
    "pensioner",
    "work_accident",
    "lump_sum_on",
    "missing",
    "as_of",
)
_BY_PERSON = (
    f"SELECT {', '.join(_COLUMNS)} FROM agency_insurance.insured WHERE personal_number = $1"  # noqa: S608 - our own column names
)
_BY_NUMBER = f"""
SELECT {", ".join(_COLUMNS)} FROM agency_insurance.insured
WHERE insurance_number = $1 AND NOT missing LIMIT 1
"""  # noqa: S608 - our own column names
_ENTER = """
INSERT INTO agency_insurance.insured VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (personal_number) DO UPDATE SET
    full_name = excluded.full_name, date_of_birth = excluded.date_of_birth,
    insurance_number = excluded.insurance_number,
    compulsory_months = excluded.compulsory_months,
    voluntary_months = excluded.voluntary_months, pensioner = excluded.pensioner,
    work_accident = excluded.work_accident, lump_sum_on = excluded.lump_sum_on,
    missing = excluded.missing, as_of = excluded.as_of
"""


class InsuredRecords:
    """Finds and enters records; one that is marked missing is found by its clerk alone."""

    def __init__(self, book: FundBook) -> None:
        self._book = book

    async def sought(
        self, connection: Queryable, personal_number: str | None, insurance_number: str | None
    ) -> Insured | None:
        """The record of somebody, by one number or the other."""
        if personal_number:
            row = await connection.fetchrow(_BY_PERSON, personal_number)
        elif insurance_number not in UNKNOWN_NUMBERS:
            row = await connection.fetchrow(_BY_NUMBER, insurance_number)
        else:
            return None
        return Insured(*row) if row and not row["missing"] else None

    async def entitlement(self, connection: Queryable, question: Question) -> Entitlement:
        """What the records say; claims are told even of somebody who has no record."""
        found = await self.sought(connection, question.personal_number, question.insurance_number)
        person = found.personal_number if found else question.personal_number
        claims = await self._book.claims(connection, person) if person else ()
        if found is None:
            return Entitlement(known=False, claims=claims, as_of=clock.now())
        return Entitlement(
            known=True,
            identity_matches=found.is_of(
                question.full_name, question.date_of_birth, question.insurance_number
            ),
            compulsory_months=found.compulsory_months,
            voluntary_months=found.voluntary_months,
            pensioner=found.pensioner,
            work_accident=found.work_accident,
            lump_sum_on=found.lump_sum_on,
            claims=claims,
            as_of=found.as_of,
        )

    async def enter(self, connection: Connection, person: str, entry: InsuredEntry) -> None:
        """Let the record be as the clerk says."""
        fields = entry.model_copy(update={"as_of": entry.as_of or clock.now()})
        values = [getattr(fields, column) for column in _COLUMNS[1:]]
        await connection.execute(_ENTER, person, *values)

    async def find(self, connection: Queryable, person: str) -> dict[str, Any] | None:
        """The record's fields, missing or not."""  # Any: column values
        row = await connection.fetchrow(_BY_PERSON, person)
        return dict(row) if row else None


async def settle(connection: Connection, households: Iterable[ElderHousehold]) -> None:
    """Enter what the invented elders paid and drew."""
    now = clock.now()
    await connection.copy_records_to_table(
        "insured",
        schema_name="agency_insurance",
        columns=_COLUMNS,
        records=[
            (
                each.deceased.personal_number,
                each.deceased.full_name,
                each.deceased.date_of_birth,
                each.deceased.insurance_number,
                each.life.compulsory_months,
                each.life.voluntary_months,
                each.life.pensioner,
                each.life.work_accident,
                each.life.lump_sum_on,
                False,
                now,
            )
            for each in households
            if each.life.is_insured
        ],
    )
