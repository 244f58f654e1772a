"""Whether a person was entitled to what one procedure grants, by one agency's records. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.contracts.entitlements import Entitlement
from models.kernel.base import ProcedureId
from models.law.rates import Condition, Fact, Rates
from models.law.reasons import DREW_LUMP_SUM, NOT_ENTITLED


@dataclass(frozen=True)
class Standing:
    """How a person stands to the conditions of one procedure on the day of death."""

    conditions: tuple[Condition, ...]
    answer: Entitlement | None
    """None: the agency could not be asked, and nothing is known."""
    groups: dict[str, bool]
    """The groups of beneficiaries that count on that day, and whether each is verified."""

    @classmethod
    def of(
        cls, procedure: ProcedureId, answer: Entitlement | None, rates: Rates, died_on: date
    ) -> "Standing":
        """By the conditions and groups in force on the day of death."""
        groups = {one.code: one.basis.verified for one in rates.groups_on(died_on)}
        return cls(rates.conditions_on(procedure, died_on), answer, groups)

    @property
    def is_entitled(self) -> bool:
        """Whether one condition at least is met."""
        return any(True for _ in self._met())

    @property
    def is_verified(self) -> bool:
        """Whether what makes or unmakes the entitlement has been checked against the texts."""
        met = tuple(self._met())
        if met:
            return any(self._is_verified(condition) for condition in met)
        return all(condition.basis.verified for condition in self.conditions)

    @property
    def is_of_somebody_else(self) -> bool:
        """Whether name, date of birth or number of the record differ from what was declared."""
        answer = self.answer
        return answer is not None and answer.known and not answer.identity_matches

    @property
    def has_unknown_group(self) -> bool:
        """Whether the agency names a group of beneficiaries that the law files do not."""
        return self.answer is not None and not self.groups.keys() >= {*self.answer.social_groups}

    def lack(self) -> str | None:
        """The coded reason why the person was not entitled; None: entitled, or nobody knows."""
        if self.answer is None or not self.conditions or self.is_entitled:
            return None
        if self.answer.lump_sum_on and any(one.ended_by_lump_sum for one in self.conditions):
            return DREW_LUMP_SUM
        short = (one.short_of for one in self.conditions if one.short_of and self._measure(one))
        return next(short, NOT_ENTITLED)

    def _met(self) -> Iterator[Condition]:
        for condition in self.conditions:
            if self.answer is None or (condition.ended_by_lump_sum and self.answer.lump_sum_on):
                continue
            if self._measure(condition) >= condition.at_least:
                yield condition

    def _measure(self, condition: Condition) -> int:
        """How much there is of what a condition asks for; nothing of a person nobody knows."""
        answer = self.answer
        if answer is None or not answer.known:
            return 0
        amounts = {
            Fact.COMPULSORY_MONTHS: answer.compulsory_months,
            Fact.VOLUNTARY_MONTHS: answer.voluntary_months,
            Fact.PENSIONER: int(answer.pensioner),
            Fact.WORK_ACCIDENT: int(answer.work_accident),
            Fact.SOCIAL_PENSION: int(answer.social_pension),
            Fact.SOCIAL_GROUPS: len(self.groups.keys() & {*answer.social_groups}),
        }
        return amounts[condition.fact]

    def _is_verified(self, condition: Condition) -> bool:
        if condition.fact is not Fact.SOCIAL_GROUPS or self.answer is None:
            return condition.basis.verified
        belongs = self.groups.keys() & {*self.answer.social_groups}
        return condition.basis.verified and any(self.groups[code] for code in belongs)
