"""The lists of persons the insurer takes, and what it shows of them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from backends.shared.fields import (
    AS_WHOLE,
    CaseCodeText,
    Day,
    ExactInstant,
    Key,
    Line,
    PersonalNumber,
)
from models.kernel.base import Message

ListName = Literal["cards", "strike_offs"]
Money = Annotated[int, Field(ge=0, le=10**15), AS_WHOLE]


class LinePosting(Message):
    """One person."""

    number: Annotated[int, Field(ge=1, le=1_000_000), AS_WHOLE]
    case_code: CaseCodeText
    occurred_on: Day
    facts: dict[str, JsonValue]


class ListPosting(Message):
    """Body of `PUT /v1/lists/{number}`: the wire contract, each field within its bounds."""

    number: Key
    kind: ListName
    place: Line
    place_name: Line
    compiled_at: ExactInstant
    lines: tuple[LinePosting, ...]
    fee_per_line: Money
    fee_total: Money


class StruckOff(Message):
    """The deceased, as a line of a strike-off list says."""

    personal_number: PersonalNumber | None = None
    insurance_number: Line | None = None
    full_name: Line
    died_at: ExactInstant | None = None


class StrikeOffFacts(Message):
    """Facts of a line of a strike-off list."""

    deceased: StruckOff


class ListedChild(Message):
    """The child, as a line of a card list says."""

    full_name: Line
    born_at: ExactInstant | None = None


class Numbered(Message):
    """What the birth registration gave the child."""

    personal_number: PersonalNumber | None = None


class ListedCard(Message):
    """What was handed out for the child."""

    card_number: Line
    insurance_number: Line | None = None
    register_birth: Numbered = Numbered()


class CardFacts(Message):
    """Facts of a line of a card list."""

    child: ListedChild
    issued: ListedCard


class ListedLine(Message):
    """What became of one line. It names nobody."""

    list_number: str
    line: int
    kind: ListName
    state: Literal["taken", "rejected", "revoked"]
    reason_code: str | None = None
    membership_ended_on: date | None = None
    """Null: the person's insurance goes on."""


class ListedLines(Message):
    """The lines of one case, in the order they came."""

    lines: tuple[ListedLine, ...]
