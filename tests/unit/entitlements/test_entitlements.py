"""What a family is told before filing: the right fund, the exact reasons, and what stays unseen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law.files import load_law
from models.contracts.entitlements import Claim, Entitlement
from models.entitlements.advice import UNKNOWN_GROUP, UNSEEN, Advice, Answers, DeathFacts
from models.entitlements.entitlements import agencies_to_ask, assess
from models.kernel.base import AgencyId, GroupId, ProcedureId
from models.kernel.vocabulary import Fund
from models.law.rules import GroupRule

LAW = load_law()
INSURANCE, SOCIAL = AgencyId("insurance"), AgencyId("social_affairs")
INSURANCE_FUNERAL, SOCIAL_FUNERAL = ProcedureId("insurance_funeral"), ProcedureId("social_funeral")
ALL = ("register_death", "remove_residence", "funeral_money", "survivor_lump_sum")
TODAY = datetime(2026, 11, 20, 3, tzinfo=UTC)
DIED = date(2026, 11, 17)
FACTS = DeathFacts(
    asked=ALL,
    died_on=DIED,
    province="01",
    has_proof=True,
    has_representative=True,
    asked_on=date(2026, 11, 20),
)


def rule_on(day: date) -> GroupRule:
    rule = LAW.group_on(GroupId("death"), day, "01")
    assert rule is not None
    return rule


RULE = rule_on(DIED)


def record(**changes: Any) -> Entitlement:  # Any: whatever a record may say
    return Entitlement(**{"known": True, "as_of": TODAY} | changes)


NOBODY = Entitlement(known=False, as_of=TODAY)


def claim(kind: str, *, paid: bool = False) -> Claim:
    return Claim(kind=kind, channel="employer", received_on=DIED, paid=paid)


def advice(
    insurance: Entitlement | None = NOBODY,
    social: Entitlement | None = NOBODY,
    facts: DeathFacts = FACTS,
) -> Advice:
    return assess(facts, {INSURANCE: insurance, SOCIAL: social}, RULE, LAW)


def refusals(told: Advice) -> list[tuple[str | None, str]]:
    return [(one.procedure, one.reason_code) for one in told.would_refuse]


PENSIONER = record(pensioner=True, compulsory_months=300)
ELDERLY = record(social_groups=("elderly_poor",))


@pytest.mark.parametrize(
    "insurance",
    [
        record(compulsory_months=12),
        record(voluntary_months=60),
        PENSIONER,
        record(work_accident=True),
        record(pensioner=True, lump_sum_on=date(2010, 1, 1)),
    ],
)
def test_whoever_meets_one_condition_of_the_insurer_is_sent_there(insurance: Entitlement) -> None:
    told = advice(insurance)

    assert (told.fund, told.route) == (Fund.INSURANCE, INSURANCE_FUNERAL)
    assert (told.amount, told.formula) == (25_300_000, "10 × 2.530.000")
    assert told.basis is not None
    assert told.basis.startswith("Luật BHXH 41/2024/QH15")
    assert told.verified
    assert refusals(told) == []


@pytest.mark.parametrize("social", [ELDERLY, record(social_pension=True)])
def test_whoever_social_affairs_supported_is_sent_there(social: Entitlement) -> None:
    told = advice(NOBODY, social, replace(FACTS, asked=("register_death", "funeral_money")))

    assert (told.fund, told.route) == (Fund.SOCIAL, SOCIAL_FUNERAL)
    assert (told.amount, told.formula) == (10_800_000, "20 × 540.000")
    assert not told.verified
    assert refusals(told) == []


def test_of_two_funds_only_the_higher_is_named() -> None:
    told = advice(PENSIONER, ELDERLY)

    assert (told.fund, told.amount) == (Fund.INSURANCE, 25_300_000)


@pytest.mark.parametrize(
    ("insurance", "code"),
    [
        (record(compulsory_months=11), "CHUA_DU_12_THANG"),
        (record(voluntary_months=59), "CHUA_DU_12_THANG"),
        (record(compulsory_months=90, lump_sum_on=date(2018, 5, 2)), "DA_HUONG_BHXH_1_LAN"),
        (record(lump_sum_on=date(2018, 5, 2)), "DA_HUONG_BHXH_1_LAN"),
        (record(), "SAI_DOI_TUONG"),
        (NOBODY, "SAI_DOI_TUONG"),
    ],
)
def test_where_nobody_pays_each_fund_says_why(insurance: Entitlement, code: str) -> None:
    told = advice(insurance, facts=replace(FACTS, asked=("funeral_money",)))

    assert (told.fund, told.amount, told.formula, told.basis) == (Fund.NONE, None, None, None)
    assert told.route == INSURANCE_FUNERAL
    assert refusals(told) == [
        (INSURANCE_FUNERAL, code),
        (SOCIAL_FUNERAL, "SAI_DOI_TUONG"),
    ]


def test_each_reason_comes_with_its_cure() -> None:
    (first, *_) = advice(record(compulsory_months=3)).would_refuse

    assert "quá trình đóng" in first.cure
    assert "12 tháng" in first.title


def test_too_few_months_do_not_matter_where_social_affairs_pay() -> None:
    told = advice(record(compulsory_months=3), ELDERLY)

    assert told.fund is Fund.SOCIAL
    assert refusals(told) == []


def test_a_record_of_somebody_else_is_said_to_be_that_and_nothing_more() -> None:
    told = advice(record(identity_matches=False), facts=replace(FACTS, asked=("funeral_money",)))

    assert refusals(told) == [
        (INSURANCE_FUNERAL, "LECH_DINH_DANH"),
        (SOCIAL_FUNERAL, "SAI_DOI_TUONG"),
    ]


def test_a_mismatch_of_who_would_pay_leaves_the_fund_named() -> None:
    told = advice(PENSIONER.model_copy(update={"identity_matches": False}))

    assert told.fund is Fund.INSURANCE
    assert (INSURANCE_FUNERAL, "LECH_DINH_DANH") in refusals(told)


@pytest.mark.parametrize(
    ("insurance", "social"),
    [
        (PENSIONER.model_copy(update={"claims": (claim("insurance_funeral"),)}), NOBODY),
        (PENSIONER, ELDERLY.model_copy(update={"claims": (claim("social_funeral"),)})),
    ],
)
def test_an_open_claim_at_either_fund_stands_against_another(
    insurance: Entitlement, social: Entitlement
) -> None:
    told = advice(insurance, social)

    assert told.fund is Fund.INSURANCE
    assert refusals(told) == [(INSURANCE_FUNERAL, "TRUNG_HO_SO")]


def test_what_was_paid_already_is_not_promised_again() -> None:
    paid = PENSIONER.model_copy(update={"claims": (claim("insurance_funeral", paid=True),)})

    told = advice(paid)

    assert (told.fund, told.amount, told.route) == (Fund.NONE, None, INSURANCE_FUNERAL)
    assert refusals(told) == [(INSURANCE_FUNERAL, "TRUNG_HO_SO")]


def test_a_claim_for_the_lump_sum_stands_against_the_lump_sum_only() -> None:
    told = advice(PENSIONER.model_copy(update={"claims": (claim("survivor_lump_sum"),)}))

    assert refusals(told) == [("survivor_lump_sum", "TRUNG_HO_SO")]


def test_relatives_without_a_representative_are_told_so() -> None:
    told = advice(PENSIONER, facts=replace(FACTS, has_representative=False))

    assert refusals(told) == [("survivor_lump_sum", "THIEU_DAI_DIEN")]


def test_a_family_that_asks_for_no_lump_sum_needs_no_representative() -> None:
    facts = replace(FACTS, asked=("register_death", "funeral_money"), has_representative=False)

    assert refusals(advice(PENSIONER, facts=facts)) == []


def test_a_death_without_proof_cannot_be_registered() -> None:
    told = advice(PENSIONER, facts=replace(FACTS, has_proof=False))

    assert refusals(told) == [("register_death", "THIEU_GIAY_BAO_TU")]


def test_a_family_that_asks_for_no_money_still_hears_what_is_due() -> None:
    told = advice(PENSIONER, facts=replace(FACTS, asked=("register_death", "remove_residence")))

    assert told.amount == 25_300_000
    assert refusals(told) == []


def test_a_fund_that_could_not_be_asked_is_named_and_never_called_wrong() -> None:
    told = advice(None, ELDERLY)

    assert (told.fund, told.not_asked) == (Fund.SOCIAL, (INSURANCE,))
    assert refusals(told) == []


def test_the_fund_nobody_could_ask_is_where_to_file_if_the_other_does_not_pay() -> None:
    told = advice(NOBODY, None, replace(FACTS, asked=("funeral_money",)))

    assert (told.fund, told.route, told.not_asked) == (Fund.NONE, SOCIAL_FUNERAL, (SOCIAL,))
    assert refusals(told) == [(INSURANCE_FUNERAL, "SAI_DOI_TUONG")]


def test_old_records_are_called_old() -> None:
    old = PENSIONER.model_copy(update={"as_of": datetime(2026, 10, 19, 16, tzinfo=UTC)})
    fresh = PENSIONER.model_copy(update={"as_of": datetime(2026, 10, 19, 18, tzinfo=UTC)})

    assert advice(old).stale == (INSURANCE,)
    assert advice(fresh).stale == ()


def test_what_no_record_shows_is_said() -> None:
    assert advice(PENSIONER).unseen == UNSEEN
    assert UNKNOWN_GROUP in advice(NOBODY, record(social_groups=("new_group",))).unseen


def test_a_death_before_the_first_rate_has_no_amount_but_a_way() -> None:
    told = advice(PENSIONER, facts=replace(FACTS, died_on=date(2018, 3, 1)))

    assert (told.fund, told.amount) == (Fund.NONE, None)
    assert (told.route, told.no_rate) == (INSURANCE_FUNERAL, (INSURANCE_FUNERAL,))
    assert refusals(told) == []


def test_the_month_of_death_decides_and_not_the_day_of_the_question() -> None:
    told = advice(PENSIONER, facts=replace(FACTS, died_on=date(2026, 6, 30)))

    assert (told.amount, told.formula) == (23_400_000, "10 × 2.340.000")


def test_the_answer_is_written_as_the_interface_says() -> None:
    written = advice(PENSIONER).model_dump(mode="json")

    assert {name: written[name] for name in ("fund", "amount", "formula", "verified")} == {
        "fund": "insurance",
        "amount": 25_300_000,
        "formula": "10 × 2.530.000",
        "verified": True,
    }
    assert written["would_refuse"] == []


def test_whoever_grants_on_conditions_is_asked() -> None:
    assert agencies_to_ask(RULE, LAW) == (INSURANCE, SOCIAL)


def test_a_law_without_the_reason_is_no_law_to_advise_by() -> None:
    silent = LAW.model_copy(update={"reasons": ()})

    with pytest.raises(KeyError, match="SAI_DOI_TUONG"):
        assess(FACTS, {INSURANCE: NOBODY, SOCIAL: NOBODY}, RULE, silent)


claims = st.lists(
    st.builds(
        claim,
        st.sampled_from(["insurance_funeral", "social_funeral", "survivor_lump_sum"]),
        paid=st.booleans(),
    ),
    max_size=2,
).map(tuple)
records = st.none() | st.builds(
    Entitlement,
    known=st.booleans(),
    identity_matches=st.booleans(),
    compulsory_months=st.integers(0, 30),
    voluntary_months=st.integers(0, 80),
    pensioner=st.booleans(),
    work_accident=st.booleans(),
    lump_sum_on=st.none() | st.just(date(2015, 1, 1)),
    social_groups=st.sampled_from([(), ("elderly_poor",), ("unheard_of",)]),
    social_pension=st.booleans(),
    claims=claims,
    as_of=st.just(TODAY),
)
facts = st.builds(
    DeathFacts,
    asked=st.sets(st.sampled_from(ALL)).map(tuple),
    died_on=st.dates(date(2016, 1, 1), DIED),
    province=st.sampled_from(["01", "08"]),
    has_proof=st.booleans(),
    has_representative=st.booleans(),
    asked_on=st.just(date(2026, 11, 20)),
)
answers = st.fixed_dictionaries({INSURANCE: records, SOCIAL: records})


@given(facts, answers)
def test_a_fund_is_named_exactly_with_an_amount_its_formula_and_its_basis(
    stated: DeathFacts, told: Answers
) -> None:
    given_advice = assess(stated, told, RULE, LAW)

    named = given_advice.fund is not Fund.NONE
    for value in (given_advice.amount, given_advice.formula, given_advice.basis):
        assert (value is not None) is named


@given(facts, answers)
def test_there_is_always_somewhere_to_file(stated: DeathFacts, told: Answers) -> None:
    assert assess(stated, told, RULE, LAW).route in {INSURANCE_FUNERAL, SOCIAL_FUNERAL}


@given(facts, answers)
def test_nobody_is_warned_of_what_was_not_asked_for_or_not_answered(
    stated: DeathFacts, told: Answers
) -> None:
    for obstacle in assess(stated, told, RULE, LAW).would_refuse:
        assert obstacle.procedure is not None
        step = RULE.procedure(obstacle.procedure)
        of_records = obstacle.reason_code in {"SAI_DOI_TUONG", "CHUA_DU_12_THANG"}

        assert step.word in stated.asked
        assert not of_records or told[step.agency] is not None


@given(facts, answers)
def test_no_reason_is_given_twice_for_one_procedure(stated: DeathFacts, told: Answers) -> None:
    given_reasons = refusals(assess(stated, told, RULE, LAW))

    assert len(given_reasons) == len(set(given_reasons))


@given(facts, answers)
def test_a_named_fund_is_no_less_than_what_it_would_be_alone(
    stated: DeathFacts, told: Answers
) -> None:
    together = assess(stated, told, RULE, LAW)

    for agency in (INSURANCE, SOCIAL):
        alone = assess(stated, {agency: told[agency]}, RULE, LAW)
        if together.fund is not Fund.NONE:
            assert (alone.amount or 0) <= (together.amount or 0)
