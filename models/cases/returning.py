"""Which results go back when: what is settled need not wait for a family that has yet to answer."""

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.payouts import RETURNED
from models.kernel.vocabulary import DossierState


def unreturned(case: Case) -> tuple[Dossier, ...]:
    """What is finished, its money included, and has not gone back to the citizen."""
    return tuple(d for d in case.dossiers.values() if _is_finished(d) and not d.returned)


def left_to_return(case: Case) -> tuple[Dossier, ...]:
    """What the last bundle holds: also what went back before and was taken away since."""
    return tuple(d for d in case.dossiers.values() if not d.returned or d.revoked_by is not None)


def pending(case: Case) -> tuple[Dossier, ...]:
    """What a later bundle will hold."""
    return tuple(d for d in case.dossiers.values() if not _is_finished(d))


def may_return_some(case: Case) -> bool:
    """An agency has said its last word on something, and only the family holds up the rest."""
    if case.in_motion or case.corrections:
        return False
    waiting = pending(case)
    is_answered = any(dossier.outcome is not None for dossier in unreturned(case))
    return is_answered and bool(waiting) and all(_is_held_up(case, one) for one in waiting)


def _is_finished(dossier: Dossier) -> bool:
    return dossier.is_settled and not dossier.owes_money


def _is_held_up(case: Case, dossier: Dossier) -> bool:
    """Only the family can move it on, or what it relies on."""
    if dossier.unreachable or dossier.withdrawal is not None:
        return False
    if dossier.payout is not None and dossier.is_granted:
        return dossier.payout.held_because == RETURNED
    if dossier.state is DossierState.WAITING:
        return any(not case.dossiers[before].is_settled for before in dossier.plan.after)
    is_told = dossier.computed_wants == len(dossier.wants)
    return dossier.state is DossierState.SUPPLEMENT_WANTED and is_told
