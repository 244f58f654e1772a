"""Every row of the golden tables in docs/working-time.md, worked out by hand on paper calendars."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from adapters.law.calendar import load_calendar
from models.working_time.citizen import citizen_due
from models.working_time.days import add_working_days, due
from models.working_time.hours import add_working_time, office_time_between, subtract_working_time
from models.working_time.moves import extended_due
from models.working_time.pauses import Pause, resume_due, verification_due
from models.working_time.spans import due_in_hours, measured
from models.working_time.terms import CitizenLimit, ClockPolicy, Counting, OfficeHours
from models.working_time.words import describe_amount

from harness.golden_table import HOURS as HOURS_OF
from harness.golden_table import Row, amount, cut_off, day_of, days, instant, tables

CALENDAR = load_calendar()
HOURS = OfficeHours()
CUT_OFF = time(15, 0)
COUNTING = {"ngày 0": Counting.RECEPTION_IS_DAY_0, "ngày 1": Counting.RECEPTION_IS_DAY_1}


def days_row(row: Row) -> None:
    received, limit, counting, latest, counted_from, due_at, why = row

    answer = due(
        instant(received),
        days(limit),
        calendar=CALENDAR,
        hours=HOURS,
        counting=COUNTING[counting],
        cut_off=cut_off(latest),
    )

    assert (answer.counted_from, answer.due_at) == (day_of(counted_from), instant(due_at))
    assert answer.provisional == ("tạm tính" in why)


def added_row(row: Row) -> None:
    start, added, hours, end, _ = row

    answer = add_working_time(
        instant(start), amount(added), calendar=CALENDAR, hours=HOURS_OF[hours]
    )

    assert answer == instant(end)


def subtracted_row(row: Row) -> None:
    end, taken, hours, start, _ = row

    answer = subtract_working_time(
        instant(end), amount(taken), calendar=CALENDAR, hours=HOURS_OF[hours]
    )

    assert answer == instant(start)


def measured_row(row: Row) -> None:
    start, end, hours, total, _ = row

    answer = office_time_between(
        instant(start), instant(end), calendar=CALENDAR, hours=HOURS_OF[hours]
    )

    assert (answer, describe_amount(answer)) == (amount(total), total)


def resumed_row(row: Row) -> None:
    policy, old, paused, resumed, limit, new, _ = row

    answer = resume_due(
        ClockPolicy(policy),
        instant(old),
        Pause(instant(paused), instant(resumed)),
        limit_days=days(limit),
        calendar=CALENDAR,
        hours=HOURS,
        cut_off=CUT_OFF,
    )

    assert (answer.old_due_at, answer.due_at) == (instant(old), instant(new))


def verified_row(row: Row) -> None:
    started, old, longer, latest, new, _ = row

    answer = verification_due(
        instant(old),
        instant(started),
        days(longer),
        calendar=CALENDAR,
        hours=HOURS,
        cut_off=cut_off(latest),
    )

    assert (answer.old_due_at, answer.due_at) == (instant(old), instant(new))


def extended_row(row: Row) -> None:
    old, added, new, _ = row

    answer = extended_due(instant(old), days(added), calendar=CALENDAR, hours=HOURS)

    assert (answer.old_due_at, answer.due_at) == (instant(old), instant(new))


def citizen_row(row: Row) -> None:
    wanted, has, last, _ = row
    unit = "working_days" if has.endswith("làm việc") else "days"
    limit = CitizenLimit.model_validate({unit: days(has)})

    answer = citizen_due(instant(wanted), limit, calendar=CALENDAR)

    assert answer.due_at == instant(f"23:59:59 {last}")


def step_row(row: Row) -> None:
    due_at, step, at, _ = row
    side, _, span = step.partition(" ")
    sign = {"trước": -1, "sau": 1}[side]

    if "ngày" in span:
        answer = add_working_days(instant(due_at), sign * days(span), calendar=CALENDAR)
    else:
        count = {-1: subtract_working_time, 1: add_working_time}[sign]
        length = amount(span.removesuffix(" làm việc"))
        answer = count(instant(due_at), length, calendar=CALENDAR, hours=HOURS)

    assert answer == instant(at)


TABLES: dict[str, Callable[[Row], None]] = {
    "Hạn theo ngày làm việc": days_row,
    "Cộng giờ làm việc": added_row,
    "Trừ giờ làm việc": subtracted_row,
    "Đo giữa hai lúc": measured_row,
    "Sau khi bổ sung": resumed_row,
    "Chuyển sang thời hạn xác minh": verified_row,
    "Gia hạn": extended_row,
    "Hạn của công dân": citizen_row,
    "Mốc quanh hạn": step_row,
}


@pytest.mark.parametrize(
    ("check", "row"),
    [
        pytest.param(TABLES[title], row, id=f"{title}: {' '.join(row)}")
        for title, rows in tables().items()
        for row in rows
    ],
)
def test_a_row_of_the_page_is_what_the_module_answers(
    check: Callable[[Row], None], row: Row
) -> None:
    check(row)


def test_every_golden_table_of_the_page_is_read() -> None:
    found = {title: len(rows) for title, rows in tables().items()}

    assert found.keys() == TABLES.keys()
    assert min(found.values()) >= 3


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


def test_a_year_between_two_official_ones_makes_an_answer_provisional_too() -> None:
    answer = measured(
        datetime.fromisoformat("2021-12-31T10:00+07:00"),
        datetime.fromisoformat("2023-03-01T10:00+07:00"),
        calendar=CALENDAR,
        hours=HOURS,
    )

    assert answer.provisional
    assert [line for line in answer.explanation if line.startswith("tạm tính")] == [
        f"tạm tính: lịch nghỉ năm {year} chưa đối chiếu với lịch chính thức"
        for year in (2021, 2022)
    ]


def test_a_limit_in_hours_explains_itself_day_by_day() -> None:
    answer = due_in_hours(
        instant("16:00 thứ Hai 23/11/2026"), timedelta(hours=8), calendar=CALENDAR, hours=HOURS
    )

    assert answer.explanation == (
        "nhận 16:00 thứ Hai 23/11/2026 → tính từ lúc này",
        "thời hạn 8 giờ làm việc",
        "thứ Hai 23/11/2026: 16:00–17:00, 1 giờ",
        "thứ Tư 25/11/2026: 07:30–11:30, 13:00–16:00, 7 giờ",
        "nghỉ 24/11/2026: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)",
        "hạn 16:00 thứ Tư 25/11/2026",
    )


def test_a_limit_in_hours_received_at_night_runs_from_the_next_opening() -> None:
    answer = due_in_hours(
        instant("22:00 thứ Sáu 20/11/2026"), timedelta(hours=1), calendar=CALENDAR, hours=HOURS
    )

    assert answer.counted_from == instant("07:30 thứ Hai 23/11/2026")
    assert answer.explanation[0] == (
        "nhận 22:00 thứ Sáu 20/11/2026 → tính từ 07:30 thứ Hai 23/11/2026"
    )


def test_a_pause_explains_what_was_left_and_from_when_it_runs_on() -> None:
    answer = resume_due(
        ClockPolicy.PAUSE,
        instant("17:00 thứ Năm 19/11/2026"),
        Pause(instant("10:00 thứ Ba 17/11/2026"), instant("14:00 thứ Sáu 20/11/2026")),
        limit_days=3,
        calendar=CALENDAR,
        hours=HOURS,
    )

    assert answer.left == timedelta(hours=21, minutes=30)
    assert answer.explanation == (
        "hạn cũ 17:00 thứ Năm 19/11/2026",
        "dừng lúc 10:00 thứ Ba 17/11/2026, còn 21 giờ 30 phút làm việc",
        "tính tiếp từ 14:00 thứ Sáu 20/11/2026",
        "nghỉ 24/11/2026: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)",
        "hạn 10:00 thứ Năm 26/11/2026",
    )


def test_a_citizens_limit_explains_why_it_ends_later() -> None:
    answer = citizen_due(
        instant("09:00 thứ Sáu 20/11/2026"), CitizenLimit(days=30), calendar=CALENDAR
    )

    assert answer.explanation == (
        "yêu cầu lúc 09:00 thứ Sáu 20/11/2026",
        "công dân có 30 ngày, không tính ngày yêu cầu",
        "Chủ nhật 20/12/2026 là ngày nghỉ → đến ngày làm việc tiếp theo",
        "đến hết thứ Hai 21/12/2026",
    )
