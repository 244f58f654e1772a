"""People decide, supplement and ask: through commands, agencies that call, and real servers."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from google.protobuf.message import Message as Proto
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from typer.testing import CliRunner, Result

from codec.keys import Keyring
from codec.marks import CASES, KEY_ID, is_sealed, sealed_with
from codec.sealing import SealingCodec
from models.cases.status import CaseStatus, DossierStatus
from workers.cli.app import build

from harness.country import Country
from harness.patience import LONG_ENOUGH

PEOPLE = {"when": "people"}
SOON = {"when": "after_delay", "seconds": 1}
PATIENCE = LONG_ENOUGH
BY = ("--by", "cb-07")


@pytest.fixture(autouse=True)
async def calm(country: Country, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setenv("LIENTHONG_STATE", str(country.settings.state))
    yield
    for agency in ("residence", "insurance"):
        await country.behave(agency)


async def command(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, build(words[0]), list(words))


async def said(*words: str) -> dict[str, Any]:
    """What a command that succeeds prints for machines."""  # Any: its JSON
    result = await command(*words, "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def wrong_fields(result: Result) -> set[str]:
    return {error["field"] for error in json.loads(result.stdout)["errors"]}


async def opened(country: Country) -> str:
    """The id of a new case."""
    births = await country.births(1)
    await country.start(births)
    return next(iter(births))


async def waiting(
    country: Country, *agencies: str, answers: dict[str, Any] = PEOPLE, **more: Any
) -> CaseStatus:
    """A case that waits for these agencies to decide."""  # Any: parts of a Behaviour
    for agency in agencies:
        await country.behave(agency, answers=answers, **more)
    case_id = await opened(country)
    return await until(country, case_id, dict.fromkeys(agencies, "accepted"))


async def until(country: Country, case_id: str, states: dict[str, str]) -> CaseStatus:
    """Wait until the dossiers at these agencies are in these states."""
    async with asyncio.timeout(PATIENCE):
        while True:
            status = await country.desk.status(case_id)
            found = {str(d.agency): d.state.value for d in status.dossiers}
            if states.items() <= found.items():
                return status
            await asyncio.sleep(0.1)


async def report(country: Country, status: CaseStatus) -> CaseStatus:
    return await asyncio.wait_for(country.desk.report(status.case_id), PATIENCE)


def dossier_at(status: CaseStatus, agency: str) -> DossierStatus:
    return next(dossier for dossier in status.dossiers if dossier.agency == agency)


async def events(country: Country, status: CaseStatus) -> Sequence[HistoryEvent]:
    history = await country.client.get_workflow_handle(status.case_id).fetch_history()
    return history.events


def updates_among(events: Sequence[HistoryEvent]) -> int:
    return sum(
        event.HasField("workflow_execution_update_accepted_event_attributes") for event in events
    )


def payloads_in(message: Proto) -> Iterator[Payload]:
    """Every payload of a message, wherever it stands."""
    if isinstance(message, Payload):
        yield message
        return
    for _, value in message.ListFields():
        for part in _parts(value):
            yield from payloads_in(part)


def _parts(value: Any) -> Iterator[Proto]:  # Any: a field of any kind
    if isinstance(value, Proto):
        yield value
    elif hasattr(value, "values"):
        yield from (part for part in value.values() if isinstance(part, Proto))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        yield from (part for part in value if isinstance(part, Proto))


async def call_ended(country: Country, status: CaseStatus) -> str:
    """How the insurer's call to a case ended."""
    async with asyncio.timeout(PATIENCE):
        while True:
            rows = await country.rows(
                "SELECT state FROM agency_insurance.decision_call WHERE case_code = $1",
                status.case_code,
            )
            if rows and rows[0]["state"] != "owed":
                return str(rows[0]["state"])
            await asyncio.sleep(0.1)


async def granted_residence(country: Country, status: CaseStatus) -> CaseStatus:
    """The end of a case that was kept open by the residence police."""
    await said("decide", str(status.case_code), "register_residence", "granted", *BY)
    return await report(country, status)


async def test_an_officer_decides_at_the_desk_and_the_agency_calls_the_case(
    country: Country,
) -> None:
    status = await waiting(country, "residence", "insurance")

    answer = await said("decide", str(status.case_code), "issue_card", "granted", *BY)
    ended = await call_ended(country, status)
    updates = updates_among(await events(country, status))
    end = await granted_residence(country, status)

    decided_by = await country.rows(
        "SELECT decided_by FROM agency_insurance.dossier WHERE case_code = $1", status.case_code
    )
    assert (answer["through"], answer["known_to_case"]) == ("agency", True)
    assert (ended, updates, end.state) == ("taken", 1, "completed")
    assert dossier_at(end, "insurance").issued["card_number"]
    assert [row["decided_by"] for row in decided_by] == ["cb-07"]


async def test_a_decision_made_later_reaches_its_case_within_seconds(country: Country) -> None:
    await country.behave("insurance", answers=SOON)
    status = await waiting(country, "residence")

    ended = await call_ended(country, status)
    end = await granted_residence(country, status)

    (row,) = await country.rows(
        "SELECT answer FROM agency_insurance.dossier WHERE case_code = $1", status.case_code
    )
    decided_at = datetime.fromisoformat(json.loads(row["answer"])["decided_at"])
    settled_at = dossier_at(end, "insurance").settled_at
    assert ended == "taken", "the case heard it by the call, not by asking"
    assert settled_at is not None
    assert settled_at - decided_at < timedelta(seconds=PATIENCE)


async def test_a_lost_call_is_made_up_for_by_asking_and_comes_late_to_a_closed_case(
    country: Country,
) -> None:
    status = await waiting(country, "insurance", answers=SOON, calls_back=False)

    end = await report(country, status)
    await country.behave("insurance")

    assert (end.state, updates_among(await events(country, status))) == ("completed", 0)
    assert await call_ended(country, status) == "case_closed"


async def test_an_agencys_key_opens_its_own_decision_and_nothing_else_of_a_history(
    country: Country,
) -> None:
    status = await waiting(country, "residence", "insurance")
    await said("decide", str(status.case_code), "issue_card", "granted", *BY)
    await call_ended(country, status)
    await granted_residence(country, status)
    ring = Keyring.load(country.settings.key_file)

    found = [p for event in await events(country, status) for p in payloads_in(event)]
    sealed = [payload for payload in found if is_sealed(payload)]
    insurers = await opens(ring, "insurance", sealed)
    polices = await opens(ring, "residence", sealed)
    cases = [payload for payload in sealed if payload.metadata[KEY_ID].startswith(b"cases-")]

    assert [json.loads(payload.data)["procedure"] for payload in insurers] == ["issue_card"]
    assert any(b'"mother"' in payload.data for payload in await opens(ring, CASES, sealed))
    assert len(cases) > 20
    assert len(cases) + len(insurers) + len(polices) == len(sealed)
    assert [p.data for p in found if not is_sealed(p) and b"mother" in p.data] == []


async def opens(ring: Keyring, agency: str, sealed: Sequence[Payload]) -> list[Payload]:
    """What the holder of an agency's keys reads of sealed payloads."""
    decoded = await SealingCodec(ring.for_audience(agency), agency).decode(sealed)
    return [payload for payload in decoded if sealed_with(payload)]


async def test_what_is_wanted_is_handed_in_and_decided_upon(country: Country) -> None:
    status = await waiting(country, "residence")
    code = str(status.case_code)

    wanted = await said("decide", code, "register_residence", "supplement", *BY, "--item", "CT07=x")
    handed_in = ("supplement", code, "register_residence", "--item", "CT07=tep-1")
    first = await said(*handed_in)
    await until(country, status.case_id, {"residence": "accepted"})
    again = await said(*handed_in)
    await supplemented(country, status)
    await said("decide", code, "register_residence", "granted", *BY)
    end = await report(country, status)

    assert (wanted["state"], wanted["dossier_state"]) == ("supplement_wanted", "supplement_wanted")
    assert first == again == {"accepted": True, "case_code": code, "state": "in_progress"}
    assert end.state == "completed"


async def supplemented(country: Country, status: CaseStatus) -> None:
    """Wait until the agency was given what the citizen handed in."""
    async with asyncio.timeout(PATIENCE):
        while True:
            known = await country.rows(
                "SELECT 1 FROM agency_residence.posting WHERE kind = 'supplement'"
                " AND dossier_key LIKE $1 || '-%'",
                status.case_code,
            )
            if known:
                return
            await asyncio.sleep(0.1)


async def test_one_procedure_is_withdrawn_and_its_agency_is_told(country: Country) -> None:
    status = await waiting(country, "residence", "insurance")
    code = str(status.case_code)

    taken = await said("withdraw", code, "issue_card", "--reason", "đổi ý")
    await until(country, status.case_id, {"insurance": "withdrawn"})
    too_late = await command("withdraw", code, "issue_card", "--reason", "đổi ý lần nữa", "--json")
    unknown = await command("withdraw", code, "issue_passport", "--reason", "x", "--json")
    end = await granted_residence(country, status)

    told = await country.rows(
        "SELECT withdrawn_at FROM agency_insurance.dossier WHERE case_code = $1", code
    )
    assert (taken["accepted"], taken["case_code"]) == (True, code)
    assert (too_late.exit_code, unknown.exit_code) == (1, 2)
    assert wrong_fields(too_late) == wrong_fields(unknown) == {"procedures.0"}
    assert [row["withdrawn_at"] is None for row in told] == [False]
    assert end.state == "partly_completed"


async def test_all_that_is_not_settled_is_withdrawn_at_once(country: Country) -> None:
    status = await waiting(country, "residence", "insurance")

    await said("withdraw", str(status.case_code), "--reason", "chuyển nơi ở")
    end = await report(country, status)

    states = {str(dossier.agency): dossier.state.value for dossier in end.dossiers}
    assert states == {
        "civil_status": "granted",
        "residence": "withdrawn",
        "insurance": "withdrawn",
    }


async def test_the_same_decision_twice_is_one_and_another_is_a_no(country: Country) -> None:
    status = await waiting(country, "insurance")
    refused = ("decide", str(status.case_code), "issue_card", "refused", *BY)
    refusal = (*refused, "--reason", "LECH_DINH_DANH")

    first = await said(*refusal)
    again = await said(*refusal)
    other = await command("decide", str(status.case_code), "issue_card", "granted", *BY)
    end = await report(country, status)

    assert first["decision_id"] == again["decision_id"]
    assert other.exit_code == 1
    assert (end.state, dossier_at(end, "insurance").reason_code) == (
        "partly_completed",
        "LECH_DINH_DANH",
    )


async def test_an_agency_without_a_desk_is_spoken_for_to_the_case(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = await waiting(country, "residence")
    elsewhere = {"residence": country.addresses.codec_server}
    monkeypatch.setenv("LIENTHONG_AGENCIES", json.dumps(elsewhere))

    answer = await said(
        "decide",
        str(status.case_code),
        "register_residence",
        "granted",
        *BY,
        "--issued",
        "record_number=TT.00004.9",
    )
    end = await report(country, status)

    assert answer["through"] == "case"
    assert dossier_at(end, "residence").issued == {"record_number": "TT.00004.9"}


async def test_what_does_not_fit_is_said_at_once_with_every_field(country: Country) -> None:
    status = await waiting(country, "insurance")
    code = str(status.case_code)

    unknown = await command("decide", code, "issue_passport", "granted", *BY, "--json")
    issued = await command("decide", code, "issue_card", "granted", *BY, "--issued=a=b", "--json")
    nothing_wanted = await command("supplement", code, "issue_card", "--item", "A=b", "--json")
    not_parked = await command("resume", code, "issue_card", *BY, "--json")
    await said("decide", code, "issue_card", "granted", *BY)
    await report(country, status)
    closed = await command("supplement", code, "issue_card", "--item", "A=b")

    assert (unknown.exit_code, wrong_fields(unknown)) == (2, {"procedure"})
    assert (issued.exit_code, wrong_fields(issued)) == (2, {"issued"})
    assert (nothing_wanted.exit_code, wrong_fields(nothing_wanted)) == (1, {"procedure"})
    assert (not_parked.exit_code, wrong_fields(not_parked)) == (1, {"procedure"})
    assert (closed.exit_code, "đã đóng" in closed.output) == (1, True)
