"""The pre-check as a family meets it: the funds are asked, and `assess` says what follows.

Nothing is filed by it, and nothing of the set's labels or stories is known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.base import GroupId
from models.entitlements import Advice, DeathFacts, agencies_to_ask, assess
from models.law import GroupRule, Law
from models.wire_entitlements import EntitlementQuestion
from workers.pilot.country import Country
from workers.pilot.families import Family, Raw

_DEATH = GroupId("death")


class NoRuleError(LookupError):
    """The law files have no rule for a province on the day of the set."""


@dataclass(frozen=True)
class PreCheck:
    """Asks one country's funds under one state of the law."""

    country: Country
    law: Law
    provinces: Mapping[str, str]
    """The province of each commune where somebody died."""

    async def ask(self, family: Family) -> Advice:
        """What this family is told about its declaration as it stands.

        Raises:
            NoRuleError: no rule is in force there and then.
            BackendUnavailableError: a fund does not answer.
        """
        facts = self._facts(family.declaration)
        rule = self._rule(facts)
        question = _question(family.declaration)
        answers = {
            fund: await self.country.ask(fund, question) for fund in agencies_to_ask(rule, self.law)
        }
        return assess(facts, answers, rule, self.law)

    def _rule(self, facts: DeathFacts) -> GroupRule:
        rule = self.law.group_on(_DEATH, facts.asked_on, facts.province)
        if rule is None:
            raise NoRuleError(f"no rule of the group {_DEATH} on {facts.asked_on}")
        return rule

    def _facts(self, said: Raw) -> DeathFacts:
        relatives = {each["personal_number"] for each in said["relatives"]}
        return DeathFacts(
            asked=tuple(said["procedures"]),
            died_on=_died_on(said),
            province=self.provinces[said["deceased"]["last_residence_commune"]],
            has_proof=bool(said["notice"] or said["substitute_evidence"]),
            has_representative=said["representative"] in relatives,
            asked_on=datetime.fromisoformat(said["reception"]["received_at"]).date(),
        )


def _question(said: Raw) -> EntitlementQuestion:
    deceased = said["deceased"]
    return EntitlementQuestion(
        personal_number=deceased["personal_number"],
        full_name=deceased["full_name"],
        date_of_birth=deceased["date_of_birth"],
        insurance_number=deceased["insurance_number"],
        died_on=_died_on(said),
        residence=deceased["last_residence_commune"],
        purpose="precheck",
    )


def _died_on(said: Raw) -> date:
    return datetime.fromisoformat(said["deceased"]["died_at"]).date()
