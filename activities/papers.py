"""What producing documents needs from the outside world, in our own words."""

from collections.abc import Collection
from typing import Protocol

from models.documents.forms import CaseForm, DocumentKey


class Printer(Protocol):
    """Who turns a form into a document."""

    async def pdf(self, form: CaseForm) -> bytes:
        """Typeset a form, without holding up the event loop; the same facts, the same bytes."""
        ...


class Cabinet(Protocol):
    """Where documents are kept, sealed."""

    async def keep(self, key: DocumentKey, document: bytes) -> None:
        """Keep a document; one that is there already stays as it is."""
        ...


class ClosedCases(Cabinet, Protocol):
    """A cabinet that also knows what is missing in it."""

    async def undrawn(self, given_up: Collection[str] = ()) -> list[tuple[str, str]]:
        """Case and run ids closed for an hour whose forms nobody drew up since, oldest first.

        Without the runs that were given up, so that they stand in nobody's way.
        """
        ...
