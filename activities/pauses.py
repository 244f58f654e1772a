"""How long to wait before asking an agency again: soon at first, later in its office hours."""

from datetime import timedelta

from temporalio import activity

from models.kernel.base import AgencyId
from models.law.context import LegalContext
from models.working_time.hours import next_office_instant

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
BETWEEN_GLANCES = timedelta(hours=24)
EAGER_TRIES = 5
"""Asked so often within minutes, at any hour: much is decided at once."""


def pause_for(agency: AgencyId, context: LegalContext, *, daily: bool = False) -> timedelta:
    """The pause after the present attempt of an asking activity; a glance is cast daily."""
    info = activity.info()
    pause: timedelta = min(FIRST_PAUSE * (1 << min(info.attempt - 1, 10)), LONGEST_PAUSE)
    if info.attempt <= EAGER_TRIES and not daily:
        return pause
    pause = BETWEEN_GLANCES if daily else pause
    hours = context.law.agency(agency).office_hours
    then = next_office_instant(info.started_time + pause, calendar=context.calendar, hours=hours)
    return then - info.started_time
