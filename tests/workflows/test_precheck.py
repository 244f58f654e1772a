"""The pre-check: advice from the funds' records, before anything is filed and without a clock."""

from models.contracts.entitlements import Claim, Entitlement

from harness.families import changed
from harness.system import SystemUnderTest

AS_OF = "2026-11-01T00:00:00+07:00"


def known(**facts: object) -> Entitlement:
    return Entitlement.model_validate({"known": True, "as_of": AS_OF, **facts})


async def test_it_names_fund_amount_and_basis_and_files_nothing(system: SystemUnderTest) -> None:
    raw = await system.new_death("register_death", "funeral_money")
    system.funds["insurance"].records[raw["deceased"]["personal_number"]] = known(pensioner=True)

    answer = await system.precheck(raw)

    assert (answer.fund, answer.formula, answer.amount) == (
        "insurance",
        "10 × 2.530.000",
        25_300_000,
    )
    assert answer.basis
    assert answer.would_refuse == ()
    assert system.register.opened == {}
    assert all(not agency.requests for agency in system.agencies.values())


async def test_it_says_what_would_be_refused_and_what_cures_it(system: SystemUnderTest) -> None:
    raw = await system.new_death("register_death", "funeral_money")
    system.funds["insurance"].records[raw["deceased"]["personal_number"]] = known(
        pensioner=True,
        claims=[Claim(kind="insurance_funeral", channel="employer", received_on="2026-11-10")],
    )

    answer = await system.precheck(raw)

    assert [one.reason_code for one in answer.would_refuse] == ["TRUNG_HO_SO"]
    assert answer.would_refuse[0].cure


async def test_it_answers_without_a_fund_that_is_away_and_says_so(system: SystemUnderTest) -> None:
    system.funds["insurance"].unreachable = True
    raw = await system.new_death("register_death", "funeral_money")

    answer = await system.precheck(raw)

    assert answer.not_asked == ("insurance",)
    assert answer.fund == "none"


async def test_a_wrong_declaration_is_answered_with_every_wrong_field(
    system: SystemUnderTest,
) -> None:
    raw = await system.new_death("register_death", "funeral_money")
    raw = changed(changed(raw, "declarant.phone", "1"), "deceased.personal_number", "12")

    answer = await system.precheck(raw)

    assert {"declarant.phone", "deceased.personal_number"} <= {one.field for one in answer.errors}
    assert system.funds["insurance"].questions == []
    assert system.inquiries.inquiries == {}


async def test_every_asking_is_kept_and_names_nobody(system: SystemUnderTest) -> None:
    raw = await system.new_death("register_death", "funeral_money")

    await system.precheck(raw)
    await system.precheck(raw)

    first, second = system.inquiries.inquiries.values()
    kept = first.model_dump_json()
    assert (first.asker, first.about) == (second.asker, second.about)
    assert raw["declarant"]["personal_number"] not in kept
    assert raw["deceased"]["personal_number"] not in kept
