"""How the periodic lists are drawn up: for whom, when, and with which columns they are printed."""

from datetime import time
from enum import StrEnum

from pydantic import Field

from models.contracts.lists import ListKind
from models.kernel.base import AgencyId, Definition
from models.kernel.legal_basis import LegalBasis


class Reads(StrEnum):
    """How a column is read."""

    TEXT = "text"
    DAY = "day"
    SEX = "sex"
    COMMUNE = "commune"


class ListColumn(Definition):
    """One fact of every line."""

    path: str
    """Dotted path, as in the `listing` of a procedure."""
    title: str
    width: int = Field(gt=0)
    """In characters, relative to the other columns."""
    as_: Reads = Field(default=Reads.TEXT, alias="as")


class ListRule(Definition):
    """A kind of list."""

    kind: ListKind
    command: str
    """What it is called on the command line."""
    title: str
    short_title: str
    symbol: str = Field(pattern=r"^[A-ZĐ]{2,6}$")
    """Short sign in the list's own number."""
    agency: AgencyId
    """Who is given the lists."""
    day_of_month: int = Field(ge=1, le=28)
    at: time
    """Vietnam's time."""
    template: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+\.typ$")
    """The layout it is printed with, in `law/forms`."""
    basis: LegalBasis
    columns: tuple[ListColumn, ...] = Field(min_length=1)
