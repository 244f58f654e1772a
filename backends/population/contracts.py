"""What the population database is asked and answers."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from backends.fields import Day, Key, Line, PersonalNumber, Sex
from models.base import Message
from models.vocabulary import Outcome


class Parent(Message):
    """A parent as declared. Without a number there is nothing to compare: e.g. a foreigner."""

    personal_number: PersonalNumber | None = None
    full_name: Line
    date_of_birth: Day | None = None


class NewbornRequest(Message):
    """Body of `PUT /v1/newborns/{key}`: verify the parents, number the child."""

    key: Key
    event: Annotated[str, StringConstraints(pattern=r"^[a-z]+:[0-9a-f]{64}$")]
    """The birth, by a digest of its notice or evidence: one number for one birth."""
    province: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
    full_name: Line
    sex: Sex
    date_of_birth: Day
    mother: Parent | None = None
    father: Parent | None = None


class NewbornAnswer(Message):
    """The number of the child, or why there is none."""

    key: str
    outcome: Outcome
    personal_number: str | None = None
    reason_code: str | None = None
    note: str | None = Field(default=None, description="Vietnamese, without names or numbers")


class RegisteredPerson(Message):
    """A person as the register knows them."""

    personal_number: str
    full_name: str
    sex: str
    date_of_birth: date
    closed_on: date | None = None
    """Since when the number belongs to nobody: the birth was registered in error."""
