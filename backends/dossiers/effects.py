"""What a correction does at an agency: the words for it, and how it is carried out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from pydantic import JsonValue

from backends.shared.database import Connection
from models.contracts.corrections import CorrectionReceipt


class Done(StrEnum):
    """The words of a receipt's `effect`."""

    CORRECTED = "corrected"
    REVOKED = "revoked"
    RESTORED = "restored"
    CANCELLED = "cancelled"
    RENEWED = "renewed"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What was done, before it gets its date."""

    done: Done
    note: str | None = None
    issued: Mapping[str, JsonValue] = field(default_factory=dict)
    """What was handed out anew."""

    def receipt(self, at: datetime) -> CorrectionReceipt:
        """The acknowledgement that tells it."""
        return CorrectionReceipt(
            acknowledged=True, at=at, effect=self.done, note=self.note, issued=dict(self.issued)
        )


Amend: TypeAlias = Callable[[Connection], Awaitable[Effect]]
"""Undoes or renews inside the transaction that records the correction: both or neither."""

NOTHING = Effect(done=Done.NONE)
