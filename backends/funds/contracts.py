"""What funds are asked, and what their clerks enter."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backends.shared.fields import AS_WHOLE, CommuneCode, Day, Line, PersonalNumber
from models.kernel.base import Message

Word = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Months = Annotated[int, Field(ge=0, le=1200), AS_WHOLE]


class Question(Message):
    """Body of `POST /v1/entitlements`: the wire contract, each field within its bounds."""

    personal_number: PersonalNumber | None = None
    full_name: Line
    date_of_birth: Day | None = None
    insurance_number: Line | None = None
    died_on: Day
    residence: CommuneCode
    purpose: Line


class OutsideClaim(Message):
    """A claim that did not come as a dossier, e.g. an employer's."""

    kind: Word
    channel: Literal["employer", "counter", "post", "other"]
    received_on: Day
    paid: bool = False
