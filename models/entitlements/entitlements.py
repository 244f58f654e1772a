"""What a family is told before anything is filed: which fund pays, how much, what stands against.

It is advice from what agencies' records say today: it decides nothing, and says what it cannot see.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.entitlements.advice import UNKNOWN_GROUP, UNSEEN, Advice, Answers, DeathFacts, Obstacle
from models.entitlements.money import FuneralMoney, funeral_moneys, highest
from models.entitlements.standings import Standings
from models.kernel.base import AgencyId
from models.kernel.vocabulary import Fund
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.reasons import (
    ALREADY_CLAIMED,
    NO_PROOF,
)
from models.law.rules import GroupRule


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
    return _Assessment(Standings(facts, answers, rule, law.rates), law).advice()


@dataclass(frozen=True)
class _Assessment:
    """The advice as it is put together."""

    standings: Standings
    law: Law

    def advice(self) -> Advice:
        money, route = self._money(), self._route()
        named = None if self._is_paid() else money
        asked = agencies_to_ask(self.standings.rule, self.law)
        return Advice(
            fund=named.fund if named else Fund.NONE,
            amount=named.amount if named else None,
            formula=named.formula if named else None,
            basis=named.basis if named else None,
            verified=self._is_verified(money),
            would_refuse=tuple(self._obstacles(route)),
            route=route.id if route else None,
            not_asked=tuple(one for one in asked if self.standings.answers.get(one) is None),
            stale=tuple(one for one in asked if self.standings.is_stale(one)),
            no_rate=() if money else tuple(step.id for step in self.standings.entitled()),
            unseen=tuple(self._unseen()),
        )

    def _money(self) -> FuneralMoney | None:
        facts, ids = self.standings.facts, {step.id for step in self.standings.entitled()}
        moneys = funeral_moneys(self.law.rates, facts.died_on, facts.province)
        return highest(money for money in moneys if money.procedure in ids)

    def _route(self) -> ProcedureRule | None:
        """Where the money is; else the fund nearest to paying, for the family may file anyway."""
        money = self._money()
        if money is not None:
            return self.standings.rule.procedure(money.procedure)
        options = self.standings.entitled() or self.standings.funds()
        return min(options, key=self.standings.remoteness, default=None)

    def _is_paid(self) -> bool:
        return any(claim.paid for claim in self.standings.claims(self.standings.funds()))

    def _is_verified(self, money: FuneralMoney | None) -> bool:
        standings = self.standings
        if money is None:
            return all(standings.of(step).is_verified for step in standings.funds())
        paying = standings.rule.procedure(money.procedure)
        return money.verified and standings.of(paying).is_verified

    def _unseen(self) -> Iterator[str]:
        yield from UNSEEN
        if any(self.standings.of(step).has_unknown_group for step in self.standings.funds()):
            yield UNKNOWN_GROUP

    def _obstacles(self, route: ProcedureRule | None) -> Iterator[Obstacle]:
        """Of the funds only the one that pays counts; where none does, each says why."""
        funds, nobody_pays = self.standings.funds(), not self.standings.entitled()
        for step in self.standings.asked():
            if step not in funds:
                yield from self._against(step, (step,))
            elif step == route:
                yield from self._against(step, funds)
            elif nobody_pays and (refusal := self.standings.refusal(step)):
                yield self._obstacle(refusal, step)

    def _against(
        self, step: ProcedureRule, rivals: tuple[ProcedureRule, ...]
    ) -> Iterator[Obstacle]:
        """What one agency would refuse; a claim for any of the rivals stands against it."""
        facts = self.standings.facts
        if step.required and not facts.has_proof:
            yield self._obstacle(NO_PROOF, step)
        if step.confirmation and not facts.has_representative:
            yield self._obstacle(step.confirmation.reason_code, step)
        if refusal := self.standings.refusal(step):
            yield self._obstacle(refusal, step)
        if self.standings.of(step).conditions and self.standings.claims(rivals):
            yield self._obstacle(ALREADY_CLAIMED, step)

    def _obstacle(self, code: str, step: ProcedureRule) -> Obstacle:
        reason = self.law.reason(code)
        if reason is None:
            raise KeyError(code)
        return Obstacle(reason_code=code, cure=reason.cure, title=reason.title, procedure=step.id)
