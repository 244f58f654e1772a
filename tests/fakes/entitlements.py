"""A fund that lives in memory and knows whom a test told it of; for tests and demonstrations."""

from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

from activities.ports.agencies import EntitlementGateway
from models.contracts.entitlements import Entitlement, EntitlementQuestion

from fakes.agencies import SOME_INSTANT, Reachability


@dataclass(kw_only=True)
class MemoryEntitlementGateway(Reachability, EntitlementGateway):
    """Answers from its records by personal number; whoever is not in them is not known."""

    name: str = "fund"
    as_of: datetime = SOME_INSTANT
    records: dict[str, Entitlement] = field(default_factory=dict)
    """By personal number."""
    questions: list[EntitlementQuestion] = field(default_factory=list)
    """Everything asked, repeats included."""

    @override
    async def entitlement(self, question: EntitlementQuestion) -> Entitlement:
        """Look the person up."""
        self.pass_through()
        self.questions.append(question)
        known = self.records.get(question.personal_number or "")
        return known or Entitlement(known=False, as_of=self.as_of)
