"""Receptions by which a case stands as it has to at a given moment: counted by the law itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clock.deadlines import deadlines
from models.clock.sla import sla_while_open
from models.kernel.base import GroupId, ProcedureId, vietnam_time
from models.kernel.vocabulary import SlaStatus
from models.law.law import Law
from models.law.places import NamedPlaces
from models.law.rules import GroupRule
from models.working_time.calendars import Calendar
from models.working_time.citizen import citizen_due
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.births import Birth
from simulation.demo.households import Household
from simulation.demo.kinds import Kind
from simulation.demo.planned import BIRTH, DEATH

STANDS: Mapping[Kind, SlaStatus] = {
    BirthKind.LATE: SlaStatus.OVERDUE,
    BirthKind.DUE_SOON: SlaStatus.DUE_SOON,
    BirthKind.EXTENDED: SlaStatus.ON_TIME,
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

    def received_at(self, kind: BirthKind, birth: Birth) -> datetime | None:
        """A morning, the latest from which a case stands as its kind has to; None: any will do.

        Raises:
            LookupError: no law of the last weeks makes a case stand so.
        """
        if kind not in STANDS:
            return None
        return self._latest(birth.family.index, lambda at: self._sla(birth, at) is STANDS[kind])

    def before_confirmation(self, home: Household) -> datetime:
        """A morning, the latest from which the relatives' time to agree is over by now.

        Raises:
            LookupError: no law of the last weeks gives them a time.
        """
        return self._latest(home.index, lambda at: self._is_over(home, at))

    def _latest(self, turn: int, holds: Callable[[datetime], bool]) -> datetime:
        morning = vietnam_time(self.now).replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        at = morning + timedelta(minutes=turn % _MINUTES)
        for days in range(1, _LONGEST):
            if holds(at - timedelta(days=days)):
                return at - timedelta(days=days)
        raise LookupError("no reception of the last weeks makes a case stand so")

    def _is_over(self, home: Household, received_at: datetime) -> bool:
        rule = self._rule(DEATH, home.commune, received_at)
        steps = rule.procedures if rule else ()
        return any(
            citizen_due(received_at, step.confirmation.limit, calendar=self.calendar).due_at
            < self.now
            for step in steps
            if step.confirmation
        )

    def _rule(self, group: GroupId, commune: str, received_at: datetime) -> GroupRule | None:
        day = received_at.date()
        return self.law.group_on(group, day, self.places.province_of(commune, day) or "")

    def _sla(self, birth: Birth, received_at: datetime) -> SlaStatus | None:
        rule = self._rule(BIRTH, birth.family.commune, received_at)
        if rule is None:
            return None
        chosen = map(ProcedureId, birth.procedures)
        dates = deadlines(rule, chosen, received_at, self.calendar, self.law.agencies)
        return sla_while_open(self.now, due_soon_at=dates.due_soon_at, due_at=dates.due_at)
