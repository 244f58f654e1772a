"""Working time: the only date arithmetic of the project. Pure; every answer can explain itself.

This name gathers the parts: hours (amounts of office time), days (limits in working days), spans
(amounts that explain themselves), moves and pauses (what sets a due instant anew), citizen (whole
days).
"""

from models.working_time.citizen import citizen_due
from models.working_time.days import (
    Due,
    add_working_days,
    due,
    is_provisional,
    is_same_working_day,
    one_working_day_before,
    working_days_between,
)
from models.working_time.hours import (
    add_working_time,
    is_office_time,
    next_office_instant,
    office_time_between,
    subtract_working_time,
)
from models.working_time.moves import Move, NewDue, extended_due
from models.working_time.pauses import Pause, resume_due, verification_due
from models.working_time.spans import HoursDue, OfficeTime, due_in_hours, measured

__all__ = [
    "Due",
    "HoursDue",
    "Move",
    "NewDue",
    "OfficeTime",
    "Pause",
    "add_working_days",
    "add_working_time",
    "citizen_due",
    "due",
    "due_in_hours",
    "extended_due",
    "is_office_time",
    "is_provisional",
    "is_same_working_day",
    "measured",
    "next_office_instant",
    "office_time_between",
    "one_working_day_before",
    "resume_due",
    "subtract_working_time",
    "verification_due",
    "working_days_between",
]
