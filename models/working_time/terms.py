"""To be described."""

from datetime import time
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.kernel.base import Definition
from models.kernel.legal_basis import LegalBasis


class OfficeHours(Definition):
    """When an office works, in Vietnam's time. A Saturday morning makes no working DAY."""

    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13, 0), time(17, 0))
    saturday_morning: bool = False

    @model_validator(mode="after")
    def _in_the_order_of_a_day(self) -> Self:
        (opening, noon), (back, closing) = self.morning, self.afternoon
        if not opening < noon <= back < closing:
            raise ValueError("giờ làm việc: sáng trước chiều, giờ mở cửa trước giờ đóng cửa")
        return self

    @property
    def closing(self) -> time:
        """The end of office hours of a working day: the time of day of every due instant."""
        return self.afternoon[1]


class Counting(StrEnum):
    """Which day is day 1 of a limit: the law can be read both ways."""

    RECEPTION_IS_DAY_0 = "reception_is_day_0"
    RECEPTION_IS_DAY_1 = "reception_is_day_1"


class ClockPolicy(StrEnum):
    """What happens to the remaining time once the citizen has supplemented."""

    RESTART = "restart"
    PAUSE = "pause"
    CONTINUE = "continue"


class CitizenLimit(Definition):
    """How long a citizen has: either days, which end on a working day, or working days."""

    days: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)
    verified: bool = True
    basis: LegalBasis | None = None

    @model_validator(mode="after")
    def _in_one_unit(self) -> Self:
        if (self.days is None) == (self.working_days is None):
            raise ValueError("ghi một trong hai: days hoặc working_days")
        return self
