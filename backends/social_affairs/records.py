"""The agency's records of whom it supports."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints

from backends.country.elders import ElderHousehold
from backends.funds.book import FundBook
from backends.funds.contracts import Question
from backends.funds.desk import RecordEntry
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from backends.shared.fields import Day, ExactInstant, Line
from backends.shared.spelling import plain
from models.contracts.entitlements import Claim, Entitlement
from models.kernel.base import Message

_COLUMNS = (
    "personal_number",
    "full_name",
    "date_of_birth",
    "social_groups",
    "social_pension",
    "missing",
    "as_of",
)
_FIND = f"""
SELECT {", ".join(_COLUMNS)} FROM agency_social_affairs.beneficiary WHERE personal_number = $1
"""  # noqa: S608 - our own column names
_ENTER = """
INSERT INTO agency_social_affairs.beneficiary VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (personal_number) DO UPDATE SET
    full_name = excluded.full_name, date_of_birth = excluded.date_of_birth,
    social_groups = excluded.social_groups, social_pension = excluded.social_pension,
    missing = excluded.missing, as_of = excluded.as_of
"""
Group = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


class BeneficiaryEntry(RecordEntry):
    """Body of `PUT /v1/desk/records/{personal_number}`: the whole record from now on."""

    full_name: Line
    date_of_birth: Day
    social_groups: tuple[Group, ...] = ()
    social_pension: bool = False
    missing: bool = Field(default=False, description="The record is not found when asked for.")
    as_of: ExactInstant | None = Field(default=None, description="Null: now.")


class BeneficiaryRecord(Message):
    """A record as it stands."""

    personal_number: str
    full_name: str
    date_of_birth: date
    social_groups: tuple[str, ...]
    social_pension: bool
    missing: bool
    as_of: datetime
    claims: tuple[Claim, ...] = ()


class Beneficiary(NamedTuple):
    """A record, as decisions are made on it."""

    personal_number: str
    full_name: str
    date_of_birth: date
    social_groups: list[str]
    social_pension: bool
    missing: bool
    as_of: datetime

    def is_of(self, full_name: str, date_of_birth: date | None) -> bool:
        """Whether name and date of birth are those of the record."""
        return plain(full_name) == plain(self.full_name) and date_of_birth in (
            None,
            self.date_of_birth,
        )


class BeneficiaryRecords:
    """Finds and enters records; one that is marked missing is found by its clerk alone."""

    def __init__(self, book: FundBook) -> None:
        self._book = book

    async def sought(self, connection: Queryable, person: str | None) -> Beneficiary | None:
        """The record of somebody."""
        row = await connection.fetchrow(_FIND, person)
        return Beneficiary(*row) if row and not row["missing"] else None

    async def entitlement(self, connection: Queryable, question: Question) -> Entitlement:
        """What the records say; claims are told even of somebody who has no record."""
        person = question.personal_number
        claims = await self._book.claims(connection, person) if person else ()
        found = await self.sought(connection, person)
        if found is None:
            return Entitlement(known=False, claims=claims, as_of=clock.now())
        return Entitlement(
            known=True,
            identity_matches=found.is_of(question.full_name, question.date_of_birth),
            social_groups=tuple(found.social_groups),
            social_pension=found.social_pension,
            claims=claims,
            as_of=found.as_of,
        )

    async def enter(self, connection: Connection, person: str, entry: BeneficiaryEntry) -> None:
        """Let the record be as the clerk says."""
        fields = entry.model_copy(update={"as_of": entry.as_of or clock.now()})
        values = [getattr(fields, column) for column in _COLUMNS[1:]]
        await connection.execute(_ENTER, person, *values)

    async def find(self, connection: Queryable, person: str) -> dict[str, Any] | None:
        """The record's fields, missing or not."""  # Any: column values
        row = await connection.fetchrow(_FIND, person)
        return dict(row) if row else None


async def settle(connection: Connection, households: Iterable[ElderHousehold]) -> None:
    """Enter whom of the invented elders the commune supports."""
    now = clock.now()
    await connection.copy_records_to_table(
        "beneficiary",
        schema_name="agency_social_affairs",
        columns=_COLUMNS,
        records=[
            (
                each.deceased.personal_number,
                each.deceased.full_name,
                each.deceased.date_of_birth,
                list(each.life.social_groups),
                each.life.social_pension,
                False,
                now,
            )
            for each in households
            if each.life.is_supported
        ],
    )
