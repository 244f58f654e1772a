"""Who is to be told before and after a due instant, as a civil servant writes it down."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.kernel.base import Definition
from models.kernel.legal_basis import LegalBasis

HOURS_A_DAY = 8
"""Only to compare distances written in days with distances written in hours."""


class MilestoneKind(StrEnum):
    """What is done at a step, in the order in which steps follow each other."""

    EARLY_WARNING = "early_warning"
    ONE_DAY_BEFORE = "one_day_before"
    DUE = "due"
    LATE = "late"
    ESCALATION = "escalation"


BEFORE_DUE = (MilestoneKind.EARLY_WARNING, MilestoneKind.ONE_DAY_BEFORE)


class WorkingSpan(Definition):
    """A distance in working time: whole working days, or working hours."""

    working_days: int = Field(default=0, ge=0)
    working_hours: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _in_one_unit(self) -> Self:
        if bool(self.working_days) == bool(self.working_hours):
            raise ValueError("ghi một trong hai: working_days hoặc working_hours, lớn hơn 0")
        return self

    @property
    def in_hours(self) -> int:
        """How far it is, to compare; never to count with."""
        return self.working_days * HOURS_A_DAY + self.working_hours

    def said(self) -> str:
        """Say it in Vietnamese."""
        if self.working_days:
            return f"{self.working_days} ngày làm việc"
        return f"{self.working_hours} giờ làm việc"


class MilestoneRule(Definition):
    """One step: what is done, how far from the due instant, and who is told."""

    kind: MilestoneKind
    before: WorkingSpan | None = None
    after: WorkingSpan | None = None
    to: str = ""
    """Vietnamese, who is told; empty: whoever holds the dossier."""
    level: int = Field(default=0, ge=0)
    """0: the agency itself; n: the n-th level above it."""
    verified: bool = True
    """False: an assumption of ours, shown as "chưa kiểm chứng"."""
    basis: LegalBasis | None = None

    @model_validator(mode="after")
    def _on_its_side(self) -> Self:
        is_before = self.kind in BEFORE_DUE
        if is_before != (self.before is not None):
            raise ValueError(f"{self.kind}: " + ("phải có before" if is_before else "bỏ before"))
        if self.after is not None and self.kind not in (
            MilestoneKind.LATE,
            MilestoneKind.ESCALATION,
        ):
            raise ValueError(f"{self.kind}: chỉ late và escalation có after")
        if self.kind is MilestoneKind.ESCALATION and self.after is None:
            raise ValueError("escalation: phải có after")
        return self

    @property
    def offset(self) -> int:
        """Where it lies, in hours from the due instant, to compare; never to count with."""
        if self.before is not None:
            return -self.before.in_hours
        return self.after.in_hours if self.after is not None else 0
