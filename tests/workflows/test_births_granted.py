"""A birth whose agencies answer at once, and what it may cost."""

from datetime import timedelta

import pytest

from harness.case_handle import dossier_of, states_of
from harness.families import ALL
from harness.system import SystemUnderTest

SUBSETS = [ALL[:1], ALL[:2], (ALL[0], ALL[2]), ALL]


@pytest.mark.parametrize("chosen", SUBSETS, ids="+".join)
async def test_every_procedure_a_family_chose_is_granted_and_no_other(
    system: SystemUnderTest, chosen: tuple[str, ...]
) -> None:
    case = await system.declare(*chosen)

    report = await case.result()

    filed = [r.procedure for agency in system.agencies.values() for r in agency.requests]
    assert report.state == "completed"
    assert states_of(report) == dict.fromkeys(chosen, "granted")
    assert sorted(filed) == sorted(chosen)


async def test_what_was_registered_feeds_the_branches_and_nothing_is_asked_twice(
    system: SystemUnderTest,
) -> None:
    report = await (await system.declare()).result()

    issued = dossier_of(report, "register_birth").issued
    for agency in ("residence", "insurance"):
        (request,) = system.agencies[agency].requests
        assert request.evidence["issued"] == {"register_birth": issued}


async def test_an_agency_is_given_only_the_evidence_its_procedure_needs(
    system: SystemUnderTest,
) -> None:
    await (await system.declare()).result()

    (residence,) = system.agencies["residence"].requests
    (card,) = system.agencies["insurance"].requests
    shared = {"residence", "child", "mother", "issued"}
    assert set(residence.evidence) == shared | {"declarant", "father"}
    assert set(card.evidence) == shared | {"card"}


async def test_the_record_tells_the_whole_case_in_order_without_a_gap(
    system: SystemUnderTest,
) -> None:
    case = await system.declare("register_birth")

    report = await case.result()

    entries = case.entries()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert case.events() == [
        "case.opened",
        "receipt.sent",
        "dossier.filed",
        "dossier.granted",
        "results.returned",
        "case.closed",
    ]
    assert entries[-1].facts == {
        "state": "completed",
        "sla": report.sla,
        "clock_is_whole": True,
    }


async def test_the_citizen_gets_a_receipt_and_then_all_results_in_one_bundle(
    system: SystemUnderTest,
) -> None:
    report = await (await system.declare()).result()

    receipt, results = system.notices.sent.values()
    assert (receipt.kind, results.kind) == ("receipt", "results")
    assert str(report.case_code) in receipt.title
    assert set(results.attachments) == set(ALL)
    assert not system.post.parcels


async def test_a_birth_answered_at_once_stays_within_its_budget(system: SystemUnderTest) -> None:
    case = await system.declare()
    await case.result()

    history = await case.history()

    assert history.activities == [
        "intake.take_in",
        "dossier.file",
        "dossier.file",
        "dossier.file",
        "results.return",
        "case.close",
    ]
    assert history.length <= 55
    assert history.size <= 200_000


async def test_a_birth_answered_at_once_arms_no_timer(system: SystemUnderTest) -> None:
    case = await system.declare()
    await case.result()

    assert (await case.history()).timers == 0


async def test_lists_show_a_finished_case_as_it_ended(system: SystemUnderTest) -> None:
    case = await system.declare()
    report = await case.result()

    shown = await case.attributes()

    assert shown.pop("DueAt") == report.promised_at
    assert shown == {
        "CaseCode": report.case_code,
        "ProcedureGroup": "birth",
        "Province": "01",
        "Commune": "00004",
        "CaseState": "completed",
        "SlaStatus": "closed_early",
        "LawVersion": "birth-nd63-2024",
        "Attention": "none",
        "WaitingFor": [],
        "OverdueAt": [],
    }


async def test_a_case_is_closed_within_seconds_of_its_reception(system: SystemUnderTest) -> None:
    report = await (await system.declare()).result()

    assert report.closed_at is not None
    assert report.closed_at - report.recorded_at < timedelta(seconds=30)
