"""What money the law grants at a death, as dated data: amounts, multiples, groups, conditions."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar

from pydantic import Field, model_validator

from models.kernel.base import Definition, ProcedureId
from models.kernel.legal_basis import Dated, LegalBasis
from models.kernel.vocabulary import Fund


class Fact(StrEnum):
    """What agencies tell of a person, by the names of `models.wire_entitlements`."""

    COMPULSORY_MONTHS = "compulsory_months"
    VOLUNTARY_MONTHS = "voluntary_months"
    PENSIONER = "pensioner"
    WORK_ACCIDENT = "work_accident"
    SOCIAL_PENSION = "social_pension"
    SOCIAL_GROUPS = "social_groups"


class Rate(Dated):
    """Something that holds for whole months of death."""

    valid_from: date
    basis: LegalBasis

    @model_validator(mode="after")
    def _for_whole_months(self) -> Self:
        if self.valid_from.day != 1 or (self.valid_to and not _ends_a_month(self.valid_to)):
            raise ValueError("mức tính theo tháng chết: từ ngày 1, đến ngày cuối tháng")
        return self


class Level(Rate):
    """An amount of money that benefits are multiples of, e.g. the base salary."""

    id: str
    title: str
    """Vietnamese, what it was called in those months."""
    amount: int = Field(gt=0)
    """Whole đồng."""


class TopUp(Rate):
    """What one province adds to a level, for persons who last lived there."""

    place: str = Field(pattern=r"^\d{2}$")
    level: str
    adds: int = Field(gt=0)
    """Whole đồng, added to the level itself and so multiplied with it."""


class Benefit(Rate):
    """What one fund pays for a funeral: so many times a level of the month of death."""

    procedure: ProcedureId
    fund: Fund
    title: str
    level: str
    times: int = Field(gt=0)

    @model_validator(mode="after")
    def _of_a_fund(self) -> Self:
        if self.fund is Fund.NONE:
            raise ValueError("fund phải là insurance hoặc social")
        return self


class SocialGroup(Dated):
    """A group of social beneficiaries whose funerals social affairs supports."""

    code: str
    """As the agency names the group in its answers."""
    title: str
    valid_from: date
    basis: LegalBasis


class Condition(Dated):
    """One way in which a person was entitled; whoever meets one of a procedure's is."""

    procedure: ProcedureId
    title: str
    """Vietnamese, what is asked for."""
    fact: Fact
    at_least: int = Field(default=1, gt=0)
    """Months, or groups; 1 for something that simply holds."""
    ended_by_lump_sum: bool = False
    """Whether drawing social insurance at once ended it."""
    short_of: str = ""
    """Reason code where there is some of it, yet not enough; empty: it is as good as none."""
    valid_from: date
    """First day of death."""
    basis: LegalBasis


class ListFee(Dated):
    """What a line of a periodic list for the insurer is paid."""

    kind: str
    """As in the `listing` of a procedure."""
    places: tuple[str, ...] = ()
    """Province codes; empty means the whole country."""
    amount: int = Field(ge=0)
    """Whole đồng a line."""
    valid_from: date
    """First day on which a list is compiled."""
    basis: LegalBasis


class Records(Definition):
    """How far an agency's records are trusted before anything is filed."""

    fresh_days: int = Field(gt=0)
    """Records brought up to date longer ago than this are called stale."""
    basis: LegalBasis


class Rates(Definition):
    """Everything in `law/rates/`."""

    levels: tuple[Level, ...] = ()
    top_ups: tuple[TopUp, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    social_groups: tuple[SocialGroup, ...] = ()
    conditions: tuple[Condition, ...] = ()
    list_fees: tuple[ListFee, ...] = ()
    records: Records | None = None

    def level_on(self, id: str, day: date) -> Level | None:
        """The level of a month; None: the files name none, and nobody guesses."""
        return _first_on(day, (level for level in self.levels if level.id == id))

    def top_up_on(self, level: str, place: str, day: date) -> TopUp | None:
        """What a province adds to a level."""
        found = (one for one in self.top_ups if (one.level, one.place) == (level, place))
        return _first_on(day, found)

    def benefits_on(self, day: date) -> tuple[Benefit, ...]:
        """What is paid for a death in that month, in the order of the file."""
        return tuple(one for one in self.benefits if one.is_in_force(day))

    def conditions_on(self, procedure: ProcedureId, day: date) -> tuple[Condition, ...]:
        """The ways of being entitled to what a procedure grants, for a death on that day."""
        return tuple(
            one for one in self.conditions if one.procedure == procedure and one.is_in_force(day)
        )

    def groups_on(self, day: date) -> tuple[SocialGroup, ...]:
        """The groups of social beneficiaries that count on a day."""
        return tuple(one for one in self.social_groups if one.is_in_force(day))

    def list_fee_on(self, kind: str, place: str, day: date) -> ListFee | None:
        """The fee for a line of a list compiled on a day; a province's own beats the national.

        None: the files name no fee for it.
        """
        of_kind = [fee for fee in self.list_fees if fee.kind == kind]
        own = (fee for fee in of_kind if place in fee.places)
        return _first_on(day, own) or _first_on(day, (fee for fee in of_kind if not fee.places))


def _ends_a_month(day: date) -> bool:
    _, days = monthrange(day.year, day.month)
    return day.day == days


Held = TypeVar("Held", bound=Dated)


def _first_on(day: date, entries: Iterable[Held]) -> Held | None:
    return next((entry for entry in entries if entry.is_in_force(day)), None)
