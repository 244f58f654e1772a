"""A demonstration never meets the families of the one before, not even after a kill."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.kernel.base import VIETNAM
from simulation.demo.memory import CHOSEN_SEEDS, DemoMemoryError, Need, Share, take_share
from simulation.demo.notices import SEEDS

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path


def share(
    folder: Path,
    *,
    families: int = 96,
    households: int = 130,
    seed: int | None = None,
    now: datetime = NOW,
) -> Share:
    need = Need(families=families, households=households)
    return take_share(folder, need=need, seed=seed, now=now)


def test_each_run_takes_up_where_the_last_one_stopped(folder: Path) -> None:
    firsts = [share(folder, families=families).first_family for families in (96, 10, 1)]

    assert firsts == [0, 96, 106]


def test_families_are_used_up_as_soon_as_they_are_given_out(folder: Path) -> None:
    share(folder, families=40)

    assert '"next_family": 40' in (folder / "demo.json").read_text("utf-8")


def test_a_run_without_a_seed_has_one_nobody_can_choose(folder: Path) -> None:
    seeds = {share(folder, now=NOW + timedelta(seconds=n)).seed for n in range(50)}

    assert len(seeds) == 50
    assert all(CHOSEN_SEEDS <= seed < SEEDS for seed in seeds)


def test_a_chosen_seed_told_again_happened_when_it_was_told_first(folder: Path) -> None:
    first = share(folder, seed=7)
    again = share(folder, seed=7, now=NOW + timedelta(days=3))

    assert (first.is_again, again.is_again) == (False, True)
    assert (again.now, again.first_family) == (first.now, first.first_family)


def test_a_chosen_seed_uses_up_none_of_the_new_families(folder: Path) -> None:
    share(folder, seed=7)

    assert share(folder).first_family == 0


def test_nobody_dies_in_two_runs_whether_a_seed_was_chosen_or_not(folder: Path) -> None:
    firsts = [share(folder, seed=seed).first_household for seed in (None, 7, None, 8)]

    assert firsts == [0, 130, 260, 390]


def test_a_chosen_seed_told_again_is_about_the_same_households(folder: Path) -> None:
    first = share(folder, seed=7)
    share(folder)
    again = share(folder, seed=7)
    after = share(folder)

    assert again.first_household == first.first_household
    assert after.first_household == 260


def test_what_runs_of_an_older_release_wrote_down_still_counts(folder: Path) -> None:
    (folder / "demo.json").write_text('{"next_family": 40, "seeds": {}}', "utf-8")

    found = share(folder)

    assert (found.first_family, found.first_household) == (40, 0)


def test_a_spoilt_memory_is_named_and_never_guessed_at(folder: Path) -> None:
    (folder / "demo.json").write_text('{"next_family": ', "utf-8")

    with pytest.raises(DemoMemoryError, match=r"demo\.json"):
        share(folder)
