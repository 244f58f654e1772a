"""Who holds no key learns nothing about the family, whatever happened to its case."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from temporalio.client import WorkflowUpdateFailedError

from models.contracts.dossiers import WantedItem
from models.kernel.errors import BackendContractError
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle
from harness.families import SECRETS, Raw, changed
from harness.system import SystemUnderTest, own_system

ISSUED = ("001326000001", "TE1010100000001", "0100000001")
Course = Callable[[SystemUnderTest], Awaitable[CaseHandle]]
EVERYTHING = (*SECRETS, *ISSUED, "Giấy tờ riêng tư")


async def uneventful(system: SystemUnderTest) -> CaseHandle:
    case = await system.declare(change=_by_post)
    await case.result()
    return case


async def eventful(system: SystemUnderTest) -> CaseHandle:
    """A case that went through outage, fault, supplement, rejected and taken decisions."""
    wanted = WantedItem(code="CT07", description="Giấy tờ riêng tư")
    system.agencies["residence"].answers["register_residence"] = [
        ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(wanted,), note="Phạm Thị Ví Dụ")
    ]
    system.agencies["civil_status"].outages = 4
    system.agencies["insurance"].fault = BackendContractError("insurance: no DossierAnswer")
    system.notices.outages = 1
    case = await system.declare()
    await system.pass_time(minutes=1)
    await case.until_dossier("issue_card", "parked")
    system.agencies["insurance"].fault = None
    with pytest.raises(WorkflowUpdateFailedError):
        await case.decide("issue_card", outcome="Phạm Thị Ví Dụ")
    await case.resume("issue_card", reason="Phạm Thị Ví Dụ gọi điện")
    await case.supplement("register_residence", items=[{"code": "CT07", "reference": "0987654321"}])
    await case.result()
    return case


async def refused(system: SystemUnderTest) -> CaseHandle:
    case = await system.declare(change=lambda raw: changed(raw, "child.sex", "Phạm Thị Ví Dụ"))
    await case.result()
    return case


def _by_post(raw: Raw) -> Raw:
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": "00004"}
    return changed(raw, "delivery", delivery)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What officials and strangers come across of a case without opening it."""

    history: str
    card: str
    summaries: list[str]
    lists: str
    ledger: str


@pytest.fixture(
    scope="module", params=[uneventful, eventful, refused], ids=lambda course: course.__name__
)
async def seen(request: pytest.FixtureRequest) -> AsyncIterator[Seen]:
    async with own_system() as system:
        course: Course = request.param
        case = await course(system)
        yield Seen(
            history=(await case.history()).readable(),
            card=await case.card(),
            summaries=await case.summaries(),
            lists=str(await case.attributes()),
            ledger=str([entry.model_dump_json() for entry in case.entries()]),
        )


def found_in(text: str) -> list[str]:
    return [secret for secret in EVERYTHING if secret in text]


async def test_a_history_shows_a_stranger_nothing_of_what_was_declared_or_issued(
    seen: Seen,
) -> None:
    assert "intake.take_in" in seen.history
    assert found_in(seen.history) == []


async def test_the_case_card_shows_an_official_nothing_of_what_was_declared_or_issued(
    seen: Seen,
) -> None:
    assert seen.card.startswith("###")
    assert found_in(seen.card) == []


async def test_summaries_name_procedures_agencies_and_codes_and_nobody(seen: Seen) -> None:
    assert any("Tiếp nhận" in summary for summary in seen.summaries)
    assert found_in(str(seen.summaries)) == []
    assert all(len(summary.encode()) <= 200 for summary in seen.summaries)


async def test_lists_hold_nothing_of_what_was_declared_or_issued(seen: Seen) -> None:
    assert "CaseState" in seen.lists
    assert found_in(seen.lists) == []


async def test_the_ledger_holds_nothing_of_what_was_declared_or_issued(seen: Seen) -> None:
    assert "case.closed" in seen.ledger
    assert found_in(seen.ledger) == []
