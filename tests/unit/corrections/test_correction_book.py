"""A case without a file is read from what was opened and what stands in the ledger."""

from itertools import count

import pytest

from models.cases.archive import archived_from_ledger
from models.cases.events import Event, LedgerEntry
from models.intake.intake import Opening
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import DossierState

from fakes.stores import MemoryCaseRepository, MemoryLedger
from harness.admissions import admission

_families = count(70_000)


@pytest.fixture
async def opening() -> Opening:
    outcome = await MemoryCaseRepository(MemoryLedger()).open(admission(next(_families), "run-1"))
    assert outcome.opening is not None
    return outcome.opening


def entries(opening: Opening, *events: tuple[str, str]) -> list[LedgerEntry]:
    at = opening.received_at
    return [
        LedgerEntry(seq=seq, at=at, event=Event(event), procedure=ProcedureId(procedure))
        for seq, (procedure, event) in enumerate(events, start=1)
    ]


async def test_the_last_thing_that_happened_to_a_dossier_says_where_it_stands(
    opening: Opening,
) -> None:
    told = entries(
        opening,
        ("register_birth", "dossier.filed"),
        ("register_birth", "dossier.granted"),
        ("register_residence", "dossier.filed"),
        ("register_residence", "dossier.accepted"),
        ("register_residence", "dossier.stopped"),
    )

    dossiers = {one.procedure: one for one in archived_from_ledger(opening, told)}

    assert {id: one.state for id, one in dossiers.items()} == {
        "register_birth": DossierState.GRANTED,
        "register_residence": DossierState.STOPPED,
        "issue_card": DossierState.WAITING,
    }
    assert dossiers[ProcedureId("register_residence")].was_filed
    assert not dossiers[ProcedureId("issue_card")].was_filed


async def test_links_lists_and_keys_come_from_the_law_the_case_keeps(opening: Opening) -> None:
    card = archived_from_ledger(opening, [])[-1]

    assert card.after == ("register_birth",)
    assert card.key == f"{opening.case_code}-issue_card-1"
    assert card.listed_at == "insurance"
    assert card.paid_by is None
