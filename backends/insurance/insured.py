"""An insured person: what a clerk enters, what the desk shows, what decisions are made on."""

from datetime import date, datetime
from typing import NamedTuple

from pydantic import Field

from backends.funds.contracts import Months
from backends.funds.desk import RecordEntry
from backends.shared.fields import Day, ExactInstant, Line
from backends.shared.spelling import plain
from models.contracts.entitlements import Claim
from models.kernel.base import Message

UNKNOWN_NUMBERS = (None, "", "0000000000")
"""What stands where nobody knows a mã số BHXH."""


class InsuredEntry(RecordEntry):
    """Body of `PUT /v1/desk/records/{personal_number}`: the whole record from now on."""

    full_name: Line
    date_of_birth: Day
    insurance_number: Line
    compulsory_months: Months = 0
    voluntary_months: Months = 0
    pensioner: bool = False
    work_accident: bool = False
    lump_sum_on: Day | None = None
    missing: bool = Field(default=False, description="The record is not found when asked for.")
    as_of: ExactInstant | None = Field(default=None, description="Null: now.")


class InsuredRecord(Message):
    """A record as it stands."""

    personal_number: str
    full_name: str
    date_of_birth: date
    insurance_number: str
    compulsory_months: int
    voluntary_months: int
    pensioner: bool
    work_accident: bool
    lump_sum_on: date | None
    missing: bool
    as_of: datetime
    claims: tuple[Claim, ...] = ()


class Insured(NamedTuple):
    """A record, as decisions are made on it."""

    personal_number: str
    full_name: str
    date_of_birth: date
    insurance_number: str
    compulsory_months: int
    voluntary_months: int
    pensioner: bool
    work_accident: bool
    lump_sum_on: date | None
    missing: bool
    as_of: datetime

    def is_of(
        self, full_name: str, date_of_birth: date | None, insurance_number: str | None
    ) -> bool:
        """Whether name, date of birth and number are those of the record.

        Since 2025 the personal number stands for the insurance number, too.
        """
        known_numbers = (*UNKNOWN_NUMBERS, self.insurance_number, self.personal_number)
        return (
            plain(full_name) == plain(self.full_name)
            and date_of_birth in (None, self.date_of_birth)
            and insurance_number in known_numbers
        )
