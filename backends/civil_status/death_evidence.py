"""What the registry needs of a death declaration."""

import hashlib
import json
from typing import Literal

from pydantic import JsonValue

from backends.dossiers.filing import Filing
from backends.shared.deceased import Deceased
from backends.shared.fields import CommuneCode, Line, LongLine
from models.kernel.base import Message


class DeathNotice(Message):
    """The hospital's giấy báo tử: its number is unique within a facility, a year and a book."""

    facility: Line
    year: Line | int
    book: Line | None = None
    number: Line


class DeathPlace(Message):
    """Where the death is to be registered."""

    commune: CommuneCode


class DeathEvidence(Message):
    """A death with its proof, if there is any."""

    notice: DeathNotice | None = None
    substitute_evidence: JsonValue = None
    deceased: Deceased
    cause_of_death: LongLine | None = None
    """Sensitive: kept in a table of its own, told to nobody."""
    registration: DeathPlace | None = None

    @property
    def has_proof(self) -> bool:
        """Whether there is a notice, or what stands in for it."""
        return self.notice is not None or bool(self.substitute_evidence)

    def notice_digest(self) -> str | None:
        """Which notice this is, however its number is spelled; None without one."""
        if self.notice is None:
            return None
        notice = self.notice
        parts = (notice.facility, notice.year, notice.book or "", notice.number)
        spelled = json.dumps([str(part).strip().upper() for part in parts])
        return hashlib.sha256(spelled.encode()).hexdigest()


class DeathFiling(Filing[DeathEvidence]):
    """A dossier of `register_death`."""

    procedure: Literal["register_death"]
