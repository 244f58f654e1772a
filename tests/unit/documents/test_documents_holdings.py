"""Every minute of a filed dossier has one holder, whatever happens in whatever order."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.events import Event, LedgerEntry
from models.cases.holdings import Holding, holdings_of
from models.kernel.base import AgencyId

from harness.document_samples import BIRTH, CARD, at, finished

AGENCY = AgencyId("insurance")
MOVES = [
    Event.DOSSIER_ACCEPTED,
    Event.DOSSIER_VERIFYING,
    Event.DOSSIER_SUPPLEMENT_WANTED,
    Event.DOSSIER_SUPPLEMENTED,
    Event.AGENCY_UNREACHABLE,
    Event.AGENCY_REACHED,
    Event.STEP_PARKED,
    Event.STEP_RESUMED,
    Event.STEP_REACHED,
]
ENDS = [Event.DOSSIER_GRANTED, Event.DOSSIER_REFUSED, Event.DOSSIER_STOPPED]


def entries(*told: tuple[Event, datetime], since: datetime | None = None) -> list[LedgerEntry]:
    return [
        LedgerEntry(
            seq=seq,
            at=moment,
            event=event,
            procedure=CARD,
            agency=AGENCY,
            facts={"since": since.isoformat()} if since else {},
        )
        for seq, (event, moment) in enumerate(told, start=1)
    ]


def spoken(held: tuple[Holding, ...]) -> list[tuple[str, str, str]]:
    return [
        (one.holder, f"{one.since:%d %H:%M}", f"{one.until:%d %H:%M}" if one.until else "")
        for one in held
    ]


def test_an_acceptance_does_not_cut_an_agencys_time_in_two() -> None:
    told = entries(
        (Event.DOSSIER_FILED, at(23, 8)),
        (Event.DOSSIER_ACCEPTED, at(23, 9)),
        (Event.DOSSIER_VERIFYING, at(24, 9)),
        (Event.DOSSIER_GRANTED, at(25, 9)),
    )

    assert spoken(holdings_of(told, CARD)) == [("insurance", "23 08:00", "25 09:00")]


def test_an_outage_reaches_back_to_the_first_call_that_failed() -> None:
    told = entries(
        (Event.DOSSIER_FILED, at(23, 8)),
        (Event.AGENCY_UNREACHABLE, at(23, 9)),
        (Event.AGENCY_REACHED, at(23, 15)),
        since=at(23, 8),
    )

    assert spoken(holdings_of(told, CARD)) == [
        ("outage", "23 08:00", "23 15:00"),
        ("insurance", "23 15:00", ""),
    ]


def test_an_outage_takes_nothing_from_the_time_the_citizen_held() -> None:
    told = entries(
        (Event.DOSSIER_FILED, at(23, 8)),
        (Event.DOSSIER_SUPPLEMENT_WANTED, at(23, 10)),
        (Event.DOSSIER_SUPPLEMENTED, at(24, 10)),
        (Event.AGENCY_UNREACHABLE, at(24, 11)),
        since=at(23, 8),
    )

    assert spoken(holdings_of(told, CARD)) == [
        ("insurance", "23 08:00", "23 10:00"),
        ("citizen", "23 10:00", "24 10:00"),
        ("outage", "24 10:00", ""),
    ]


def test_what_is_parked_is_ours_until_somebody_resumes_it() -> None:
    told = entries(
        (Event.DOSSIER_FILED, at(23, 8)),
        (Event.STEP_PARKED, at(23, 9)),
        (Event.STEP_RESUMED, at(24, 9)),
    )

    assert [one.holder for one in holdings_of(told, CARD)] == ["insurance", "us", "insurance"]


def test_a_dossier_that_was_never_filed_was_held_by_nobody() -> None:
    told = entries((Event.DOSSIER_NOT_FILED, at(23, 8)))

    assert holdings_of(told, CARD) == ()


@pytest.mark.parametrize("procedure", [BIRTH, CARD])
def test_the_entries_of_one_dossier_say_nothing_about_another(procedure: str) -> None:
    case = finished().case

    held = holdings_of(case.entries, procedure)  # type: ignore[arg-type]  # an id is a string

    assert held[-1].until == case.dossiers[procedure].settled_at  # type: ignore[index]  # likewise


@given(
    moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(1, 600)), max_size=12),
    end=st.sampled_from(ENDS),
    since=st.integers(0, 3000),
)
def test_no_minute_is_without_a_holder_and_none_has_two(
    moves: list[tuple[Event, int]], end: Event, since: int
) -> None:
    moment = start = at(23, 8)
    told = [(Event.DOSSIER_FILED, start)]
    for event, minutes in moves:
        moment += timedelta(minutes=minutes)
        told.append((event, moment))
    told.append((end, moment := moment + timedelta(minutes=5)))

    held = holdings_of(entries(*told, since=start + timedelta(minutes=since)), CARD)

    assert held[0].since == start
    assert held[-1].until == moment
    assert all(one.until == two.since for one, two in pairwise(held))
