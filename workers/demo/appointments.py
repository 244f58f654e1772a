"""Receptions by which a case is late, or due soon, at a given moment: counted by the law itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.base import GroupId, ProcedureId, vietnam_time
from models.calendars import Calendar
from models.deadlines import deadlines
from models.law import Law
from models.office import NamedPlaces
from models.sla import sla_while_open
from models.vocabulary import SlaStatus
from workers.demo.births import Birth
from workers.demo.kinds import Kind

BIRTH = GroupId("birth")
STANDS: Mapping[Kind, SlaStatus] = {
    Kind.LATE: SlaStatus.OVERDUE,
    Kind.DUE_SOON: SlaStatus.DUE_SOON,
    Kind.EXTENDED: SlaStatus.ON_TIME,
}
"""How a case of a kind has to stand against its due date, for which it was received days ago."""
_OPENS = 8
_MINUTES = 120
_LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class Appointments:
    """The law, the calendar and the places a demonstration's cases will be opened by."""

    law: Law
    calendar: Calendar
    places: NamedPlaces
    now: datetime

    def received_at(self, kind: Kind, birth: Birth) -> datetime | None:
        """A morning, the latest from which a case stands as its kind has to; None: any will do.

        Raises:
            LookupError: no law of the last weeks makes a case stand so.
        """
        if kind not in STANDS:
            return None
        morning = vietnam_time(self.now).replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        at = morning + timedelta(minutes=birth.family.index % _MINUTES)
        for days in range(1, _LONGEST):
            received_at = at - timedelta(days=days)
            if self._sla(birth, received_at) is STANDS[kind]:
                return received_at
        raise LookupError(f"no reception makes a case {STANDS[kind]}")

    def _sla(self, birth: Birth, received_at: datetime) -> SlaStatus | None:
        day, commune = received_at.date(), birth.family.commune
        rule = self.law.group_on(BIRTH, day, self.places.province_of(commune, day) or "")
        if rule is None:
            return None
        chosen = map(ProcedureId, birth.procedures)
        dates = deadlines(rule, chosen, received_at, self.calendar, self.law.agencies)
        return sla_while_open(self.now, due_soon_at=dates.due_soon_at, due_at=dates.due_at)
