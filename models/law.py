"""A group of linked procedures as a civil servant writes it down: dated, placed, with its sources."""

from datetime import date, time
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import AgencyId, Definition, GroupId, LawVersion, ProcedureId


class LegalBasis(Definition):
    """Where a rule comes from, and whether somebody has checked it against the text."""

    document: str
    """Number and issuer, e.g. `NĐ 63/2024/NĐ-CP`."""
    article: str = ""
    verified: bool = True
    """False: taken from a secondary source or assumed; shown as "chưa kiểm chứng"."""
    note: str = ""


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


class GroupLimit(Limit):
    """The total for a choice of procedures: the first whose `without` all are missing applies."""

    without: tuple[ProcedureId, ...] = ()


class Extension(Definition):
    """Working days added on a stated ground, e.g. a remote commune without Internet."""

    code: str
    title: str
    working_days: int = Field(gt=0)
    basis: LegalBasis


class ProcedureRule(Definition):
    """One procedure of a group: who performs it, after what, within which time, on what evidence."""

    id: ProcedureId
    title: str
    """Vietnamese, as an official says it."""
    short_title: str
    """Vietnamese, short enough for a summary line."""
    agency: AgencyId
    unit: str
    """Dotted path of the declaration that names the competent commune."""
    after: tuple[ProcedureId, ...] = ()
    required: bool = False
    """True: a declaration that does not ask for it is wrong."""
    offered: bool = True
    not_offered_because: str = ""
    limit: Limit | None = None
    """None: the law gives this step no limit of its own; the total holds."""
    evidence: tuple[str, ...] = ()
    """Dotted paths of the declaration this agency needs. Nothing else is sent."""
    basis: tuple[LegalBasis, ...] = ()

    @model_validator(mode="after")
    def _offered_or_explained(self) -> Self:
        if not self.offered and not self.not_offered_because:
            raise ValueError(f"{self.id}: not offered, so not_offered_because must say why")
        return self


class GroupRule(Definition):
    """The law of one group in one place for one span of reception days."""

    version: LawVersion
    group: GroupId
    title: str
    valid_from: date
    valid_to: date | None = None
    """Last day, inclusive; None while in force."""
    places: tuple[str, ...] = ()
    """Province codes (2 digits) the rule is limited to; empty means the whole country."""
    basis: tuple[LegalBasis, ...] = Field(min_length=1)
    totals: tuple[GroupLimit, ...] = Field(min_length=1)
    counting: Counting = Counting.RECEPTION_IS_DAY_0
    cut_off: time | None = None
    """A citizen's file received later than this counts from the next working day."""
    after_supplement: ClockPolicy = ClockPolicy.RESTART
    extensions: tuple[Extension, ...] = ()
    procedures: tuple[ProcedureRule, ...] = Field(min_length=1)
    note: str = ""

    def procedure(self, id: ProcedureId) -> ProcedureRule:
        """Look up one procedure.

        Raises:
            KeyError: the group has no such procedure.
        """
        for rule in self.procedures:
            if rule.id == id:
                return rule
        raise KeyError(id)

    def total_for(self, chosen: tuple[ProcedureId, ...]) -> GroupLimit:
        """The case's total limit for a choice of procedures."""
        for total in self.totals:
            if not set(total.without) & set(chosen):
                return total
        raise KeyError(self.version)


class OfficeHours(Definition):
    """When an office works, in Vietnam's time. Working DAYS are not changed by Saturday mornings."""

    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13, 0), time(17, 0))
    saturday_morning: bool = False


class Agency(Definition):
    """A competent authority: its task queue bears its id."""

    id: AgencyId
    name: str
    """Vietnamese, e.g. `Bảo hiểm xã hội cơ sở`."""
    short_name: str
    office_hours: OfficeHours = OfficeHours()


class ReasonCode(Definition):
    """A coded reason of refusal, and what would cure it."""

    code: str
    title: str
    cure: str
    basis: tuple[LegalBasis, ...] = ()


class NumberPattern(Definition):
    """How a kind of identifier is written from one day on (by the day the identifier was issued)."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    pattern: str | None = None
    """A full-match regular expression; None: free text."""
    severity: str = "error"
    """What a deviation is: `error` or `warning`."""
    message: str
    """Vietnamese sentence shown for a deviation."""
    basis: LegalBasis


class Law(Definition):
    """Everything in `law/`, read and parsed once."""

    groups: tuple[GroupRule, ...]
    agencies: tuple[Agency, ...]
    reasons: tuple[ReasonCode, ...]
    patterns: tuple[NumberPattern, ...]

    def group_on(self, group: GroupId, day: date, province: str) -> GroupRule | None:
        """The rule in force; a province's own rule beats the national one. None: no rule, no guess."""
        in_force = [
            rule
            for rule in self.groups
            if rule.group == group
            and rule.valid_from <= day
            and (rule.valid_to is None or day <= rule.valid_to)
            and (not rule.places or province in rule.places)
        ]
        local = [rule for rule in in_force if rule.places]
        return next(iter(local or in_force), None)

    def agency(self, id: AgencyId) -> Agency:
        """Look up an agency.

        Raises:
            KeyError: `law/agencies.toml` does not name it.
        """
        for agency in self.agencies:
            if agency.id == id:
                return agency
        raise KeyError(id)

    def reason(self, code: str) -> ReasonCode | None:
        """The coded reason, if the law files know it."""
        return next((reason for reason in self.reasons if reason.code == code), None)
