"""Choosing which of several procedures a family's word stands for, by what the agencies know."""

from models.contracts.dossiers import Facts
from models.kernel.base import CaseCode, Instant, Message, ProcedureId


class ChooseProcedure(Message):
    """The question: what was asked for, by which law, about whom."""

    case_code: CaseCode
    asked_as: ProcedureId
    alternatives: tuple[ProcedureId, ...]
    law: Facts
    """The definition the case keeps."""
    declaration: Facts
    at: Instant


class Choice(Message):
    """The answer: what will be filed, and why. Holds no personal data."""

    procedure: ProcedureId
    reasons: tuple[str, ...] = ()
    """Coded reasons for which the agency chosen would refuse, as its records stand now."""
    basis: str | None = None
    """The texts the choice rests on; None: nothing speaks for any of them."""
    stale: tuple[str, ...] = ()
    """Agencies whose records are old."""
