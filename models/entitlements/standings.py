"""What agencies' records say for and against each procedure of a death, read together. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.contracts.entitlements import Claim
from models.entitlements.advice import Answers, DeathFacts
from models.entitlements.entitled import Standing
from models.kernel.base import AgencyId, vietnam_time
from models.law.procedures import ProcedureRule
from models.law.rates import Rates
from models.law.reasons import IDENTITY_DIFFERS, NOT_ENTITLED
from models.law.rules import GroupRule


@dataclass(frozen=True)
class Standings:
    """One death, the rule it falls under, the rates of its day and every agency's answer."""

    facts: DeathFacts
    answers: Answers
    rule: GroupRule
    rates: Rates

    def funds(self) -> tuple[ProcedureRule, ...]:
        """The procedures that pay for a funeral, in the order of the law."""
        paying = {benefit.procedure for benefit in self.rates.benefits}
        return tuple(step for step in self.rule.offered() if step.id in paying)

    def asked(self) -> tuple[ProcedureRule, ...]:
        """What the family's words stand for: every alternative of a word they asked with."""
        return tuple(step for step in self.rule.offered() if step.word in self.facts.asked)

    def entitled(self) -> tuple[ProcedureRule, ...]:
        """The funds whose records say that they owe something."""
        return tuple(step for step in self.funds() if self.of(step).is_entitled)

    def of(self, step: ProcedureRule) -> Standing:
        """How the person stands to one procedure."""
        answer = self.answers.get(step.agency)
        return Standing.of(step.id, answer, self.rates, self.facts.died_on)

    def refusal(self, step: ProcedureRule) -> str | None:
        """What the agency's record says against it; a record of somebody else says only that."""
        standing = self.of(step)
        if standing.conditions and standing.is_of_somebody_else:
            return IDENTITY_DIFFERS
        return standing.lack()

    def remoteness(self, step: ProcedureRule) -> int:
        """How far a fund is from paying: nobody asked it, it lacks something, it knows nothing."""
        answer, refusal = self.answers.get(step.agency), self.refusal(step)
        if answer is None or refusal is None:
            return 0
        if refusal != NOT_ENTITLED:
            return 1
        return 2 if answer.known else 3

    def claims(self, rivals: tuple[ProcedureRule, ...]) -> tuple[Claim, ...]:
        """What others already asked for in place of one of these procedures, at any agency."""
        return tuple(self._claims(rivals))

    def is_stale(self, agency: AgencyId) -> bool:
        """Whether an agency's records are older than the law files trust them."""
        answer, records = self.answers.get(agency), self.rates.records
        if answer is None or records is None:
            return False
        age = self.facts.asked_on - vietnam_time(answer.as_of).date()
        return age.days > records.fresh_days

    def _claims(self, rivals: tuple[ProcedureRule, ...]) -> Iterator[Claim]:
        kinds = {name for step in rivals for name in (step.id, step.word)}
        for agency in dict.fromkeys(step.agency for step in rivals):
            answer = self.answers.get(agency)
            yield from (one for one in answer.claims if one.kind in kinds) if answer else ()
