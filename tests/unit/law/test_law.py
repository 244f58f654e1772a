"""Which rule holds: the table of legal bases, row by row and at its edges."""

from datetime import date

import pytest

from adapters.law.files import load_law
from models.kernel.base import GroupId, ProcedureId
from models.law.rules import GroupRule

LAW = load_law()
BIRTH, DEATH = GroupId("birth"), GroupId("death")
REGISTER, RESIDENCE, CARD, IDENTITY = (
    ProcedureId(one)
    for one in ("register_birth", "register_residence", "issue_card", "issue_identity_card")
)
TODAY = date(2026, 11, 20)


def rule_on(day: date, province: str = "01") -> GroupRule:
    rule = LAW.group_on(BIRTH, day, province)
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("day", "province", "version"),
    [
        (date(2015, 6, 30), "01", None),
        (date(2015, 7, 1), "01", "birth-ttlt05-2015"),
        (date(2020, 9, 19), "08", "birth-ttlt05-2015"),
        (date(2020, 9, 20), "08", "birth-qcph1123-08"),
        (date(2020, 9, 20), "01", "birth-ttlt05-2015"),
        (date(2023, 3, 30), "08", "birth-qcph1123-08"),
        (date(2023, 3, 31), "08", "birth-cv2084"),
        (date(2022, 11, 21), "01", "birth-ttlt05-2015"),
        (date(2022, 11, 22), "01", "birth-cv2084"),
        (date(2022, 11, 22), "35", "birth-cv2084"),
        (date(2022, 11, 22), "79", "birth-ttlt05-2015"),
        (date(2023, 6, 30), "79", "birth-ttlt05-2015"),
        (date(2023, 7, 1), "79", "birth-cv2084"),
        (date(2024, 6, 30), "01", "birth-cv2084"),
        (date(2024, 7, 1), "01", "birth-nd63-2024"),
        (date(2026, 11, 20), "08", "birth-nd63-2024"),
    ],
)
def test_the_rule_of_the_reception_day_and_place_holds(
    day: date, province: str, version: str | None
) -> None:
    rule = LAW.group_on(BIRTH, day, province)

    assert (rule and rule.version) == version


def test_a_group_without_rules_has_none() -> None:
    assert LAW.group_on(GroupId("marriage"), TODAY, "01") is None


@pytest.mark.parametrize(
    ("day", "province", "chosen", "usual", "verifying"),
    [
        (date(2016, 1, 4), "01", (REGISTER, RESIDENCE, CARD), 20, 20),
        (date(2016, 1, 4), "01", (REGISTER, CARD), 15, 15),
        (date(2021, 1, 4), "08", (REGISTER, CARD), 5, 5),
        (date(2023, 7, 3), "01", (REGISTER, RESIDENCE, CARD), 4, 6),
        (TODAY, "01", (REGISTER, RESIDENCE, CARD), 3, 5),
    ],
)
def test_the_total_is_the_one_of_the_table(
    day: date, province: str, chosen: tuple[ProcedureId, ...], usual: int, verifying: int
) -> None:
    total = rule_on(day, province).total_for(chosen)

    assert total.days(verification=False) == usual
    assert total.days(verification=True) == verifying


def test_the_local_rule_of_tuyen_quang_has_no_residence() -> None:
    rule = rule_on(date(2021, 1, 4), "08")

    assert [step.id for step in rule.procedures] == [REGISTER, CARD]


def test_the_identity_card_is_listed_from_its_decree_on_and_not_offered() -> None:
    before, after = rule_on(date(2026, 8, 31)), rule_on(date(2026, 9, 1))

    assert IDENTITY not in [step.id for step in before.procedures]
    assert after.procedure(IDENTITY).not_offered_because == "thời hạn chưa kiểm chứng"
    assert IDENTITY not in [step.id for step in after.offered()]


def test_a_later_decree_is_cited_only_from_its_day_on() -> None:
    decree = "NĐ 301/2026/NĐ-CP"

    assert decree not in [source.document for source in rule_on(date(2026, 8, 31)).basis]
    assert decree in [source.document for source in rule_on(date(2026, 9, 1)).basis]


@pytest.mark.parametrize("procedure", [RESIDENCE, CARD])
def test_no_branch_is_sent_the_hospitals_facts(procedure: ProcedureId) -> None:
    evidence = rule_on(TODAY).procedure(procedure).evidence

    assert not {"notice", "child", "mother", "father", "child.weight_g"} & set(evidence)


@pytest.mark.parametrize(
    ("day", "province", "version"),
    [
        (date(2022, 11, 21), "01", None),
        (date(2022, 11, 22), "01", "death-cv2084"),
        (date(2022, 11, 22), "35", "death-cv2084"),
        (date(2022, 11, 22), "08", None),
        (date(2023, 3, 30), "08", None),
        (date(2023, 3, 31), "08", "death-cv2084"),
        (date(2023, 6, 30), "79", None),
        (date(2023, 7, 1), "79", "death-cv2084"),
        (date(2024, 6, 30), "01", "death-cv2084"),
        (date(2024, 7, 1), "01", "death-nd63-2024"),
        (date(2026, 11, 20), "79", "death-nd63-2024"),
    ],
)
def test_the_rule_of_a_death_holds_where_and_when_the_births_rule_began(
    day: date, province: str, version: str | None
) -> None:
    rule = LAW.group_on(DEATH, day, province)

    assert (rule and rule.version) == version


@pytest.mark.parametrize("day", [date(2023, 7, 3), TODAY])
def test_a_family_asks_for_two_three_or_four_things(day: date) -> None:
    rule = LAW.group_on(DEATH, day, "01")

    assert rule is not None
    assert rule.national_code == "2.002913"
    assert rule.words() == (
        "register_death",
        "remove_residence",
        "funeral_money",
        "survivor_lump_sum",
    )
    assert [step.id for step in rule.alternatives(ProcedureId("funeral_money"))] == [
        "insurance_funeral",
        "social_funeral",
    ]


def test_a_word_nobody_named_bears_the_names_of_what_it_may_be() -> None:
    rule = LAW.group_on(DEATH, TODAY, "01")
    assert rule is not None

    nameless = rule.model_copy(update={"asked": ()})

    assert nameless.named(ProcedureId("funeral_money")).short_title == (
        "Mai táng (BHXH) hoặc Mai táng (BTXH)"
    )


@pytest.mark.parametrize(
    ("kind", "place", "day", "amount"),
    [
        ("cards", "08", date(2020, 9, 19), None),
        ("cards", "08", date(2020, 9, 20), 7_000),
        ("strike_offs", "08", date(2023, 3, 30), 7_000),
        ("strike_offs", "08", date(2023, 3, 31), None),
        ("cards", "01", date(2021, 1, 4), None),
    ],
)
def test_a_line_of_a_list_is_paid_where_and_while_the_regulation_held(
    kind: str, place: str, day: date, amount: int | None
) -> None:
    fee = LAW.rates.list_fee_on(kind, place, day)

    assert (fee and fee.amount) == amount


def test_the_totals_the_province_reported_are_kept_beside_the_fee() -> None:
    lines = {"cards": 49_348, "strike_offs": 270_940}
    fees = {fee.kind: fee for fee in LAW.rates.list_fees}

    assert lines["cards"] * fees["cards"].amount == 345_436_000
    assert 1_899_310_000 - lines["strike_offs"] * fees["strike_offs"].amount == 2_730_000
    assert "1.899.310.000" in fees["strike_offs"].basis.note
    assert "1.896.580.000" in fees["strike_offs"].basis.note
