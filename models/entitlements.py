"""What a family is told before anything is filed: which fund pays, how much, what stands against.

It is advice from what agencies' records say today: it decides nothing, and says what it cannot see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from models.advice import UNKNOWN_GROUP, UNSEEN, Advice, Answers, DeathFacts, Obstacle
from models.base import AgencyId, vietnam_time
from models.entitled import DREW_LUMP_SUM, NOT_ENTITLED, Standing
from models.law import GroupRule, Law, ProcedureRule
from models.money import FuneralMoney, funeral_moneys, highest
from models.rates import Fund
from models.wire_entitlements import Claim

__all__ = [
    "TOLD_BEFOREHAND",
    "Advice",
    "Answers",
    "DeathFacts",
    "Obstacle",
    "agencies_to_ask",
    "assess",
]

IDENTITY_DIFFERS = "LECH_DINH_DANH"
ALREADY_CLAIMED = "TRUNG_HO_SO"
NO_PROOF = "THIEU_GIAY_BAO_TU"
TOLD_BEFOREHAND = (NOT_ENTITLED, DREW_LUMP_SUM, IDENTITY_DIFFERS, ALREADY_CLAIMED, NO_PROOF)
"""The codes the law files must know, beside those that their rules and conditions name."""


def agencies_to_ask(rule: GroupRule, law: Law) -> tuple[AgencyId, ...]:
    """Whose answers the advice rests on: whoever grants something on conditions."""
    conditional = {condition.procedure for condition in law.rates.conditions}
    steps = (step for step in rule.offered() if step.id in conditional)
    return tuple(dict.fromkeys(step.agency for step in steps))


def assess(facts: DeathFacts, answers: Answers, rule: GroupRule, law: Law) -> Advice:
    """Say which fund pays and what stands against each procedure the family asks for.

    The rule is the case's own where there is a case; rates and conditions hold by the day of
    death, so they come from the law as it is loaded now, and with them the cures.

    Raises:
        KeyError: the law files lack a reason code; `lienthong law check` finds it.
    """
    return _Assessment(facts, answers, rule, law).advice()


@dataclass(frozen=True)
class _Assessment:
    facts: DeathFacts
    answers: Answers
    rule: GroupRule
    law: Law

    def advice(self) -> Advice:
        funds, asked = self._funds(), agencies_to_ask(self.rule, self.law)
        entitled = [step for step in funds if self._standing(step).is_entitled]
        money = self._money(entitled)
        route = self._route(money, entitled, funds)
        named = None if self._is_paid(funds) else money
        return Advice(
            fund=named.fund if named else Fund.NONE,
            amount=named.amount if named else None,
            formula=named.formula if named else None,
            basis=named.basis if named else None,
            verified=self._is_verified(money, funds),
            would_refuse=tuple(self._obstacles(route, entitled)),
            route=route.id if route else None,
            not_asked=tuple(one for one in asked if self.answers.get(one) is None),
            stale=tuple(one for one in asked if self._is_stale(one)),
            no_rate=() if money else tuple(step.id for step in entitled),
            unseen=(*UNSEEN, UNKNOWN_GROUP) if self._has_unknown_group(funds) else UNSEEN,
        )

    def _funds(self) -> tuple[ProcedureRule, ...]:
        """The procedures that pay for a funeral, in the order of the law."""
        paying = {benefit.procedure for benefit in self.law.rates.benefits}
        return tuple(step for step in self.rule.offered() if step.id in paying)

    def _standing(self, step: ProcedureRule) -> Standing:
        answer = self.answers.get(step.agency)
        return Standing.of(step.id, answer, self.law.rates, self.facts.died_on)

    def _money(self, entitled: list[ProcedureRule]) -> FuneralMoney | None:
        ids = {step.id for step in entitled}
        moneys = funeral_moneys(self.law.rates, self.facts.died_on, self.facts.province)
        return highest(money for money in moneys if money.procedure in ids)

    def _route(
        self,
        money: FuneralMoney | None,
        entitled: list[ProcedureRule],
        funds: tuple[ProcedureRule, ...],
    ) -> ProcedureRule | None:
        if money is not None:
            return self.rule.procedure(money.procedure)
        return min(entitled or funds, key=self._remoteness, default=None)

    def _remoteness(self, step: ProcedureRule) -> int:
        """How far a fund is from paying: nobody asked it, it lacks something, it knows nothing."""
        answer, refusal = self.answers.get(step.agency), self._refusal(step)
        if answer is None or refusal is None:
            return 0
        if refusal != NOT_ENTITLED:
            return 1
        return 2 if answer.known else 3

    def _is_verified(self, money: FuneralMoney | None, funds: tuple[ProcedureRule, ...]) -> bool:
        if money is None:
            return all(self._standing(step).is_verified for step in funds)
        paying = self.rule.procedure(money.procedure)
        return money.verified and self._standing(paying).is_verified

    def _obstacles(
        self, route: ProcedureRule | None, entitled: list[ProcedureRule]
    ) -> Iterator[Obstacle]:
        """Of the funds only the one that pays counts; where none does, each says why."""
        funds = self._funds()
        for step in self._asked():
            if step not in funds:
                yield from self._against(step, (step,))
            elif step == route:
                yield from self._against(step, funds)
            elif not entitled and (refusal := self._refusal(step)):
                yield self._obstacle(refusal, step)

    def _asked(self) -> tuple[ProcedureRule, ...]:
        return tuple(step for step in self.rule.offered() if step.word in self.facts.asked)

    def _against(
        self, step: ProcedureRule, rivals: tuple[ProcedureRule, ...]
    ) -> Iterator[Obstacle]:
        """What one agency would refuse; a claim for any of the rivals stands against it."""
        if step.required and not self.facts.has_proof:
            yield self._obstacle(NO_PROOF, step)
        if step.confirmation and not self.facts.has_representative:
            yield self._obstacle(step.confirmation.reason_code, step)
        if refusal := self._refusal(step):
            yield self._obstacle(refusal, step)
        if self._standing(step).conditions and any(True for _ in self._claims(rivals)):
            yield self._obstacle(ALREADY_CLAIMED, step)

    def _refusal(self, step: ProcedureRule) -> str | None:
        """What the agency's record says against it; a record of somebody else says only that."""
        standing = self._standing(step)
        if standing.conditions and standing.is_of_somebody_else:
            return IDENTITY_DIFFERS
        return standing.lack()

    def _claims(self, rivals: tuple[ProcedureRule, ...]) -> Iterator[Claim]:
        kinds = {name for step in rivals for name in (step.id, step.word)}
        for agency in dict.fromkeys(step.agency for step in rivals):
            answer = self.answers.get(agency)
            yield from (one for one in answer.claims if one.kind in kinds) if answer else ()

    def _is_paid(self, funds: tuple[ProcedureRule, ...]) -> bool:
        return any(claim.paid for claim in self._claims(funds))

    def _is_stale(self, agency: AgencyId) -> bool:
        answer, records = self.answers.get(agency), self.law.rates.records
        if answer is None or records is None:
            return False
        since = self.facts.asked_on - timedelta(days=records.fresh_days)
        return vietnam_time(answer.as_of).date() < since

    def _has_unknown_group(self, funds: tuple[ProcedureRule, ...]) -> bool:
        return any(self._standing(step).has_unknown_group for step in funds)

    def _obstacle(self, code: str, step: ProcedureRule) -> Obstacle:
        reason = self.law.reason(code)
        if reason is None:
            raise KeyError(code)
        return Obstacle(reason_code=code, cure=reason.cure, title=reason.title, procedure=step.id)
