"""A small draw of the labelled set, played against real agencies that decide by their own code."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from agency_country import AGENCIES, fresh_database, running

from adapters.calendar_holidays import load_calendar
from adapters.law_files import load_law
from adapters.places_vietnam import load_places
from models.office import Office
from workers.pilot.country import Country, country_at
from workers.pilot.mix import Mix
from workers.pilot.pilot import Draw
from workers.pilot.scores import Score

MIX = Mix.read()
FILES = 120
"""Few enough for seconds; every kind of defect is among them."""


@asynccontextmanager
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as served:
        agencies = {id: served.url(id) for id in AGENCIES}
        switchboard = f"http://127.0.0.1:{served.site.switchboard_port}"
        async with country_at(switchboard, agencies) as found:
            yield found


@pytest.fixture(scope="module")
async def score(database_url: str) -> Score:
    office = Office(
        law=load_law(), calendar=load_calendar(), places=load_places(), event_secret=b""
    )
    draw = Draw.of(MIX, "sample", files=FILES, office=office)
    async with country(database_url) as asis, country(database_url) as advised:
        return await draw.play(asis, advised)


def test_the_agencies_decide_every_file_as_it_is_labelled(score: Score) -> None:
    assert (score.files, score.disagreeing) == (FILES, 0)


def test_filed_as_they_are_the_valid_share_is_the_pilots(score: Score) -> None:
    apart = [place.as_filed.percent - place.pilot.percent for place in score.provinces]

    assert all(abs(points) <= 3 for points in apart)


def test_after_the_pre_check_more_files_are_valid_in_each_province(score: Score) -> None:
    for place in score.provinces:
        assert place.followed.percent > place.as_filed.percent + 20
        assert place.paid.percent > place.as_filed.percent


def test_what_no_record_shows_stays_unseen(score: Score) -> None:
    overall = score.overall

    assert score.unseen.count == overall.defects - overall.visible > 0
    assert overall.told + overall.sent_elsewhere <= overall.visible


def test_what_the_records_show_is_told_by_its_code_but_for_a_number_that_is_nobodys(
    score: Score,
) -> None:
    missed = {kind.name for kind in score.kinds if kind.recall_of_visible.percent < 100}

    assert missed & {kind.name for kind in score.kinds if kind.visible} == {"wrong_number"}


def test_nobody_is_warned_off_but_whose_record_misleads(score: Score) -> None:
    misleading = {kind.name for kind in MIX.sound if kind.surprise}

    assert set(score.warned_kinds) <= misleading
    assert score.warned_off.count == score.turned_away.count == 2
    assert score.made_worse.count == 0
