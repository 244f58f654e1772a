"""What each dossier of a case became, where the software chose what a family's word stands for."""

from collections.abc import Iterable, Iterator

from models.cases.events import Event, LedgerEntry
from models.intake.intake import Opening, PlannedDossier
from models.kernel.base import ProcedureId


def plan_of(opening: Opening, procedure: ProcedureId) -> PlannedDossier:
    """The plan of a procedure that was planned, or is one of those that may be chosen."""
    return next(plan for plan in _all(opening.dossiers) if plan.procedure == procedure)


def chosen_plans(
    opening: Opening, entries: Iterable[LedgerEntry]
) -> Iterator[tuple[PlannedDossier, frozenset[ProcedureId]]]:
    """Each plan as it was last known, and every procedure its entries may be under.

    What happened before the choice stands under the family's word.
    """
    chosen = {entry.procedure for entry in entries if entry.event is Event.PROCEDURE_CHOSEN}
    for plan in opening.dossiers:
        now = next((one for one in plan.alternatives if one.procedure in chosen), plan)
        yield now, frozenset({plan.procedure, now.procedure})


def _all(plans: Iterable[PlannedDossier]) -> Iterator[PlannedDossier]:
    for plan in plans:
        yield plan
        yield from plan.alternatives
