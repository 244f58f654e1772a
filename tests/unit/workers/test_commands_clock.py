"""The day of a command is the day in Vietnam, which from 17:00 UTC on is the next one."""

from models.kernel.base import VIETNAM
from workers.runtime.clock import now


def test_a_commands_day_is_vietnams() -> None:
    told = now()

    assert told.utcoffset() == VIETNAM.utcoffset(None)
    assert told.date() == told.astimezone(VIETNAM).date()
