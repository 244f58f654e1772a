"""Due dates worked out by hand on paper calendars; docs/law.md shows the same table."""

from datetime import datetime, time

import pytest

from adapters.calendar_holidays import load_calendar
from models.law import Counting, OfficeHours
from models.working_time import due

CALENDAR = load_calendar()
HOURS = OfficeHours()
CUT_OFF = time(15, 0)

GOLDEN = [
    pytest.param("2026-11-16T09:00", 3, "2026-11-16", "2026-11-19T17:00", id="plain week"),
    pytest.param("2026-11-20T14:59", 3, "2026-11-20", "2026-11-26T17:00", id="14:59 is in time"),
    pytest.param("2026-11-20T15:00", 3, "2026-11-20", "2026-11-26T17:00", id="15:00 is in time"),
    pytest.param("2026-11-20T15:00:01", 3, "2026-11-23", "2026-11-27T17:00", id="15:00:01 is late"),
    pytest.param("2026-11-20T15:01", 3, "2026-11-23", "2026-11-27T17:00", id="15:01 is late"),
    pytest.param("2026-11-20T15:20", 3, "2026-11-23", "2026-11-27T17:00", id="over 24/11"),
    pytest.param("2026-11-24T10:00", 3, "2026-11-25", "2026-11-30T17:00", id="received on 24/11"),
    pytest.param("2026-11-21T09:00", 3, "2026-11-23", "2026-11-27T17:00", id="on a Saturday"),
    pytest.param("2026-02-13T10:00", 3, "2026-02-13", "2026-02-25T17:00", id="into Tet 2026"),
    pytest.param("2026-02-13T15:30", 3, "2026-02-23", "2026-02-26T17:00", id="late before Tet"),
    pytest.param("2026-02-17T08:00", 0, "2026-02-23", "2026-02-23T17:00", id="on Tet, same day"),
    pytest.param("2026-04-29T10:00", 3, "2026-04-29", "2026-05-06T17:00", id="30/4 and 1/5"),
    pytest.param("2026-08-21T10:00", 3, "2026-08-21", "2026-08-25T17:00", id="make-up 22/8 counts"),
    pytest.param("2026-08-22T10:00", 3, "2026-08-22", "2026-08-26T17:00", id="received on 22/8"),
    pytest.param("2026-08-28T15:30", 3, "2026-09-03", "2026-09-08T17:00", id="31/8, 1/9 and 2/9"),
    pytest.param("2025-12-31T10:00", 3, "2025-12-31", "2026-01-07T17:00", id="2/1/2026 is off"),
    pytest.param("2026-01-09T15:30", 3, "2026-01-10", "2026-01-14T17:00", id="10/1/2026 is worked"),
    pytest.param("2024-05-03T10:00", 1, "2024-05-03", "2024-05-04T17:00", id="make-up 4/5/2024"),
    pytest.param("2026-11-18T09:00", 0, "2026-11-18", "2026-11-18T17:00", id="same working day"),
    pytest.param("2026-11-18T15:01", 0, "2026-11-19", "2026-11-19T17:00", id="same day, late"),
]


@pytest.mark.parametrize(("received", "days", "counted_from", "due_at"), GOLDEN)
def test_a_due_date_is_the_one_worked_out_by_hand(
    received: str, days: int, counted_from: str, due_at: str
) -> None:
    answer = due(
        datetime.fromisoformat(f"{received}+07:00"),
        days,
        calendar=CALENDAR,
        hours=HOURS,
        cut_off=CUT_OFF,
    )

    assert answer.counted_from.isoformat() == counted_from
    assert answer.due_at == datetime.fromisoformat(f"{due_at}+07:00")


def test_a_due_date_explains_itself_line_by_line() -> None:
    answer = due(
        datetime.fromisoformat("2026-11-20T08:20:00+00:00"),
        3,
        calendar=CALENDAR,
        hours=HOURS,
        cut_off=CUT_OFF,
    )

    assert answer.explanation == (
        "nhận 15:20 thứ Sáu 20/11/2026, sau 15:00 → tính từ thứ Hai 23/11/2026",
        "thời hạn 3 ngày làm việc, không tính ngày bắt đầu",
        "nghỉ 24/11/2026: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)",
        "hạn 17:00 thứ Sáu 27/11/2026",
    )


def test_a_make_up_saturday_is_named_in_the_explanation() -> None:
    answer = due(
        datetime.fromisoformat("2026-08-21T10:00+07:00"), 3, calendar=CALENDAR, hours=HOURS
    )

    assert "làm việc 22/08/2026: Làm bù cho 31/8/2026 (Lịch nghỉ Quốc khánh năm 2026)" in (
        answer.explanation
    )


@pytest.mark.parametrize(
    ("days", "due_on"), [(0, "2026-11-23"), (1, "2026-11-23"), (2, "2026-11-25")]
)
def test_where_reception_is_day_1_a_limit_ends_one_working_day_sooner(
    days: int, due_on: str
) -> None:
    answer = due(
        datetime.fromisoformat("2026-11-23T10:00+07:00"),
        days,
        calendar=CALENDAR,
        hours=HOURS,
        counting=Counting.RECEPTION_IS_DAY_1,
    )

    assert answer.due_at.date().isoformat() == due_on


def test_without_a_cut_off_an_evening_counts_from_its_own_day() -> None:
    evening = datetime.fromisoformat("2026-11-18T20:00+07:00")

    answer = due(evening, 2, calendar=CALENDAR, hours=HOURS)

    assert answer.counted_from.isoformat() == "2026-11-18"
    assert answer.due_at == datetime.fromisoformat("2026-11-20T17:00+07:00")


def test_a_same_day_limit_begun_after_closing_ends_on_the_next_working_day() -> None:
    evening = datetime.fromisoformat("2026-11-18T20:00+07:00")

    answer = due(evening, 0, calendar=CALENDAR, hours=HOURS)

    assert answer.due_at == datetime.fromisoformat("2026-11-19T17:00+07:00")


def test_a_year_without_official_calendar_makes_the_date_provisional() -> None:
    answer = due(
        datetime.fromisoformat("2026-12-30T10:00+07:00"), 3, calendar=CALENDAR, hours=HOURS
    )

    assert answer.provisional
    assert answer.explanation[-1] == (
        "tạm tính: lịch nghỉ năm 2027 chưa đối chiếu với lịch chính thức"
    )


def test_a_limit_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        due(datetime.fromisoformat("2026-11-18T10:00+07:00"), -1, calendar=CALENDAR, hours=HOURS)
