"""What corrections need from our own database, and from cases that are still open."""

from typing import Protocol

from models.cases.archive import ArchivedCase, ArchivedDossier
from models.cases.orders import CloseCase
from models.cases.requests import CorrectCase, EndCorrection
from models.corrections.orders import (
    CaseHeard,
    ClaimCase,
    Claimed,
    CorrectionEntry,
    KeepCorrection,
    NewCorrection,
)
from models.kernel.base import CaseCode
from models.kernel.refs import CaseRef


class CaseArchive(Protocol):
    """Who remembers every case for ever, and every correction of it."""

    async def file_away(self, order: CloseCase) -> None:
        """Keep what a closed case was, sealed; what is there already stays as it is."""
        ...

    async def find(self, case_code: CaseCode) -> ArchivedCase | None:
        """The case of a code, open, closed or archived; None: no case ever had it."""
        ...

    async def enter(self, new: NewCorrection) -> CorrectionEntry:
        """Put a correction on the book, or say what is there under its id.

        One that came to nothing, or whose run died, is taken over: only one that was completed
        is done for ever.
        """
        ...

    async def claim(self, claim: ClaimCase) -> Claimed:
        """Be the only correction at work on a case, or hear whose turn it is."""
        ...

    async def keep(self, kept: KeepCorrection) -> None:
        """Record how a correction stands, with its ledger entries; again changes nothing."""
        ...


class OpenCases(Protocol):
    """Cases that are still running, as a correction speaks to them."""

    async def correct(self, ref: CaseRef, said: CorrectCase) -> CaseHeard | None:
        """Tell a case that an act of it is being corrected; None: it is not running any more."""
        ...

    async def dossiers(self, ref: CaseRef) -> tuple[ArchivedDossier, ...] | None:
        """Its dossiers as they stand; None: nobody can say any more."""
        ...

    async def end(self, ref: CaseRef, said: EndCorrection) -> None:
        """Tell it that the correction has ended; a case that has closed needs no telling."""
        ...
