"""What producing documents needs from the outside world, in our own words."""

from datetime import timedelta
from typing import Protocol

from models.documents.forms import CaseForm, DocumentKey
from models.kernel.refs import CaseRef


class Printer(Protocol):
    """Who turns a form into a document."""

    async def pdf(self, form: CaseForm) -> bytes:
        """Typeset a form, without holding up the event loop; the same facts, the same bytes."""
        ...


class DocumentStore(Protocol):
    """Where documents are kept, sealed."""

    async def keep(self, key: DocumentKey, document: bytes) -> None:
        """Keep a document; one that is there already stays as it is."""
        ...


class ClosedCases(DocumentStore, Protocol):
    """A cabinet that also knows what is missing in it."""

    async def claim(self, most: int, rest: timedelta) -> list[CaseRef]:
        """Cases closed for an hour whose forms nobody has drawn up or is drawing up, oldest first.

        Nobody else is given them for a while: at first for `rest`, and longer with every try.
        """
        ...

    async def done_with(self, case: CaseRef, because: str | None = None) -> None:
        """Its forms are drawn up; or never can be, and `because` names the kind of failure."""
        ...

    async def note_trouble(self, case: CaseRef, because: str) -> None:
        """Keep the kind of failure; the case is claimed again when it has rested."""
        ...
