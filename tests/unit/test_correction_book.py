"""A case without a file is read from what was opened and what stands in the ledger."""

from itertools import count

import pytest
from admissions import admission

from adapters.stores_memory import MemoryLedger, MemoryRegister
from models.base import ProcedureId
from models.correction_book import booked_from_ledger
from models.events import Event, LedgerEntry
from models.intake import Opening
from models.vocabulary import DossierState

_families = count(70_000)


@pytest.fixture
async def opening() -> Opening:
    outcome = await MemoryRegister(MemoryLedger()).open(admission(next(_families), "run-1"))
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

    dossiers = {one.procedure: one for one in booked_from_ledger(opening, told)}

    assert {id: one.state for id, one in dossiers.items()} == {
        "register_birth": DossierState.GRANTED,
        "register_residence": DossierState.STOPPED,
        "issue_card": DossierState.WAITING,
    }
    assert dossiers[ProcedureId("register_residence")].was_filed
    assert not dossiers[ProcedureId("issue_card")].was_filed


async def test_links_lists_and_keys_come_from_the_law_the_case_keeps(opening: Opening) -> None:
    card = booked_from_ledger(opening, [])[-1]

    assert card.after == ("register_birth",)
    assert card.key == f"{opening.case_code}-issue_card-1"
    assert card.listed_at == "insurance"
    assert card.paid_by is None
