"""What holds at the competent commune on a day: its province, its law, and the code it gives."""

from dataclasses import dataclass
from datetime import datetime

from models.kernel.base import GroupId, vietnam_time
from models.law.context import LegalContext
from models.law.rules import GroupRule


@dataclass(frozen=True)
class Ground:
    """The commune that is competent for a declaration, wherever it was handed in."""

    group: GroupId
    commune: str
    context: LegalContext

    def rule_on(self, instant: datetime) -> GroupRule | None:
        """The definition in force there on the day of that instant; None: there is none."""
        day = vietnam_time(instant).date()
        return self.context.law.group_on(self.group, day, self.province_on(instant) or "")

    def province_on(self, instant: datetime) -> str | None:
        """Its province on that day; None: no such commune then."""
        return self.context.places.province_of(self.commune, vietnam_time(instant).date())

    def code_prefix_on(self, instant: datetime) -> str:
        """What the code of a case received then begins with."""
        day = vietnam_time(instant).date()
        return f"{self.context.places.agency_code_of(self.commune, day)}-{day:%y%m%d}"
