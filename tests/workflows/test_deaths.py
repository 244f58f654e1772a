"""A death, end to end: registered first, then struck off and paid by the fund that owes it."""

import pytest

from models.contracts.entitlements import Entitlement
from models.kernel.errors import BackendContractError
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import dossier_of, states_of
from harness.correction_handle import rules_of
from harness.families import DAUGHTER, Raw, changed
from harness.system import SystemUnderTest

AS_OF = "2026-11-01T00:00:00+07:00"


def known(**facts: object) -> Entitlement:
    return Entitlement.model_validate({"known": True, "as_of": AS_OF, **facts})


def agreed(raw: Raw) -> Raw:
    """The only relative has named herself: nobody else must confirm it."""
    return changed(raw, "relatives", raw["relatives"][:1]) | {"representative": DAUGHTER}


async def test_all_four_procedures_of_a_death_are_carried_out(system: SystemUnderTest) -> None:
    raw = agreed(await system.new_death())
    person = raw["deceased"]["personal_number"]
    system.funds["insurance"].records[person] = known(pensioner=True)

    case = await system.start(raw, case_id="death/x-all", workflow="DeathGroup")
    report = await case.result()

    assert report.state == "completed"
    assert states_of(report) == {
        "register_death": "granted",
        "remove_residence": "granted",
        "insurance_funeral": "granted",
        "survivor_lump_sum": "granted",
    }
    assert system.treasury.paid == 25_300_000


@pytest.mark.parametrize(
    ("records", "fund"),
    [
        ({"insurance": {"compulsory_months": 140}}, "insurance_funeral"),
        ({"social_affairs": {"social_pension": True}}, "social_funeral"),
        (
            {"insurance": {"pensioner": True}, "social_affairs": {"social_pension": True}},
            "insurance_funeral",
        ),
        ({}, "insurance_funeral"),
    ],
    ids=["insured", "social pension", "both: only the highest", "nobody knows the person"],
)
async def test_funeral_money_goes_to_the_fund_that_owes_it(
    system: SystemUnderTest, records: dict[str, dict[str, object]], fund: str
) -> None:
    raw = await system.new_death("register_death", "funeral_money")
    for id, facts in records.items():
        system.funds[id].records[raw["deceased"]["personal_number"]] = known(**facts)

    case = await system.start(raw, case_id="death/x-routed", workflow="DeathGroup")
    report = await case.result()

    assert [one.procedure for one in report.dossiers] == ["register_death", fund]
    assert len(system.treasury.orders) == 1
    assert "procedure.chosen" in case.events(fund)


async def test_a_fund_that_is_away_delays_the_choice_and_nothing_else(
    system: SystemUnderTest,
) -> None:
    system.funds["social_affairs"].unreachable = True
    case = await system.declare_death("register_death", "remove_residence", "funeral_money")

    await case.until_dossier("remove_residence", "granted")
    await system.pass_time(hours=2)
    waiting = await case.status()
    shown = await case.attributes()
    system.funds["social_affairs"].unreachable = False
    report = await case.result()

    assert dossier_of(waiting, "funeral_money").state == "waiting"
    assert "outage" in shown["WaitingFor"]
    assert report.state == "completed"


async def test_a_refused_fund_leaves_the_rest_done_and_names_its_reason(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers["insurance_funeral"] = [
        ScriptedAnswer(outcome=Outcome.REFUSED, reason_code="CHUA_DU_12_THANG")
    ]
    case = await system.declare_death("register_death", "remove_residence", "funeral_money")

    report = await case.result()

    refused = dossier_of(report, "insurance_funeral")
    assert report.state == "partly_completed"
    assert (refused.state, refused.reason_code) == ("refused", "CHUA_DU_12_THANG")
    assert system.treasury.orders == {}


async def test_only_the_registry_is_told_what_the_person_died_of(system: SystemUnderTest) -> None:
    case = await system.start(
        agreed(await system.new_death()), case_id="death/x-cause", workflow="DeathGroup"
    )

    await case.result()

    told = {
        request.procedure: "Suy hô hấp" in request.model_dump_json()
        for agency in system.agencies.values()
        for request in agency.requests
    }
    assert [procedure for procedure, knows in told.items() if knows] == ["register_death"]


async def test_the_procedure_may_be_named_by_the_word_the_family_used(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers["insurance_funeral"] = [
        ScriptedAnswer(outcome=Outcome.ACCEPTED)
    ]
    case = await system.declare_death("register_death", "funeral_money")
    await case.until_dossier("insurance_funeral", "accepted")

    await case.withdraw("funeral_money")
    report = await case.result()

    assert dossier_of(report, "insurance_funeral").state == "withdrawn"


async def test_no_agency_decides_what_nobody_has_been_chosen_for_yet(
    system: SystemUnderTest,
) -> None:
    system.funds["insurance"].fault = BackendContractError("insurance: nonsense")
    case = await system.declare_death("register_death", "funeral_money")
    await case.until_dossier("funeral_money", "parked")

    rejected = await rules_of(case.decide("insurance_funeral"))
    system.funds["insurance"].fault = None
    system.funds["insurance"].unreachable = True
    await case.resume("funeral_money")
    resumed = await case.until_dossier("funeral_money", "waiting")
    system.funds["insurance"].unreachable = False
    report = await case.result()

    assert rejected == ["not_filed_yet"]
    assert resumed.holder == "us"
    assert system.treasury.paid == 25_300_000
    assert report.state == "completed"


async def test_a_family_that_takes_its_wish_back_waits_for_no_fund(system: SystemUnderTest) -> None:
    system.funds["social_affairs"].unreachable = True
    case = await system.declare_death("register_death", "funeral_money")
    await case.until_dossier("register_death", "granted")
    await case.until(lambda status: status.dossiers[-1].state == "waiting")
    await system.pass_time(hours=1)

    await case.withdraw("funeral_money")
    report = await case.result()

    assert states_of(report) == {"register_death": "granted", "funeral_money": "withdrawn"}
    assert report.closed_at is not None


async def test_a_death_answered_at_once_stays_within_its_budget(system: SystemUnderTest) -> None:
    case = await system.declare_death(change=agreed)
    await case.result()

    history = await case.history()

    assert history.activities.count("dossier.file") == 4
    assert len(history.activities) == 9
    assert history.timers == 0
    assert history.length <= 70
    assert history.size <= 80_000
