"""The official forms a case has come to, drafted from what it has lived through. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import NOT_SUPPLEMENTED, Event
from models.cases.status import DossierStatus
from models.contracts.dossiers import Facts
from models.documents.drafting import Draft
from models.documents.forms import CaseForm
from models.documents.kinds import StopCause
from models.intake.intake import Opening
from models.kernel.vocabulary import DossierState, Outcome
from models.working_time.moves import Move


def documents_of(case: Case) -> tuple[CaseForm, ...]:
    """Every form so far; asked again later, those drafted before are the same."""
    if case.opening is None or case.intake is None:
        return ()
    return tuple(_Papers(case, case.opening, case.intake.declaration or {}).all())


class _Papers:
    def __init__(self, case: Case, opening: Opening, declaration: Facts) -> None:
        self._case = case
        self._opening = opening
        self._declaration = declaration

    def all(self) -> Iterator[CaseForm]:
        yield self._draft(self._case.entries[0].at, 1).receipt()
        yield from self._supplements()
        yield from self._refusals()
        yield from self._apologies()
        yield from self._stops()
        yield self._control()

    def _supplements(self) -> Iterator[CaseForm]:
        wants = sorted(
            ((want, dossier) for dossier in self._dossiers() for want in dossier.wants),
            key=lambda one: one[0].at,
        )
        for serial, (want, dossier) in enumerate(wants, start=1):
            wanted = dossier.status().model_copy(update={"items": want.items})
            draft = self._draft(want.at, serial)
            yield draft.supplement(wanted, want.note, dossier.answer_by.get(want.at))

    def _refusals(self) -> Iterator[CaseForm]:
        refused = [d for d in self._dossiers() if d.outcome is Outcome.REFUSED]
        for serial, dossier in enumerate(_by_end(refused), start=1):
            at = dossier.settled_at or self._case.recorded_at
            others = tuple(_as_at(one, at) for one in self._dossiers())
            yield self._draft(at, serial).refusal(dossier.status(), others)

    def _apologies(self) -> Iterator[CaseForm]:
        """Those prepared for an agency, and those it made its own, as they came."""
        both = [one for dossier in self._dossiers() for one in _apologies_of(dossier)]
        for serial, said in enumerate(sorted(both, key=lambda one: one.at), start=1):
            yield self._draft(said.at, serial).apology(
                said.due_at, said.new_due_at, said.late, said.reason, proposed=said.proposed
            )

    def _stops(self) -> Iterator[CaseForm]:
        stopped = [d for d in self._dossiers() if d.state is DossierState.STOPPED]
        for serial, dossier in enumerate(_by_end(stopped), start=1):
            at = dossier.settled_at or self._case.recorded_at
            want = dossier.wants[-1] if self._ran_out(dossier) else None
            yield self._draft(at, serial).stop(
                [dossier.procedure],
                StopCause.SUPPLEMENT_OVERDUE if want else StopCause.OPERATOR,
                want.at if want else None,
                dossier.answer_by.get(want.at) if want else None,
            )

    def _control(self) -> CaseForm:
        """As long as the case lives, each entry makes a newer sheet."""
        entries = self._case.entries
        draft = self._draft(entries[-1].at, len(entries))
        return draft.control([d.status() for d in self._dossiers()], entries, self._case.closed_at)

    def _ran_out(self, dossier: Dossier) -> bool:
        return any(
            entry.event is Event.DOSSIER_STOPPED
            and entry.procedure == dossier.procedure
            and entry.facts.get("because") == NOT_SUPPLEMENTED
            for entry in self._case.entries
        )

    def _dossiers(self) -> list[Dossier]:
        return list(self._case.dossiers.values())

    def _draft(self, at: datetime, serial: int) -> Draft:
        return Draft(self._opening, self._declaration, at, serial)


def _by_end(dossiers: list[Dossier]) -> list[Dossier]:
    return sorted(dossiers, key=lambda one: one.settled_at.timestamp() if one.settled_at else 0.0)


def _as_at(dossier: Dossier, at: datetime) -> DossierStatus:
    """How it stood then: whatever ended later was still going on."""
    status = dossier.status()
    if dossier.settled_at is not None and dossier.settled_at > at:
        return status.model_copy(update={"state": DossierState.SUBMITTED})
    return status


@dataclass(frozen=True)
class _Apology:
    at: datetime
    due_at: datetime
    new_due_at: datetime
    late: DossierStatus
    reason: str = ""
    proposed: bool = False


def _apologies_of(dossier: Dossier) -> Iterator[_Apology]:
    status = dossier.status()
    for one in dossier.proposals:
        then = status.model_copy(update={"state": one.state, "holder": one.holder})
        yield _Apology(one.at, one.due_at, one.new_due_at, then, proposed=True)
    if dossier.clock is None:
        return
    pairs = zip(dossier.clock.changes, dossier.clock.moves, strict=True)
    named = [(change.at, move) for change, move in pairs if change.move is Move.EXTENSION]
    for (at, move), reason in zip(named, dossier.apologies, strict=False):
        yield _Apology(at, move.old_due_at, move.due_at, status, reason)
