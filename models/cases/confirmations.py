"""A family agreeing on one of them before a procedure is filed: who said what, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from models.contracts.dossiers import Facts, WantedItem
from models.intake.intake import PlannedConfirmation
from models.kernel.paths import value_at

AGREE = "XAC_NHAN_DAI_DIEN"
"""Code of what the relatives are asked for first."""
BY_RELATIVES, BY_FORM = "relatives", "written_form"


@dataclass
class Confirmation:
    """Changed only by the acts on its case. Everybody's last word counts.

    The declarant's own declaration counts as their confirmation of the one they named.
    """

    plan: PlannedConfirmation
    relatives: tuple[str, ...]
    """Personal numbers of everybody who must agree."""
    said: dict[str, str | None] = field(default_factory=dict)
    """Whom each relative wants to be represented by; None: not the one they were asked about."""
    form: str | None = None
    """Reference of the written form that took the place of the relatives' confirmation."""
    in_writing: bool = False
    """The time to confirm is over: now the written form is wanted."""

    @classmethod
    def begun(cls, plan: PlannedConfirmation, declaration: Mapping[str, Any]) -> Self:
        """As the declaration leaves it: the declarant has said whom they want."""
        listed = value_at(plan.among, declaration) or ()
        relatives = tuple(one["personal_number"] for one in listed)
        wanted = value_at(plan.chosen, declaration)
        declarant = value_at("declarant.personal_number", declaration)
        said = {declarant: wanted} if wanted and declarant in relatives else {}
        return cls(plan, relatives, said)

    @property
    def agreed(self) -> str | None:
        """The one all relatives want, which only a relative can be; None while they do not."""
        wanted = {self.said.get(relative) for relative in self.relatives}
        one = next(iter(wanted)) if len(wanted) == 1 else None
        return one if one in self.relatives else None

    @property
    def is_reached(self) -> bool:
        """The dossier may be filed."""
        return self.agreed is not None or self.form is not None

    @property
    def item(self) -> WantedItem:
        """What the family is asked for now."""
        if self.in_writing:
            return WantedItem(code=self.plan.fallback, description=self.plan.fallback_title)
        return WantedItem(
            code=AGREE, description="Các thân nhân xác nhận cùng một người đại diện trên VNeID"
        )

    @property
    def limit(self) -> datetime:
        """By when the family must have given it."""
        return self.plan.written_by if self.in_writing else self.plan.confirm_by

    def evidence(self) -> Facts:
        """What the agency is told about it."""
        if self.agreed is not None:
            return {"representative": self.agreed, "by": BY_RELATIVES, "reference": None}
        return {"representative": self._named(), "by": BY_FORM, "reference": self.form}

    def _named(self) -> str | None:
        """Whom most have named; the written form says it with effect."""
        named = [one for one in self.said.values() if one is not None]
        return max(sorted(set(named)), key=named.count, default=None)
