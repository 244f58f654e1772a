"""The labelled set itself: what is drawn, in which shares, and that nobody can read a label."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law.files import load_law
from adapters.law.places import load_places
from backends.country.elders import elder
from backends.country.people import SEED
from models.declarations.rules.context import CheckContext
from models.declarations.rules.kinds import check_declaration
from simulation.pilot.households import Household
from simulation.pilot.labels import Label, apportioned, labels_of, write
from simulation.pilot.mix import Mix, Province
from simulation.pilot.stories import STORIES, households_needed, stories_of
from simulation.pilot.worlds import Story

MIX = Mix.read()
FILES = 2_000
DRAWN = {name: labels_of(MIX, files=FILES, seed=seed.seed) for name, seed in MIX.seeds.items()}
LABELS_IN_THE_REPO = Path(__file__).parents[2] / "data" / "pilot_labels.csv"


def household(index: int) -> Household:
    return Household.model_validate(elder(SEED, index).model_dump(mode="json"))


def told(labels: list[Label]) -> list[Story]:
    """The stories of these labels; where people live does not matter to them."""
    needed = households_needed(labels)
    homes = {at: [household(n) for n in range(count)] for at, count in needed.items()}
    return stories_of(MIX, labels, homes, seed=1)


@pytest.fixture(scope="module")
def one_of_each() -> dict[str, Story]:
    """A story of every kind."""
    kinds = {label.kind: label for label in DRAWN["report"]}
    chosen = [label for _, label in sorted(kinds.items())]
    return dict(zip(sorted(kinds), told(chosen), strict=True))


def test_there_is_a_story_for_every_kind_that_is_assumed_and_no_other() -> None:
    assert sorted(STORIES) == sorted(kind.name for kind in (*MIX.sound, *MIX.defect))


@pytest.mark.parametrize("seed", MIX.seeds)
@pytest.mark.parametrize("place", MIX.province, ids=lambda place: place.code)
def test_the_sound_share_of_each_province_is_that_of_its_pilot(seed: str, place: Province) -> None:
    here = [label for label in DRAWN[seed] if label.province == place.code]

    share = sum(label.is_sound for label in here) / len(here)

    assert share == pytest.approx(place.pilot_share, abs=0.001)


@pytest.mark.parametrize("seed", MIX.seeds)
def test_a_fifth_of_the_defects_at_least_cannot_be_seen_before_filing(seed: str) -> None:
    wrong = [label for label in DRAWN[seed] if not label.is_sound]

    unseen = [label for label in wrong if not label.visible_before_filing]

    assert len(unseen) >= len(wrong) / 5
    assert not any(label.curable for label in unseen)


def test_every_reason_code_the_pilot_may_have_met_is_in_the_set() -> None:
    assert {label.defect for label in DRAWN["report"]} == {
        "none",
        "SAI_DOI_TUONG",
        "CHUA_DU_12_THANG",
        "DA_HUONG_BHXH_1_LAN",
        "LECH_DINH_DANH",
        "THIEU_DAI_DIEN",
        "TRUNG_HO_SO",
        "THIEU_GIAY_BAO_TU",
    }


def test_the_labels_in_the_repository_are_those_the_generator_draws() -> None:
    sheet = io.StringIO()

    write(DRAWN["report"], sheet)

    assert sheet.getvalue() == LABELS_IN_THE_REPO.read_text("utf-8")


def test_two_seeds_draw_other_files_from_other_households() -> None:
    tuning, report = MIX.seeds["tuning"], MIX.seeds["report"]

    kinds = [[label.kind for label in DRAWN[name]] for name in ("tuning", "report")]

    assert kinds[0] != kinds[1]
    assert abs(tuning.first_household - report.first_household) > 6 * FILES


def test_the_same_seed_tells_the_same_stories_again() -> None:
    labels = list(DRAWN["report"][:60])

    assert told(labels) == told(labels)


def test_no_label_is_written_where_agencies_or_the_pre_check_could_read_it() -> None:
    words = {kind.name for kind in (*MIX.sound, *MIX.defect)} | {kind.code for kind in MIX.defect}

    written = [repr(story) for story in told(list(DRAWN["report"][:200]))]

    quoted = {f"'{word}'" for word in words}
    assert [text for text in written if any(word in text for word in quoted)] == []


def test_every_declaration_but_those_without_proof_is_one_that_intake_takes(
    one_of_each: dict[str, Story],
) -> None:
    context = CheckContext(
        now=datetime.fromisoformat("2026-11-20T08:10:00+07:00"),
        patterns=load_law().patterns,
        places=load_places(),
    )

    refused = [
        name
        for name, story in one_of_each.items()
        if check_declaration("death", story.family.declaration, context).declaration is None
    ]

    assert refused == ["unproven"]


@given(
    weights=st.dictionaries(st.text(max_size=3), st.floats(0.1, 1_000), min_size=1, max_size=8),
    total=st.integers(0, 5_000),
)
def test_quotas_add_up_and_none_is_a_whole_file_off(weights: dict[str, float], total: int) -> None:
    quotas = dict(apportioned(weights, total))

    exact = {name: total * weight / sum(weights.values()) for name, weight in weights.items()}
    assert sum(quotas.values()) == total
    assert all(abs(quotas[name] - exact[name]) < 1 + 1e-6 for name in weights)
