"""The two kinds of model we write, and the small types all of them share."""

from datetime import datetime, timedelta, timezone
from typing import Annotated, NewType

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

VIETNAM = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh has had no daylight saving since 1975: a fixed offset needs no tzdata."""

AgencyId = NewType("AgencyId", str)
CaseCode = NewType("CaseCode", str)
CaseId = NewType("CaseId", str)
DossierKey = NewType("DossierKey", str)
GroupId = NewType("GroupId", str)
LawVersion = NewType("LawVersion", str)
ProcedureId = NewType("ProcedureId", str)


def vietnam_time(instant: datetime) -> datetime:
    """Say the same instant with Vietnam's offset, which is how every instant of ours is written.

    Raises:
        ValueError: in Vietnam that instant lies outside the years a calendar can name.
    """
    try:
        return instant.astimezone(VIETNAM)
    except OverflowError:
        raise ValueError("no such instant in Vietnam's calendar") from None


Instant = Annotated[AwareDatetime, AfterValidator(vietnam_time)]
"""An instant with an offset; written as RFC 3339 with +07:00."""


class Definition(BaseModel):
    """Something a person writes: unknown keys are refused, so a misspelling cannot vanish."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Message(BaseModel):
    """Something machines exchange: unknown keys are ignored, and new fields have defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


CorrectionId = NewType("CorrectionId", str)


OfficerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._@-]{1,64}$")]
"""An officer's id, never a name: it stands in the ledger."""
