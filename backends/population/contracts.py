"""What the population database is asked and answers."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backends.shared.fields import Day, Key, Line, PersonalNumber, Sex
from models.kernel.base import Message
from models.kernel.vocabulary import Outcome


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


class NewbornCorrection(Message):
    """Body of `POST /v1/newborns/{key}/corrections`: what became of the child's registration.

    The number stays the child's own whatever its digits tell of sex and year: giving another is
    a procedure of its own.
    """

    correction_id: Line
    kind: Literal["corrected", "revoked"]
    full_name: Line | None = None
    sex: Sex | None = None
    date_of_birth: Day | None = None


class RegisteredPerson(Message):
    """A person as the register knows them."""

    personal_number: str
    full_name: str
    sex: str
    date_of_birth: date
    died_on: date | None = None
    """None: alive, as far as the register knows."""
    closed_on: date | None = None
    """Since when the number belongs to nobody: the birth was registered in error."""


class DeathRequest(Message):
    """Body of `PUT /v1/deaths/{key}`: verify who died, and enter the death."""

    key: Key
    personal_number: PersonalNumber | None = None
    """Without one the person is sought by the other facts."""
    full_name: Line
    date_of_birth: Day | None = None
    died_on: Day


class DeathAnswer(Message):
    """Whose death was entered, or why none was."""

    key: str
    outcome: Outcome
    personal_number: str | None = None
    reason_code: str | None = None
    note: str | None = Field(default=None, description="Vietnamese, without names or numbers")


class DeathRevocation(Message):
    """Body of `POST /v1/deaths/{key}/revocation`: the person is alive, the entry was wrong."""

    correction_id: Line
