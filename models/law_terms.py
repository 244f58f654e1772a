"""The terms rules are written in: dates of validity, sources, limits and how they are counted."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import Definition, ProcedureId


class Dated(Definition):
    """Something that holds between two days, both inclusive; an open end is None."""

    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to phải từ valid_from trở đi")
        return self

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class LegalBasis(Dated):
    """Where a rule comes from, and whether somebody has checked it against the text."""

    document: str = Field(min_length=1)
    """Number and issuer, e.g. `NĐ 63/2024/NĐ-CP`."""
    article: str = ""
    verified: bool = True
    """False: taken from a secondary source or assumed; shown as "chưa kiểm chứng"."""
    note: str = ""

    def cited(self) -> str:
        """Cite it as an official would."""
        return ", ".join(filter(None, (self.article, self.document)))


class Counting(StrEnum):
    """Which day is day 1 of a limit: the law can be read both ways."""

    RECEPTION_IS_DAY_0 = "reception_is_day_0"
    RECEPTION_IS_DAY_1 = "reception_is_day_1"


class ClockPolicy(StrEnum):
    """What happens to the remaining time once the citizen has supplemented."""

    RESTART = "restart"
    PAUSE = "pause"
    CONTINUE = "continue"


class Limit(Definition):
    """A time limit in working days; 0 means the end of office hours of the same working day."""

    working_days: int = Field(ge=0)
    with_verification: int | None = Field(default=None, ge=0)
    verified: bool = True

    def days(self, *, verification: bool) -> int:
        """The limit that applies; without one of its own, verification changes nothing."""
        if verification and self.with_verification is not None:
            return self.with_verification
        return self.working_days


class GroupLimit(Limit):
    """The total for a choice of procedures: the first whose `without` all are missing applies."""

    without: tuple[ProcedureId, ...] = ()


class Extension(Definition):
    """Working days added on a stated ground, e.g. a remote commune without Internet."""

    code: str
    title: str
    working_days: int = Field(gt=0)
    basis: LegalBasis


class HourLimit(Definition):
    """A time limit in working hours."""

    working_hours: int = Field(gt=0)
    verified: bool = True

    @property
    def amount(self) -> timedelta:
        """The limit as an amount of office time."""
        return timedelta(hours=self.working_hours)


class CitizenLimit(Definition):
    """How long a citizen has: either days, which end on a working day, or working days."""

    days: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)
    verified: bool = True
    basis: LegalBasis | None = None

    @model_validator(mode="after")
    def _in_one_unit(self) -> Self:
        if (self.days is None) == (self.working_days is None):
            raise ValueError("ghi một trong hai: days hoặc working_days")
        return self


class DelayRule(Definition):
    """Under which conditions an agency may name a new date to the citizen: form 04."""

    times: int = Field(default=1, gt=0)
    """How often for one dossier."""
    working_days_before: int = Field(default=1, ge=0)
    """How many working days before the due instant at the latest."""
    at_most: int | None = Field(default=None, gt=0)
    """The most working days an extension may add; None: the law names no number."""
    proposes: int | None = Field(default=None, gt=0)
    """How many working days the form we prepare proposes; ours, and binding for nobody."""
    verified: bool = True
    basis: LegalBasis | None = None


class ConfirmationRule(Definition):
    """Several persons must agree on one before a procedure is filed; else they do it in writing."""

    among: str
    """Dotted path of the declaration: the list of persons who confirm."""
    chosen: str
    """Dotted path of the declaration: the personal number of the one they are asked to confirm."""
    limit: CitizenLimit
    """How long they have, from the reception of the case."""
    remind_before: int = Field(default=1, ge=0)
    """How many working days before the end of `limit` those who said nothing are reminded."""
    fallback: str = Field(min_length=1)
    """Code of the written form that takes the place of a confirmation that did not come."""
    fallback_title: str = Field(min_length=1)
    """Vietnamese, what the form is called."""
    fallback_limit: CitizenLimit
    """How long the written form may take, from the end of `limit`."""
    reason_code: str
    """Why the dossier is closed where neither came."""
    basis: LegalBasis


class HandoverRule(Definition):
    """Results go by post to an officer of the commune, who confirms that the citizen has them."""

    to: str = Field(min_length=1)
    """Vietnamese, who receives the parcel, e.g. `Công chức đầu mối của xã`."""
    procedures: tuple[ProcedureId, ...] = Field(min_length=1)
    """Whose results are handed over in this way."""
    basis: LegalBasis


class ListingRule(Definition):
    """A grant puts a person on a periodic list for the insurer."""

    kind: str
    """`cards` or `strike_offs`."""
    person: str
    """Dotted path that identifies the person for ever."""
    facts: tuple[str, ...] = Field(min_length=1)
    """Dotted paths of what stands on the line.

    Each is a path of the declaration, `issued.<name>` of the grant itself, or
    `issued.<procedure>.<name>` of a procedure it relied on, as in the evidence it was given.
    """
