"""What a family does with advice, and what the figures make of it: told, mended, filed, scored."""

from datetime import UTC, datetime
from typing import Any

import pytest

from models.entitlements.advice import Advice, Obstacle
from models.kernel.vocabulary import Fund
from simulation.pilot.arms import Followed
from simulation.pilot.families import (
    INSURANCE_FUNERAL,
    REGISTER_DEATH,
    SOCIAL_FUNERAL,
    SURVIVOR_LUMP_SUM,
    Family,
    Papers,
)
from simulation.pilot.filing import Filed
from simulation.pilot.following import mended, worth_filing
from simulation.pilot.labels import Label
from simulation.pilot.mix import Mix
from simulation.pilot.records import SupportEntry, Written
from simulation.pilot.scores import Score
from simulation.pilot.scoring import score
from simulation.pilot.worlds import Story, World

MIX = Mix.read()
RECORD = Written(
    "001048007654",
    SupportEntry(
        full_name="Nguyễn Văn A",
        date_of_birth=datetime(1948, 2, 3, tzinfo=UTC).date(),
        as_of=datetime(2026, 11, 20, tzinfo=UTC),
    ),
)
RIGHT, NOTICE = {"full_name": "Nguyễn Văn A"}, {"number": "00001"}
PAPERS = Papers(deceased=RIGHT, notice=NOTICE, record=RECORD, representative="001175003456")


def family(*, papers: Papers = PAPERS, survivors: bool = False) -> Family:
    asked = ["register_death", "remove_residence", "funeral_money"]
    return Family(
        number=0,
        case_code="H26.05.13-261120-00001",
        declaration={
            "deceased": {"full_name": "A Nguyễn Văn"},
            "notice": None,
            "representative": None,
            "procedures": [*asked, "survivor_lump_sum"] if survivors else asked,
        },
        guess=INSURANCE_FUNERAL,
        papers=papers,
    )


def advice(*obstacles: tuple[str, str], fund: Fund = Fund.INSURANCE, **more: Any) -> Advice:
    told = tuple(Obstacle(reason_code=code, cure="", procedure=at) for code, at in obstacles)
    return Advice(
        **{"fund": fund, "verified": True, "would_refuse": told, "route": INSURANCE_FUNERAL} | more
    )


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ("LECH_DINH_DANH", "deceased", RIGHT),
        ("THIEU_DAI_DIEN", "representative", "001175003456"),
        ("THIEU_GIAY_BAO_TU", "notice", NOTICE),
    ],
)
def test_a_family_mends_what_it_is_told_of_and_nothing_else(
    code: str, field: str, value: object
) -> None:
    before = family()

    after, _ = mended(before, {code})

    assert after.declaration == before.declaration | {field: value}


@pytest.mark.parametrize("code", ["SAI_DOI_TUONG", "CHUA_DU_12_THANG", "LECH_DINH_DANH"])
def test_proof_of_what_was_paid_is_entered_only_for_a_code_it_can_cure(code: str) -> None:
    assert mended(family(), {code})[1] == RECORD
    assert mended(family(), {"TRUNG_HO_SO", "DA_HUONG_BHXH_1_LAN"})[1] is None


def test_who_has_no_papers_can_mend_nothing() -> None:
    poor = family(papers=Papers())

    assert mended(poor, {"LECH_DINH_DANH", "SAI_DOI_TUONG", "THIEU_GIAY_BAO_TU"}) == (poor, None)


@pytest.mark.parametrize(
    ("told", "files"),
    [
        (advice(), (INSURANCE_FUNERAL, SURVIVOR_LUMP_SUM)),
        (advice(fund=Fund.SOCIAL, route=SOCIAL_FUNERAL), (SOCIAL_FUNERAL, SURVIVOR_LUMP_SUM)),
        (advice(fund=Fund.NONE), (SURVIVOR_LUMP_SUM,)),
        (advice(("TRUNG_HO_SO", INSURANCE_FUNERAL)), (SURVIVOR_LUMP_SUM,)),
        (advice(("THIEU_DAI_DIEN", SURVIVOR_LUMP_SUM)), (INSURANCE_FUNERAL,)),
        (advice(("THIEU_GIAY_BAO_TU", REGISTER_DEATH)), ()),
    ],
)
def test_only_what_nothing_stands_against_is_filed(told: Advice, files: tuple[str, ...]) -> None:
    assert worth_filing(told, family(survivors=True)) == files


GRANTED = Filed(granted=(INSURANCE_FUNERAL,))


def refused(code: str) -> Filed:
    return Filed(refused={INSURANCE_FUNERAL: code})


def scored(label: dict[str, Any], first: Filed, told: Advice, then: Filed) -> Score:
    """The score of a set of one file."""
    sound = {"kind": "insured", "defect": "none", "visible_before_filing": None}
    rest = {"number": 0, "province": "01", "curable": False, "cure": None}
    story = Story(family=family(), world=World(at_first=()))
    arms = ([first], [Followed(advice=told, filed=then)])
    return score(MIX, 7, [Label(**rest | sound | label)], [story], arms)


DOUBLE = {"kind": "claimed_before", "defect": "TRUNG_HO_SO", "visible_before_filing": True}
AFTERWARDS = {"kind": "claimed_afterwards", "defect": "TRUNG_HO_SO", "visible_before_filing": False}
WRONG_FUND = {"kind": "insured_at_social", "defect": "SAI_DOI_TUONG", "visible_before_filing": True}


def test_a_defect_told_by_its_code_is_recalled() -> None:
    told = advice(("TRUNG_HO_SO", INSURANCE_FUNERAL))

    found = scored(DOUBLE, refused("TRUNG_HO_SO"), told, Filed())

    assert (found.overall.told, found.overall.recall.percent, found.overall.cured) == (1, 100, 0)
    assert found.disagreeing == 0


def test_a_defect_told_by_another_code_is_not_recalled() -> None:
    told = advice(("SAI_DOI_TUONG", INSURANCE_FUNERAL), fund=Fund.NONE)

    found = scored(DOUBLE, refused("TRUNG_HO_SO"), told, Filed())

    assert (found.overall.told, found.overall.told_otherwise) == (0, 1)
    assert found.overall.recall.percent == 0


def test_who_is_sent_to_the_fund_that_pays_was_told_in_time() -> None:
    told = advice(fund=Fund.SOCIAL, route=SOCIAL_FUNERAL)

    found = scored(WRONG_FUND, refused("SAI_DOI_TUONG"), told, GRANTED)

    assert (found.overall.sent_elsewhere, found.overall.cured) == (1, 1)


def test_an_unseen_defect_counts_against_recall_and_not_against_what_could_be_seen() -> None:
    found = scored(AFTERWARDS, refused("TRUNG_HO_SO"), advice(), refused("TRUNG_HO_SO"))

    assert (found.unseen.count, found.overall.recall.of, found.overall.recall_of_visible.of) == (
        1,
        1,
        0,
    )


def test_a_sound_file_that_is_told_of_an_obstacle_was_warned_off() -> None:
    found = scored({}, GRANTED, advice(("TRUNG_HO_SO", INSURANCE_FUNERAL)), Filed())

    assert (found.warned_off.count, found.turned_away.count, found.made_worse.count) == (1, 1, 0)
    assert found.warned_kinds == {"insured": 1}


def test_a_sound_file_that_is_refused_where_it_was_sent_was_made_worse() -> None:
    told = advice(fund=Fund.SOCIAL, route=SOCIAL_FUNERAL)

    found = scored({}, GRANTED, told, refused("SAI_DOI_TUONG"))

    assert (found.warned_off.count, found.turned_away.count, found.made_worse.count) == (0, 0, 1)


@pytest.mark.parametrize(
    ("label", "first"),
    [({}, refused("SAI_DOI_TUONG")), (DOUBLE, GRANTED), (DOUBLE, refused("KHAC"))],
)
def test_a_decision_that_is_not_what_the_label_says_is_counted(
    label: dict[str, Any], first: Filed
) -> None:
    assert scored(label, first, advice(), first).disagreeing == 1
