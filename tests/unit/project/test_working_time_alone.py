"""Only the module of working time computes with days: a rule a machine can keep."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROOMS = ("models", "activities", "workflows")
COMPUTE_WITH_DAYS = {"models/clock/steps.py", "models/law/checks_repeal.py"}
"""Beside `models/working_time`: the second after a limit, the day after a rule."""
WEEKDAYS = {"weekday", "isoweekday", "toordinal", "fromordinal", "isocalendar"}
WHOLE_DAYS = {"days", "weeks"}
AGES = {
    ("models/declarations/rules/births.py", "timedelta(days=…)"),
    ("models/declarations/rules/deaths.py", "timedelta(days=…)"),
}
"""Sixty days after a birth, fifteen after a death are calendar days, and no limit of an agency."""


def arithmetic_in(source: str) -> Iterator[str]:
    """Where whole days are added or weekdays are looked at."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=attr) if attr in WEEKDAYS:
                yield attr
            case ast.Name(id="ONE_DAY"):
                yield "ONE_DAY"
            case ast.Call(func=ast.Name(id="timedelta"), args=args, keywords=keywords):
                if args or WHOLE_DAYS & {keyword.arg for keyword in keywords}:
                    yield "timedelta(days=…)"


def files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith("models/working_time/") and name not in COMPUTE_WITH_DAYS:
                yield path


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_computes_with_days(path: Path) -> None:
    name = str(path.relative_to(ROOT))

    found = {(name, what) for what in arithmetic_in(path.read_text("utf-8"))}

    assert found <= AGES


@pytest.mark.parametrize(
    "code",
    [
        "due + timedelta(days=3)",
        "due + timedelta(3)",
        "due.weekday() < 5",
        "date.fromordinal(n)",
        "due + ONE_DAY",
    ],
)
def test_arithmetic_with_days_is_noticed(code: str) -> None:
    assert list(arithmetic_in(code))


def test_waiting_for_hours_is_nobodys_business() -> None:
    assert not list(arithmetic_in("wait(timedelta(hours=4))"))
