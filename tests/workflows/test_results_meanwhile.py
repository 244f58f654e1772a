"""What is settled goes back while only the family holds up the rest; the case closes once."""

import pytest

from models.contracts.dossiers import WantedItem
from models.contracts.payments import PaymentState
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.families import DAUGHTER, WIDOW, Raw, changed
from harness.system import SystemUnderTest

BIRTH, RESIDENCE, CARD = "register_birth", "register_residence", "issue_card"
LUMP_SUM, FUNERAL = "survivor_lump_sum", "insurance_funeral"
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(WantedItem(code="CT07"),))
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


def by_post(raw: Raw) -> Raw:
    return changed(raw, "delivery", {"method": "post", "address": "Số 12", "commune": "00004"})


async def waiting_for_a_supplement(system: SystemUnderTest, **otherwise: object) -> CaseHandle:
    """The residence police wants something of a family whose other results are there."""
    system.agencies["residence"].answers[RESIDENCE] = [WANTED]
    case = await system.declare(**otherwise)  # type: ignore[arg-type]  # as the desk takes it
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    return case


async def returned(case: CaseHandle, procedure: str) -> None:
    await case.until(
        lambda status: any(
            one.procedure == procedure and one.portal_state == 10 for one in status.dossiers
        )
    )


def bundles(system: SystemUnderTest) -> dict[str, set[str]]:
    """The procedures whose results each bundle brought, by the end of its key."""
    sent = (notice for notice in system.notices.sent.values() if notice.kind == "results")
    return {notice.key.removeprefix(notice.case_code): set(notice.attachments) for notice in sent}


async def test_what_is_granted_goes_back_while_the_citizen_is_waited_for(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_a_supplement(system)
    await returned(case, CARD)

    meanwhile, waiting = bundles(system), await case.status()
    await case.supplement(RESIDENCE)
    report = await case.result()

    assert meanwhile == {"-results": {BIRTH, CARD}}
    assert (waiting.closed_at, dossier_of(waiting, RESIDENCE).portal_state != 10) == (None, True)
    assert bundles(system) == {"-results": {BIRTH, CARD}, "-results-2": {RESIDENCE}}
    assert case.events().count("results.returned") == 2
    assert case.events().count("case.closed") == 1
    assert {one.portal_state for one in report.dossiers} == {10}


async def test_the_first_bundle_says_what_is_still_to_come(system: SystemUnderTest) -> None:
    case = await waiting_for_a_supplement(system)
    await returned(case, CARD)

    body = system.notices.sent[f"{case.code()}-results"].body
    await case.supplement(RESIDENCE)
    await case.result()

    assert "- Đăng ký thường trú: chờ công dân hoặc gia đình, kết quả được trả sau" in body
    assert "trả sau" not in system.notices.sent[f"{case.code()}-results-2"].body


async def test_each_bundle_on_paper_is_a_parcel_of_its_own(system: SystemUnderTest) -> None:
    case = await waiting_for_a_supplement(system, change=by_post)
    await returned(case, CARD)

    await case.supplement(RESIDENCE)
    report = await case.result()

    contents = {key: len(parcel.contents) for key, parcel in system.post.parcels.items()}
    code = report.case_code
    assert contents == {f"{code}-results": 2, f"{code}-results-2": 1}


async def test_a_death_certificate_does_not_wait_for_the_relatives(system: SystemUnderTest) -> None:
    case = await system.declare_death(
        "register_death",
        "remove_residence",
        LUMP_SUM,
        change=lambda raw: raw | {"representative": DAUGHTER},
    )
    await case.until_dossier(LUMP_SUM, "supplement_wanted")
    await returned(case, "register_death")

    said = {"request_id": "c-1", "agrees": True, "relative": WIDOW, "representative": DAUGHTER}
    await case.say("confirm_representative", said)
    report = await case.result()

    assert report.state == "completed"
    assert bundles(system) == {
        "-results": {"register_death", "remove_residence"},
        "-results-2": {LUMP_SUM},
    }


async def test_money_that_came_back_keeps_only_its_own_result_waiting(
    system: SystemUnderTest,
) -> None:
    system.treasury.next_states = [PaymentState.RETURNED]
    case = await system.declare_death("register_death", "funeral_money")
    await returned(case, "register_death")

    await case.resume(FUNERAL)
    await case.result()

    assert bundles(system) == {"-results": {"register_death"}, "-results-2": {FUNERAL}}


@pytest.mark.parametrize("script", [[ACCEPTED], [ACCEPTED, WANTED]])
async def test_nothing_goes_back_alone_while_an_agency_still_owes_its_word(
    system: SystemUnderTest, script: list[ScriptedAnswer]
) -> None:
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]
    system.agencies["residence"].answers[RESIDENCE] = script
    case = await system.declare()
    await case.until_dossier(CARD, "accepted")
    await system.pass_time(minutes=2)

    meanwhile = bundles(system)
    await case.decide(CARD)
    await case.decide(RESIDENCE)
    await case.result()

    assert meanwhile == {}


async def test_a_birth_that_waits_once_for_the_citizen_stays_within_its_budget(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_a_supplement(system)
    await returned(case, CARD)
    await case.supplement(RESIDENCE)
    await case.result()

    history = await case.history()
    asked = history.activities.count("dossier.ask")
    supplements, further_bundles = 1, history.activities.count("results.return") - 1
    assert further_bundles == 1
    assert history.length <= 80 + 8 * (supplements + further_bundles + asked)
