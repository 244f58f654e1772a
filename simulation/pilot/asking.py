"""The pre-check as a family meets it: the funds are asked over HTTP, and told what follows.

Nothing is filed by it, and nothing of the set's labels or stories is known here.
"""

from dataclasses import dataclass
from datetime import datetime

from models.entitlements.advice import Advice
from models.entitlements.advising import advice_on, question_about
from models.entitlements.entitlements import agencies_to_ask
from models.intake.competence import Ground
from models.kernel.base import GroupId
from models.law.context import LegalContext
from simulation.pilot.country import Country
from simulation.pilot.families import Family

_DEATH = GroupId("death")
_PURPOSE = "precheck"


class NoRuleError(LookupError):
    """The law files have no rule for a commune on the day of the set."""


@dataclass(frozen=True)
class PreCheck:
    """Asks one country's funds; the pure part is the one that `Precheck` and the cases use."""

    country: Country
    context: LegalContext

    async def ask(self, family: Family) -> Advice:
        """What this family is told about its declaration as it stands.

        Raises:
            NoRuleError: no rule is in force there and then.
            BackendUnavailableError: a fund does not answer.
        """
        said = family.declaration
        at = datetime.fromisoformat(said["reception"]["received_at"])
        rule = Ground(_DEATH, said["registration"]["commune"], self.context).rule_on(at)
        if rule is None:
            raise NoRuleError(f"no rule of the group {_DEATH} at {at}")
        question = question_about(said, _PURPOSE)
        funds = agencies_to_ask(rule, self.context.law)
        answers = {fund: await self.country.ask(fund, question) for fund in funds}
        return advice_on(said, answers, rule, self.context, at)
