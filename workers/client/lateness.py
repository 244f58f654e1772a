"""What is late or due soon, from one list of the server: no case is asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from temporalio.client import Client, WorkflowExecution

from models.kernel.base import CaseCode, CaseId, Definition, Instant
from models.kernel.vocabulary import SlaStatus
from workers.local.keys import AGENCIES
from workflows.runtime import attributes

_PRESSING = (
    "ExecutionStatus = 'Running' AND "
    f"(SlaStatus IN ('{SlaStatus.OVERDUE}', '{SlaStatus.DUE_SOON}') OR OverdueAt IN ({{late_at}}))"
)
_PAGE = 1000


class PressingCase(Definition):
    """An open case that is late, is due soon, or has a dossier past its own due instant."""

    case_code: CaseCode | None
    case_id: CaseId
    commune: str
    sla: SlaStatus
    due_at: Instant | None
    waiting_for: tuple[str, ...]
    overdue_at: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Past the case's due instant, or past that of one of its dossiers."""
        return self.sla is SlaStatus.OVERDUE or bool(self.overdue_at)

    @property
    def held_by(self) -> tuple[str, ...]:
        """At whom it is late; if nobody is late with it, who holds it."""
        return self.overdue_at or self.waiting_for


class PressingGroup(Definition):
    """The pressing cases at one holder in one commune."""

    agency: str
    """An agency, or `citizen`, `us`, `outage`."""
    commune: str
    late: int
    due_soon: int
    first_due_at: Instant | None
    cases: tuple[CaseCode, ...]


async def pressing_cases(
    client: Client, *, commune: str | None = None, agency: str | None = None
) -> list[PressingCase]:
    """Every pressing case, the earliest due first; a page of the server's list holds a thousand."""
    query = _query(commune, agency)
    found = [_case(run) async for run in client.list_workflows(query, page_size=_PAGE)]
    return sorted(found, key=lambda case: (_instant(case.due_at), case.case_id))


def grouped(cases: Sequence[PressingCase], agency: str | None = None) -> list[PressingGroup]:
    """By holder and commune, most late first; a case held by two is counted at both."""
    places = {
        (holder, case.commune)
        for case in cases
        for holder in case.held_by
        if agency in (None, holder)
    }
    groups = [_group(place, cases) for place in places]
    return sorted(groups, key=lambda each: (-each.late, -each.due_soon, each.agency, each.commune))


def _group(place: tuple[str, str], cases: Iterable[PressingCase]) -> PressingGroup:
    agency, commune = place
    here = [case for case in cases if case.commune == commune and agency in case.held_by]
    late = sum(case.is_late for case in here)
    return PressingGroup(
        agency=agency,
        commune=commune,
        late=late,
        due_soon=len(here) - late,
        first_due_at=here[0].due_at,
        cases=tuple(case.case_code for case in here if case.case_code),
    )


def _query(commune: str | None, agency: str | None) -> str:
    parts = [_PRESSING.format(late_at=", ".join(f"'{id}'" for id in AGENCIES))]
    if commune:
        parts.append(f"Commune = '{commune}'")
    if agency:
        parts.append(f"(WaitingFor = '{agency}' OR OverdueAt = '{agency}')")
    return " AND ".join(parts)


def _case(run: WorkflowExecution) -> PressingCase:
    shown = run.typed_search_attributes
    return PressingCase(
        case_code=CaseCode(code) if (code := shown.get(attributes.CASE_CODE)) else None,
        case_id=CaseId(run.id),
        commune=shown.get(attributes.COMMUNE) or "",
        sla=SlaStatus(shown.get(attributes.SLA_STATUS) or SlaStatus.ON_TIME),
        due_at=shown.get(attributes.DUE_AT),
        waiting_for=tuple(shown.get(attributes.WAITING_FOR) or ()),
        overdue_at=tuple(shown.get(attributes.OVERDUE_AT) or ()),
    )


def _instant(due_at: datetime | None) -> float:
    return due_at.timestamp() if due_at else 0.0
