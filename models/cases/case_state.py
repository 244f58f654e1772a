"""Folding the states of its dossiers into the state of a case."""

from collections.abc import Collection

from models.kernel.vocabulary import SETTLED, CaseState, DossierState


def case_state_of(dossiers: Collection[DossierState]) -> CaseState:
    """The case's state follows from its dossiers' alone."""
    if any(state not in SETTLED for state in dossiers):
        return _open_state(dossiers)
    granted = [state for state in dossiers if state is DossierState.GRANTED]
    if granted:
        whole = len(granted) == len(dossiers)
        return CaseState.COMPLETED if whole else CaseState.PARTLY_COMPLETED
    if all(state is DossierState.WITHDRAWN for state in dossiers):
        return CaseState.WITHDRAWN
    if DossierState.REFUSED in dossiers:
        return CaseState.REFUSED
    return CaseState.STOPPED


def _open_state(dossiers: Collection[DossierState]) -> CaseState:
    if DossierState.SUPPLEMENT_WANTED in dossiers:
        return CaseState.SUPPLEMENT_WANTED
    return CaseState.IN_PROGRESS


MAY_BE_FILED_AGAIN = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.REFUSED_AT_INTAKE,
        CaseState.WITHDRAWN,
        CaseState.STOPPED,
        CaseState.REFUSED,
    }
)
"""Ends after which the same life event may open a new case; `received`: cancelled at intake."""
