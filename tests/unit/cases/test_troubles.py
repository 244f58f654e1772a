"""What needs an operator, folded from the ledger: what began and has not ended."""

from datetime import datetime, timedelta

import pytest

from models.cases.events import Event, LedgerEntry, WaitKind
from models.kernel.base import VIETNAM, AgencyId, CaseCode, CaseId, ProcedureId
from models.kernel.vocabulary import CaseState, DossierState
from models.operations.troubles import StuckDossier, end_of, waits_of

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
CODE = CaseCode("H26.05.13-261120-0001")

Told = tuple[Event, str | None]


def entries(*told: Told) -> list[LedgerEntry]:
    return [
        LedgerEntry(
            seq=seq,
            at=NINE + timedelta(minutes=seq),
            event=event,
            procedure=ProcedureId(procedure) if procedure else None,
            facts={"because": "BackendContractError"},
        )
        for seq, (event, procedure) in enumerate(told, start=1)
    ]


def waiting(*told: Told) -> list[tuple[WaitKind, str | None]]:
    waits = waits_of(CaseId("birth/x-1"), CODE, entries(*told))
    return [(wait.kind, wait.procedure) for wait in waits]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(Event.STEP_PARKED, "a")], [(WaitKind.DOSSIER, "a")]),
        ([(Event.STEP_PARKED, None)], [(WaitKind.STEP, None)]),
        ([(Event.PAYMENT_HELD, "a")], [(WaitKind.PAYMENT, "a")]),
        ([(Event.PAYMENT_RETURNED, "a")], [(WaitKind.PAYMENT, "a")]),
        ([(Event.CORRECTION_BEGUN, "a")], [(WaitKind.CORRECTION, "a")]),
        ([(Event.STEP_PARKED, "a"), (Event.STEP_RESUMED, "a")], []),
        ([(Event.STEP_PARKED, "a"), (Event.DOSSIER_GRANTED, "a")], []),
        ([(Event.STEP_PARKED, "a"), (Event.STEP_RESUMED, "b")], [(WaitKind.DOSSIER, "a")]),
        ([(Event.STEP_PARKED, None), (Event.STEP_RESUMED, None)], []),
        ([(Event.PAYMENT_RETURNED, "a"), (Event.PAYMENT_REDIRECTED, "a")], []),
        ([(Event.CORRECTION_BEGUN, "a"), (Event.CORRECTION_ENDED, "a")], []),
        (
            [(Event.STEP_PARKED, "a"), (Event.STEP_RESUMED, "a"), (Event.STEP_PARKED, "a")],
            [(WaitKind.DOSSIER, "a")],
        ),
    ],
)
def test_what_has_begun_and_not_ended_waits(
    told: list[Told], expected: list[tuple[WaitKind, str | None]]
) -> None:
    assert waiting(*told) == expected


def test_a_wait_says_since_when_and_why() -> None:
    parked = entries((Event.DOSSIER_FILED, "a"), (Event.STEP_PARKED, "a"))

    (wait,) = waits_of(CaseId("birth/x-1"), CODE, parked)

    assert wait.since == NINE + timedelta(minutes=2)
    assert wait.because == "BackendContractError"


def dossier(state: DossierState, *, was_filed: bool = True) -> StuckDossier:
    return StuckDossier(
        procedure=ProcedureId("a"), agency=AgencyId("x"), state=state, was_filed=was_filed
    )


@pytest.mark.parametrize("state", DossierState)
def test_only_what_is_granted_or_lies_with_an_agency_binds(state: DossierState) -> None:
    ended = {
        DossierState.REFUSED,
        DossierState.WITHDRAWN,
        DossierState.STOPPED,
        DossierState.NOT_FILED,
    }

    assert dossier(state).binds is (state not in ended)
    assert dossier(state, was_filed=False).binds is (state is DossierState.GRANTED)


@pytest.mark.parametrize(
    ("states", "end"),
    [
        ([DossierState.SUBMITTED, DossierState.WAITING], CaseState.STOPPED),
        ([DossierState.GRANTED, DossierState.SUBMITTED], CaseState.PARTLY_COMPLETED),
        ([DossierState.GRANTED, DossierState.GRANTED], CaseState.COMPLETED),
        ([], CaseState.STOPPED),
    ],
)
def test_a_dead_case_is_put_on_record_by_what_was_granted(
    states: list[DossierState], end: CaseState
) -> None:
    assert end_of(dossier(state) for state in states) is end
