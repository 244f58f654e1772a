"""Form 07: the register of a period, one line for each case and one for each of its dossiers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from models.cases.archive import chosen_plans
from models.cases.case import case_state_of
from models.cases.events import Event, LedgerEntry, state_after
from models.clock.sla import sla_when_closed
from models.contracts.dossiers import Facts
from models.documents.kinds import FormKind
from models.intake.intake import Opening, PlannedDossier
from models.kernel.base import AgencyId, CaseCode, Instant, Message, ProcedureId
from models.kernel.vocabulary import CaseState, DossierState

DELIVERED_BY = {"notice": "Trực tuyến", "post": "Bưu chính công ích"}


class RegisterDossier(Message):
    """One dossier's line."""

    title: str
    code: str
    agency: AgencyId
    agency_name: str
    unit: str
    filed_at: Instant | None = None
    settled_at: Instant | None = None
    state: DossierState = DossierState.WAITING
    reason_code: str | None = None

    @property
    def result(self) -> str:
        """How it stands, in Vietnamese, with the coded reason of a refusal."""
        words = self.state.label
        return f"{words} ({self.reason_code})" if self.reason_code else words


class RegisterLine(Message):
    """One case's line. No personal data: the register knows cases by their codes."""

    case_code: CaseCode
    group_title: str
    commune: str
    commune_name: str
    received_at: Instant
    promised_at: Instant
    returned_at: Instant | None = None
    closed_at: Instant | None = None
    state: CaseState
    channels: tuple[str, ...]
    dossiers: tuple[RegisterDossier, ...]

    @property
    def delivery(self) -> str:
        """How the results go back."""
        return "; ".join(DELIVERED_BY.get(channel, channel) for channel in self.channels)

    @property
    def timeliness(self) -> str:
        """`trước hạn`, `đúng hạn` or `quá hạn`; empty while it is open."""
        ended = self.closed_at or self.returned_at
        return sla_when_closed(ended, due_at=self.promised_at).label if ended else ""

    @property
    def result(self) -> str:
        """How the case stands, in Vietnamese."""
        return self.state.label


class Register07(Message):
    """Sổ theo dõi hồ sơ of the cases received in a period, both days included."""

    kind: Literal[FormKind.REGISTER] = FormKind.REGISTER
    first: date
    last: date
    commune: str | None = None
    """None: every commune."""
    drawn_at: Instant
    lines: tuple[RegisterLine, ...] = Field(default=())

    @property
    def name(self) -> str:
        """A name for its files, without extension."""
        place = f"-{self.commune}" if self.commune else ""
        return f"{self.kind}-{self.first:%Y%m%d}-{self.last:%Y%m%d}{place}"

    def counts(self) -> Facts:
        """How many were received, are finished, and how they stand against their dates."""
        words = [line.timeliness for line in self.lines]
        return {
            "received": len(words),
            "open": words.count(""),
            "early": words.count("trước hạn"),
            "on_time": words.count("đúng hạn"),
            "late": words.count("quá hạn"),
        }


def register_line(
    opening: Opening,
    entries: Iterable[LedgerEntry],
    *,
    state: CaseState,
    closed_at: datetime | None,
) -> RegisterLine:
    """The line of a case, out of what its intake recorded and what happened since.

    While it is open, its state follows from its dossiers; then `state` is what it closed with.
    """
    written = tuple(entries)
    dossiers = tuple(_dossier(*each, written) for each in chosen_plans(opening, written))
    return RegisterLine(
        case_code=opening.case_code,
        group_title=opening.group_title,
        commune=opening.commune,
        commune_name=opening.commune_name,
        received_at=opening.received_at,
        promised_at=opening.promised_at,
        returned_at=_last(_final(written), Event.RESULTS_RETURNED),
        closed_at=closed_at,
        state=state if closed_at else case_state_of([one.state for one in dossiers]),
        channels=tuple(opening.channels),
        dossiers=dossiers,
    )


def _final(entries: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """Without bundles after which something was left to return."""
    return tuple(entry for entry in entries if "left" not in entry.facts)


def _dossier(
    plan: PlannedDossier, procedures: frozenset[ProcedureId], entries: Iterable[LedgerEntry]
) -> RegisterDossier:
    return RegisterDossier(
        title=plan.title,
        code=plan.code,
        agency=plan.agency,
        agency_name=plan.agency_name,
        unit=plan.unit,
        **_course([entry for entry in entries if entry.procedure in procedures]),
    )


def _course(entries: list[LedgerEntry]) -> dict[str, object]:
    moves = [entry for entry in entries if entry.event.spec.state]
    if not moves:
        return {}
    newest = moves[-1]
    state = state_after(moves)
    return {
        "state": state,
        "filed_at": next((one.at for one in moves if one.event is Event.DOSSIER_FILED), None),
        "settled_at": newest.at if state.is_settled else None,
        "reason_code": newest.facts.get("reason_code"),
    }


def _last(entries: tuple[LedgerEntry, ...], event: Event) -> datetime | None:
    return next((entry.at for entry in reversed(entries) if entry.event is event), None)
