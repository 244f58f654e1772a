"""Lists of persons for the insurer: `PUT /v1/lists/{number}`."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from models.contracts.dossiers import KEY_PATTERN, Facts
from models.kernel.base import CaseCode, Instant, Message


class ListKind(StrEnum):
    """What the persons of a list have in common."""

    CARDS = "cards"
    """Children who were given a card."""
    STRIKE_OFFS = "strike_offs"
    """Deceased household members to be struck off; their cards end."""


class ListLine(Message):
    """One person, once for ever."""

    number: int = Field(ge=1)
    case_code: CaseCode
    occurred_on: date
    facts: Facts
    """What the definition of the group says the insurer needs."""


class PersonList(Message):
    """A numbered list; the same number again must be the same list."""

    number: str = Field(pattern=KEY_PATTERN)
    kind: ListKind
    place: str
    """Code of the commune, or of the district where the list is of a district."""
    place_name: str
    compiled_at: Instant
    lines: tuple[ListLine, ...]
    fee_per_line: int = Field(ge=0)
    """Whole đồng."""
    fee_total: int = Field(ge=0)


class ListReceipt(Message):
    """The insurer has taken the list; the same again is the same receipt."""

    number: str
    acknowledged: bool = True
    received_at: Instant
    taken: int = Field(ge=0)
    """How many lines were carried out."""
    rejected: dict[str, str] = Field(default_factory=dict)
    """By line number: the coded reason why a line could not be carried out."""
