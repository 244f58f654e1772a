"""Everything in `law/`: which rule holds for a group, a day and a place, and who is who."""

import re
from datetime import date
from typing import Literal

from pydantic import field_validator

from models.kernel.base import AgencyId, Definition, GroupId
from models.kernel.legal_basis import Dated, LegalBasis
from models.law.corrections import CorrectionRule
from models.law.rates import Rates
from models.law.rules import WHOLE_COUNTRY, GroupRule
from models.working_time.terms import OfficeHours


class Agency(Definition):
    """A competent authority: its task queue bears its id."""

    id: AgencyId
    name: str
    """Vietnamese, e.g. `Bảo hiểm xã hội cơ sở`."""
    short_name: str
    office_hours: OfficeHours = OfficeHours()
    reserved: bool = False
    """Named by the law but not connected yet: nobody serves it."""


class ReasonCode(Definition):
    """A coded reason of refusal, and what would cure it."""

    code: str
    title: str
    cure: str
    basis: tuple[LegalBasis, ...] = ()


class NumberPattern(Dated):
    """How a kind of identifier is written, by the day the identifier was issued."""

    kind: str
    valid_from: date
    pattern: str | None = None
    """A full-match regular expression; None: free text."""
    severity: Literal["error", "warning"] = "error"
    """What a deviation is."""
    message: str
    """Vietnamese sentence shown for a deviation."""
    basis: LegalBasis

    @field_validator("pattern")
    @classmethod
    def _can_be_matched(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"biểu thức viết sai: {error}") from error
        return pattern


class Law(Definition):
    """Everything in `law/`, read and parsed once."""

    groups: tuple[GroupRule, ...]
    agencies: tuple[Agency, ...]
    reasons: tuple[ReasonCode, ...]
    patterns: tuple[NumberPattern, ...]
    rates: Rates = Rates()
    corrections: tuple[CorrectionRule, ...] = ()

    def group_on(self, group: GroupId, day: date, province: str) -> GroupRule | None:
        """The rule as it reads on that day; None: no rule, no guess.

        A province's own rule or pilot beats the national one.
        """
        rules = [rule for rule in self.groups if rule.group == group]
        for place in (province, WHOLE_COUNTRY):
            for rule in rules:
                if rule.holds_in(place, day):
                    return rule.on(day)
        return None

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
