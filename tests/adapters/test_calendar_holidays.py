"""The calendar is the official one where there is one, and says so where there is none."""

from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest

from adapters.law.calendar import Overrides, calendar_of, load_calendar
from models.kernel.errors import LawError

OFF_WEEKDAYS = {
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
}
WORKED_REST_DAYS = {2023: "", 2024: "04/05", 2025: "26/04", 2026: "10/01 22/08"}


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]


@pytest.mark.parametrize("year", OFF_WEEKDAYS)
def test_the_weekdays_off_are_those_of_the_official_calendar(year: int) -> None:
    calendar = load_calendar()

    off = [day for day in days_of(year) if day.weekday() < 5 and not calendar.is_working_day(day)]

    assert " ".join(f"{day:%d/%m}" for day in off) == OFF_WEEKDAYS[year]


@pytest.mark.parametrize("year", WORKED_REST_DAYS)
def test_the_worked_rest_days_are_those_of_the_official_calendar(year: int) -> None:
    calendar = load_calendar()

    worked = [day for day in days_of(year) if day.weekday() > 4 and calendar.is_working_day(day)]

    assert " ".join(f"{day:%d/%m}" for day in worked) == WORKED_REST_DAYS[year]


def test_a_year_nobody_compared_is_provisional() -> None:
    calendar = load_calendar()

    assert calendar.is_provisional(date(2027, 3, 1))
    assert not calendar.is_provisional(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)"),
        (date(2026, 2, 17), "Tết Nguyên Đán (BLLĐ 2019, Điều 112)"),
        (
            date(2026, 1, 2),
            "Nghỉ hoán đổi, làm bù 10/01/2026 (Văn bản 12729/VPCP-KGVX ngày 25/12/2025)",
        ),
        (date(2026, 11, 22), "Chủ nhật"),
        (date(2026, 11, 23), ""),
    ],
)
def test_a_day_off_says_why_and_on_what_ground(day: date, reason: str) -> None:
    assert load_calendar().why_off(day) == reason


def test_the_same_content_has_the_same_digest_and_other_content_another() -> None:
    plain = {"statute": [{"valid_from": "2013-05-01", "document": "BLLĐ"}]}
    one_off = {"off": [{"day": "2026-03-02", "name": "Nghỉ", "source": "CV 1"}]}

    same = [calendar_of(Overrides.model_validate(plain)).digest for _ in range(2)]
    other = calendar_of(Overrides.model_validate(plain | one_off)).digest

    assert same[0] == same[1] != other


def test_an_override_without_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "overrides.toml").write_text(
        '[[statute]]\nvalid_from = 2013-05-01\ndocument = "BLLĐ"\n'
        '[[off]]\nday = 2026-03-02\nname = "Nghỉ"\n'
    )

    with pytest.raises(LawError, match=r"overrides\.toml: off\.0\.source: thiếu khóa này"):
        load_calendar(tmp_path)


@pytest.mark.parametrize("table", ["off", "worked"])
def test_a_day_decided_twice_is_refused(table: str) -> None:
    decided = {"day": "2026-03-02", "name": "Hoán đổi", "source": "CV 1"}
    rules = {"statute": [{"valid_from": "2013-05-01", "document": "BLLĐ"}], "off": [decided]}

    with pytest.raises(ValueError, match="ngày 02/03/2026 khai hai lần"):
        Overrides.model_validate({**rules, table: [decided] * (2 if table == "off" else 1)})


def test_the_calendar_is_made_in_less_than_a_tenth_of_a_second() -> None:
    load_calendar()
    start = process_time()

    load_calendar()

    assert process_time() - start < 0.1
