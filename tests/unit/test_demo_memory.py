"""A demonstration never meets the families of the one before, not even after a kill."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.base import VIETNAM
from workers.demo.memory import CHOSEN_SEEDS, DemoMemoryError, Share, take_share
from workers.demo.notices import SEEDS

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path


def share(
    folder: Path, *, families: int = 96, seed: int | None = None, now: datetime = NOW
) -> Share:
    return take_share(folder, families=families, seed=seed, now=now)


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


def test_a_spoilt_memory_is_named_and_never_guessed_at(folder: Path) -> None:
    (folder / "demo.json").write_text('{"next_family": ', "utf-8")

    with pytest.raises(DemoMemoryError, match=r"demo\.json"):
        share(folder)
