"""The kinds of field an agency reads, each written so that its JSON Schema is the whole truth."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from models.contracts.dossiers import KEY_PATTERN
from models.kernel.base import vietnam_time

_YEAR = "(?:19|20|21)[0-9]{2}"
_LEAP_YEAR = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_DAY = (
    rf"(?:{_YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    rf"|{_YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|{_YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])"
    rf"|{_LEAP_YEAR}-02-29)"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
DAY_PATTERN = f"^{_DAY}$"
INSTANT_PATTERN = f"^{_DAY}T{_TIME}{_OFFSET}$"


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(_DAY, value, re.ASCII):
        raise ValueError("not an ISO 8601 date")
    return date.fromisoformat(value)


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return vietnam_time(value)
    if not isinstance(value, str) or not re.fullmatch(_DAY + "T" + _TIME + _OFFSET, value):
        raise ValueError("not an RFC 3339 instant with an offset")
    return vietnam_time(datetime.fromisoformat(value))


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


_WRITTEN = PlainSerializer(lambda value: value.isoformat(), return_type=str, when_used="json")

Day = Annotated[
    date,
    PlainValidator(_day),
    _WRITTEN,
    WithJsonSchema({"type": "string", "pattern": DAY_PATTERN, "description": "ISO 8601 date"}),
]
"""A date; only a string is one, never a number of seconds."""

ExactInstant = Annotated[
    datetime,
    PlainValidator(_instant),
    _WRITTEN,
    WithJsonSchema(
        {"type": "string", "pattern": INSTANT_PATTERN, "description": "RFC 3339, with an offset"}
    ),
]
"""An instant with its offset."""

Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,300}$")]
"""One line of text: no control characters, which PostgreSQL would refuse."""

LongLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,1000}$")]
"""As much of it as a declaration may hold where somebody describes something."""

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
CaseCodeText = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
PersonalNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
CommuneCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
FacilityCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,10}$")]
ReasonCodeText = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,40}$")]
OfficerId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Sex = Literal["male", "female"]
AS_WHOLE = BeforeValidator(_whole)
"""In JSON `3.0` is a whole number too. Comes last, or the bounds vanish from the schema."""
Round = Annotated[int, Field(ge=1, le=1000), AS_WHOLE]
