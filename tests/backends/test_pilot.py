"""Files of every kind of the labelled set, played against agencies that decide by themselves."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from models.law.context import LegalContext
from simulation.pilot.country import Country, country_at
from simulation.pilot.labels import Label, labels_of
from simulation.pilot.mix import Mix
from simulation.pilot.pilot import Draw
from simulation.pilot.scores import Score

from harness.agency_country import AGENCIES, fresh_database, running

MIX = Mix.read()
SEED = MIX.seeds["tuning"]
OF_EACH_KIND = 2


def sample() -> Iterator[Label]:
    """The first files of each kind, out of the whole set."""
    drawn = labels_of(MIX, files=2_000, seed=SEED.seed)
    for kind in (*MIX.sound, *MIX.defect):
        yield from [label for label in drawn if label.kind == kind.name][:OF_EACH_KIND]


LABELS = tuple(sample())


@asynccontextmanager
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as served:
        agencies = {id: served.url(id) for id in AGENCIES}
        switchboard = f"http://127.0.0.1:{served.site.switchboard_port}"
        async with country_at(switchboard, agencies) as found:
            yield found


@pytest.fixture(scope="module")
async def score(database_url: str) -> Score:
    context = LegalContext(
        law=load_law(), calendar=load_calendar(), places=load_places(), event_secret=b""
    )
    draw = Draw(mix=MIX, seed=SEED, labels=LABELS, context=context)
    async with country(database_url) as asis, country(database_url) as advised:
        return await draw.play(asis, advised)


def test_the_sample_has_files_of_every_kind() -> None:
    kinds = {kind.name for kind in (*MIX.sound, *MIX.defect)}

    assert {label.kind for label in LABELS} == kinds


def test_the_agencies_decide_every_file_as_it_is_labelled(score: Score) -> None:
    assert (score.files, score.disagreeing) == (len(LABELS), 0)


def test_after_the_pre_check_more_files_are_valid_in_each_province(score: Score) -> None:
    for place in score.provinces:
        assert place.followed.percent > place.as_filed.percent + 20
        assert place.paid.percent > place.as_filed.percent


def test_what_no_record_shows_is_told_to_nobody_and_refused(score: Score) -> None:
    unseen = [kind for kind in score.kinds if not kind.visible]

    assert score.unseen.count == sum(kind.defects for kind in unseen) > 0
    assert sum(kind.recall.count + kind.told_otherwise + kind.cured for kind in unseen) == 0


def test_what_the_records_show_is_told_by_its_code_but_for_a_number_that_is_nobodys(
    score: Score,
) -> None:
    missed = [kind for kind in score.kinds if kind.visible and kind.recall.percent < 100]

    assert [(kind.name, kind.told_otherwise) for kind in missed] == [("wrong_number", 2)]


def test_a_defect_is_cured_where_its_label_says_so_and_the_advice_says_how(score: Score) -> None:
    curable = {kind.name for kind in MIX.defect if kind.cure}
    unaided = {"wrong_number", "supported_unnumbered"}

    cured = {kind.name for kind in score.kinds if kind.cured == kind.defects}

    assert cured == curable - unaided


def test_nobody_is_warned_off_but_whose_record_misleads(score: Score) -> None:
    misleading = {kind.name for kind in MIX.sound if kind.surprise}

    assert set(score.warned_kinds) == misleading
    assert score.made_worse.count == 0
