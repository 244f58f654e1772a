"""Letting go of a case that died without our code: who says so, why, and what stood then."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.kernel.base import CaseCode, Instant, Message, OfficerId
from models.kernel.vocabulary import CaseState
from models.operations.troubles import StuckDossier


class KnownFrom(StrEnum):
    """Who said how the dossiers stood."""

    CASE = "case"
    """The history of the dead run, replayed: nothing it did is missing."""
    LEDGER = "ledger"
    """What the case wrote when it last rested; it may have filed dossiers after that."""


class ReleaseOrder(Message):
    """An operator lets go of a case."""

    case_code: CaseCode
    by: OfficerId
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    """No names: it is kept for ever."""
    force: bool = False
    """Free the event although a new case may double an act."""
    keep_event: bool = False
    """Put the case on record as ended, and let nobody declare its event again."""


class Release(Message):
    """What was put on record."""

    order: ReleaseOrder
    run_status: str
    known_from: KnownFrom
    state: CaseState
    """What the register says from now on."""
    dossiers: tuple[StuckDossier, ...]


class Released(Message):
    """A release as it stands on record: the first one, however often it is said."""

    case_code: CaseCode
    released_by: str
    reason: str
    forced: bool
    keeps_event: bool
    state: CaseState
    run_status: str
    known_from: KnownFrom
    dossiers: tuple[StuckDossier, ...]
    released_at: Instant


class RegisterRow(Message):
    """A case as the register has it."""

    case_code: CaseCode
    case_id: str
    run_id: str
    procedure_group: str
    recorded_at: Instant
    closed_at: datetime | None = None
