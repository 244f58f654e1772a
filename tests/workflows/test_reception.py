"""When and where a declaration is received: what is honoured, and what has no rule."""

from datetime import datetime, timedelta

import pytest

from models.cases.status import CaseStatus

from harness.families import Raw, changed
from harness.system import SystemUnderTest


def errors_of(report: CaseStatus) -> list[tuple[str, str]]:
    return [(error.field, error.rule) for error in report.errors]


async def received(system: SystemUnderTest, received_at: datetime) -> CaseStatus:
    def at(raw: Raw) -> Raw:
        return changed(raw, "reception.received_at", received_at.isoformat())

    return await (await system.declare(change=at)).result()


async def test_a_procedure_the_law_does_not_offer_yet_is_refused_with_the_reason(
    system: SystemUnderTest,
) -> None:
    def asks_for_more(raw: Raw) -> Raw:
        return changed(raw, "procedures", [*raw["procedures"], "issue_identity_card"])

    report = await (await system.declare(change=asks_for_more)).result()

    (error,) = report.errors
    assert report.state == "refused_at_intake"
    assert (error.field, error.rule) == ("procedures.3", "not_offered")
    assert "thời hạn chưa kiểm chứng" in error.message


async def test_a_place_without_a_rule_on_that_day_is_never_guessed(system: SystemUnderTest) -> None:
    system.use_law(())

    report = await (await system.declare()).result()

    assert report.state == "refused_at_intake"
    assert errors_of(report) == [("reception", "KHONG_CO_QUY_DINH")]
    assert not system.agencies["civil_status"].requests


async def test_a_reception_within_the_last_working_hour_is_honoured(
    system: SystemUnderTest,
) -> None:
    await system.pass_time(hours=2)
    stated = (await system.now() - timedelta(minutes=50)).replace(microsecond=0)

    report = await received(system, stated)

    assert (report.received_at, report.backdated) == (stated, False)


async def test_an_older_reception_counts_from_when_it_was_recorded(system: SystemUnderTest) -> None:
    await system.pass_time(hours=3)

    report = await received(system, await system.now() - timedelta(hours=2))

    assert (report.received_at, report.backdated) == (report.recorded_at, False)
    assert [warning.rule for warning in report.warnings] == ["recent_reception"]


async def test_an_older_reception_is_honoured_and_marked_where_that_is_permitted(
    system: SystemUnderTest,
) -> None:
    system.permit(allow_backdating=True)
    await system.pass_time(hours=3)
    stated = (await system.now() - timedelta(hours=2)).replace(microsecond=0)

    def at(raw: Raw) -> Raw:
        return changed(raw, "reception.received_at", stated.isoformat())

    case = await system.declare(change=at)
    report = await case.result()

    assert (report.received_at, report.backdated) == (stated, True)
    assert "lùi ngày" in await case.card()
    assert case.entries()[0].facts["backdated"] is True


async def test_a_reception_in_the_future_is_refused(system: SystemUnderTest) -> None:
    report = await received(system, await system.now() + timedelta(hours=1))

    assert report.state == "refused_at_intake"
    assert ("reception.received_at", "not_in_future") in errors_of(report)


@pytest.mark.parametrize("day", [datetime(2024, 9, 10), datetime(2023, 8, 1)], ids=str)  # noqa: DTZ001 -- given its offset below
async def test_a_case_keeps_the_law_of_its_reception_day(
    system: SystemUnderTest, day: datetime
) -> None:
    system.permit(allow_backdating=True)
    stated = day.replace(hour=9, tzinfo=(await system.now()).tzinfo)

    def then(raw: Raw) -> Raw:
        born = stated - timedelta(days=4)
        raw = changed(raw, "child.born_at", born.isoformat())
        raw = changed(raw, "notice.issued_on", f"{stated - timedelta(days=2):%Y-%m-%d}")
        raw = changed(raw, "notice.number", f"00001.GCS.01929.{stated:%y}")
        return changed(raw, "reception.received_at", stated.isoformat())

    report = await (await system.declare(change=then)).result()

    expected = {2024: "birth-nd63-2024", 2023: "birth-cv2084"}
    assert report.law_version == expected[day.year]
    assert report.received_at == stated
