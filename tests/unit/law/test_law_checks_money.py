"""Words, payments, lists and rates that make no sense are found, and said so that one can mend."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from adapters.law.files import load_law
from adapters.law.places import load_places
from models.declarations.rules.kinds import DECLARATIONS
from models.kernel.base import AgencyId, GroupId, ProcedureId
from models.kernel.findings import Severity
from models.kernel.legal_basis import LegalBasis
from models.law.checks import check_law
from models.law.law import Law
from models.law.procedures import AskedRule
from models.law.rates import Rates, TopUp
from models.law.rules import GroupRule
from models.law.terms import HandoverRule
from models.law.unverified import unverified
from models.working_time.terms import CitizenLimit

LAW = load_law()
RULE = next(rule for rule in LAW.groups if rule.version == "death-nd63-2024")
SCHEMAS = {GroupId("death"): DECLARATIONS[GroupId("death")].model.model_json_schema()}
BASIS = LegalBasis(document="NQ ví dụ của kiểm thử")
REGISTER, FUNERAL, SUPPORT, LUMP_SUM = (
    ProcedureId(one)
    for one in ("register_death", "insurance_funeral", "social_funeral", "survivor_lump_sum")
)
ISSUED = ("decision_number", "amount", "formula")


def with_step(procedure: ProcedureId, **changes: Any) -> GroupRule:  # Any: whatever a test changes
    steps = tuple(
        step.model_copy(update=changes) if step.id == procedure else step
        for step in RULE.procedures
    )
    return RULE.model_copy(update={"procedures": steps})


def confirmed(**changes: Any) -> GroupRule:  # Any: as above
    term = RULE.procedure(LUMP_SUM).confirmation
    assert term is not None
    return with_step(LUMP_SUM, confirmation=term.model_copy(update=changes))


def listed(**changes: Any) -> GroupRule:  # Any: as above
    listing = RULE.procedure(REGISTER).listing
    assert listing is not None
    return with_step(REGISTER, listing=listing.model_copy(update=changes))


def found_in(rule: GroupRule) -> list[tuple[str, str]]:
    law = LAW.model_copy(update={"groups": (rule,), "rates": Rates()})
    return [
        (finding.rule, finding.field.removeprefix(f"{RULE.version}."))
        for finding in check_law(law, SCHEMAS)
    ]


def found_in_rates(**changes: Any) -> list[tuple[str, str]]:  # Any: as above
    law = LAW.model_copy(update={"rates": LAW.rates.model_copy(update=changes)})
    findings = check_law(law, province_name=load_places().province_name)
    return [(finding.rule, finding.field.removeprefix("rates.")) for finding in findings]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            with_step(SUPPORT, after=(REGISTER, ProcedureId("remove_residence"))),
            ("alternatives", "funeral_money.after"),
        ),
        (with_step(SUPPORT, required=True), ("alternatives", "funeral_money.required")),
        (with_step(SUPPORT, asked_as=None), ("asked_as", "funeral_money.asked_as")),
        (
            with_step(LUMP_SUM, after=(REGISTER, FUNERAL)),
            ("alternatives", "survivor_lump_sum.after"),
        ),
        (RULE.model_copy(update={"asked": ()}), ("asked", "funeral_money.asked_as")),
        (
            RULE.model_copy(
                update={
                    "asked": (
                        *RULE.asked,
                        AskedRule(id=ProcedureId("money"), title="Tiền", short_title="Tiền"),
                    )
                }
            ),
            ("asked", "asked.money"),
        ),
        (with_step(FUNERAL, paid_by=AgencyId("bank")), ("paid_by", "insurance_funeral.paid_by")),
        (with_step(FUNERAL, payee=""), ("paid_by", "insurance_funeral.paid_by")),
        (with_step(FUNERAL, payee="funeral.heir"), ("payee", "insurance_funeral.payee")),
        (with_step(FUNERAL, issues=ISSUED[:1]), ("paid_by", "insurance_funeral.issues")),
        (
            confirmed(reason_code="THIEU_GI_DO"),
            ("confirmation", "survivor_lump_sum.confirmation.reason_code"),
        ),
        (confirmed(among="heirs"), ("confirmation", "survivor_lump_sum.confirmation")),
        (
            confirmed(limit=CitizenLimit(working_days=5)),
            ("basis", "survivor_lump_sum.confirmation.limit"),
        ),
        (
            confirmed(remind_before=5),
            ("confirmation", "survivor_lump_sum.confirmation.remind_before"),
        ),
        (listed(kind="graves"), ("listing", "register_death.listing.kind")),
        (listed(person="issued.grave_number"), ("listing", "register_death.listing")),
        (listed(person="deceased.shoe_size"), ("listing", "register_death.listing")),
        (
            RULE.model_copy(
                update={
                    "handover": HandoverRule(
                        to="Công chức", procedures=(ProcedureId("issue_card"),), basis=BASIS
                    )
                }
            ),
            ("handover", "handover"),
        ),
    ],
)
def test_what_is_wrong_around_a_grant_is_found(rule: GroupRule, found: tuple[str, str]) -> None:
    assert found in found_in(rule)


def test_the_rule_these_tests_spoil_is_sound() -> None:
    assert found_in(RULE) == []
    assert found_in_rates() == []


def test_alternatives_without_a_step_before_them_are_found() -> None:
    steps = tuple(
        step.model_copy(update={"after": ()}) if step.asked_as else step for step in RULE.procedures
    )

    found = found_in(RULE.model_copy(update={"procedures": steps}))

    assert ("alternatives", "funeral_money.after") in found


def test_a_word_that_is_a_procedure_too_is_found() -> None:
    steps = tuple(
        step.model_copy(update={"asked_as": LUMP_SUM}) if step.asked_as else step
        for step in RULE.procedures
    )

    found = found_in(RULE.model_copy(update={"procedures": steps}))

    assert ("asked_as", "survivor_lump_sum.asked_as") in found


def test_a_total_names_words_and_never_one_of_the_alternatives() -> None:
    total = RULE.totals[0].model_copy(update={"without": (FUNERAL,)})

    found = found_in(RULE.model_copy(update={"totals": (total, *RULE.totals)}))

    assert ("without", "totals") in found


def test_what_a_predecessor_issues_may_stand_on_a_list() -> None:
    listing = RULE.procedure(REGISTER).listing
    assert listing is not None
    path = "issued.register_death.registration_number"

    sound = with_step(SUPPORT, listing=listing.model_copy(update={"person": path}))
    wrong = with_step(
        SUPPORT, listing=listing.model_copy(update={"person": "issued.register_death.grave"})
    )

    assert found_in(sound) == []
    assert found_in(wrong) == [("listing", "social_funeral.listing")]


def levels(change: Callable[[Any], Any]) -> dict[str, Any]:  # Any: a level, and a field's new value
    return {"levels": tuple(change(one) for one in LAW.rates.levels)}


def ended(id: str, first: date, last: date | None) -> dict[str, Any]:  # Any: as above
    """The level of an id that begins on a day, made to end on another."""
    return levels(
        lambda one: (
            one.model_copy(update={"valid_to": last})
            if (one.id, one.valid_from) == (id, first)
            else one
        )
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            ended("reference_level", date(2023, 7, 1), date(2024, 5, 31)),
            ("gap", "levels.reference_level"),
        ),
        (
            ended("reference_level", date(2023, 7, 1), date(2024, 7, 31)),
            ("overlap", "levels.reference_level"),
        ),
        (
            ended("reference_level", date(2023, 7, 1), None),
            ("overlap", "levels.reference_level"),
        ),
        ({"benefits": LAW.rates.benefits[::2]}, ("gap", "benefits.insurance_funeral")),
        ({"levels": LAW.rates.levels[:5]}, ("level", "benefits.social_funeral")),
        ({"conditions": LAW.rates.conditions[4:]}, ("condition", "benefits.insurance_funeral")),
        ({"social_groups": ()}, ("condition", "social_groups")),
        ({"social_groups": LAW.rates.social_groups * 2}, ("overlap", "social_groups.orphan")),
        ({"list_fees": LAW.rates.list_fees * 2}, ("overlap", "list_fees.cards.08")),
        (
            {"list_fees": (LAW.rates.list_fees[0].model_copy(update={"kind": "graves"}),)},
            ("kind", "list_fees.graves"),
        ),
        (
            {"list_fees": (LAW.rates.list_fees[0].model_copy(update={"places": ("99",)}),)},
            ("place", "list_fees.cards"),
        ),
        (
            {
                "conditions": tuple(
                    one.model_copy(update={"short_of": "THIEU_GI_DO"})
                    for one in LAW.rates.conditions
                )
            },
            ("reason", "conditions.THIEU_GI_DO"),
        ),
        (
            {
                "benefits": tuple(
                    one.model_copy(update={"procedure": ProcedureId("burial")})
                    for one in LAW.rates.benefits[:2]
                )
            },
            ("procedure", "benefits.burial"),
        ),
    ],
)
def test_what_is_wrong_with_the_money_is_found(
    changes: dict[str, Any], found: tuple[str, str]
) -> None:
    assert found in found_in_rates(**changes)


def top_up(place: str = "01", level: str = "social_standard") -> TopUp:
    return TopUp(place=place, level=level, adds=60_000, valid_from=date(2026, 1, 1), basis=BASIS)


@pytest.mark.parametrize(
    ("top_ups", "found"),
    [
        ((top_up(),), []),
        ((top_up(place="99"),), [("place", "top_ups.99")]),
        ((top_up(place="35"),), [("place", "top_ups.35")]),
        ((top_up(level="minimum_wage"),), [("level", "top_ups.01")]),
        ((top_up(), top_up()), [("overlap", "top_ups.social_standard.01")]),
    ],
)
def test_what_provinces_add_is_looked_up(
    top_ups: tuple[TopUp, ...], found: list[tuple[str, str]]
) -> None:
    assert found_in_rates(top_ups=top_ups) == found


def test_a_level_that_ends_without_a_successor_is_worth_a_look() -> None:
    law = LAW.model_copy(
        update={
            "rates": LAW.rates.model_copy(
                update=ended("reference_level", date(2026, 7, 1), date(2027, 6, 30))
            )
        }
    )

    (finding,) = check_law(law)

    assert (finding.rule, finding.severity) == ("gap", Severity.WARNING)
    assert "chết sau 06/2027" in finding.message


def test_a_reason_the_pre_check_may_give_must_be_known() -> None:
    reasons = tuple(one for one in LAW.reasons if one.code != "DA_HUONG_BHXH_1_LAN")

    (finding,) = check_law(LAW.model_copy(update={"reasons": reasons}))

    assert "DA_HUONG_BHXH_1_LAN" in finding.message


def unverified_of(law: Law) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for one in unverified(law):
        named.setdefault(one.where, []).append(one.what)
    return named


def test_every_limit_and_rate_nobody_checked_is_named() -> None:
    named = unverified_of(LAW)

    assert "totals (18)" in named["death-nd63-2024"]
    assert "register_death.limit" in named["death-nd63-2024"]
    assert "survivor_lump_sum.confirmation.limit" not in named["death-nd63-2024"]
    assert "survivor_lump_sum.confirmation.limit" in named["death-cv2084"]
    assert named["rates/benefits"] == ["social_funeral 07/2026"]
    assert "rates/levels" not in named


def test_what_was_checked_is_not_named_any_more() -> None:
    checked = tuple(
        one.model_copy(update={"basis": one.basis.model_copy(update={"verified": True})})
        for one in LAW.rates.benefits
    )
    law = LAW.model_copy(update={"rates": LAW.rates.model_copy(update={"benefits": checked})})

    assert "rates/benefits" not in unverified_of(law)
