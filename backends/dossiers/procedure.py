"""What a procedure of an agency is to the office that receives its dossiers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from pydantic import JsonValue

from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.store import Stored
from backends.shared.database import Connection, Queryable
from backends.shared.reasons import Reason
from models.kernel.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided, before it gets its number and its date."""

    outcome: Outcome
    reason: str | None = None
    note: str | None = None
    issued: Mapping[str, JsonValue] = field(default_factory=dict)
    items: tuple[Mapping[str, str], ...] = ()


def granted(**issued: JsonValue) -> Decision:
    """Yes, and this is what is handed out."""
    return Decision(outcome=Outcome.GRANTED, issued=issued)


def refused(reason: Reason, note: str) -> Decision:
    """No, with the coded reason and a Vietnamese sentence for the citizen."""
    return Decision(outcome=Outcome.REFUSED, reason=reason, note=note)


Act: TypeAlias = Callable[[Connection], Awaitable[Decision]]
"""Performs the procedure inside the transaction that records the decision: both or neither."""


class Procedure(Protocol):
    """One act of one agency."""

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: each procedure has evidence of its own
        """What a dossier of this procedure must hold."""
        ...

    async def examine(self, filing: Any) -> Act:  # Any: an instance of `filing`
        """Do what needs other agencies or no database, and say what is to be performed."""
        ...

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """Do what needs other agencies, and say what is to be undone or renewed here.

        Asked only for a granted dossier that performed the act or relied on it; whatever has been
        done so far is harmless to do again.
        """
        ...

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """What the agency's register says now of what a granted dossier brought about."""
        ...
