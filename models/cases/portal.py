"""The national portal's numbers for the states of a dossier [assumed, not confirmed]."""

from models.kernel.vocabulary import DossierState

PORTAL_STATE = {
    DossierState.WAITING: 2,
    DossierState.SUBMITTED: 2,
    DossierState.ACCEPTED: 4,
    DossierState.VERIFYING: 4,
    DossierState.PARKED: 4,
    DossierState.SUPPLEMENT_WANTED: 5,
    DossierState.WITHDRAWN: 7,
    DossierState.STOPPED: 8,
    DossierState.NOT_FILED: 8,
    DossierState.GRANTED: 9,
    DossierState.REFUSED: 9,
}

RETURNED = 10
"""A settled dossier whose result has gone back to the citizen."""
REFUSED_AT_INTAKE = 3
