"""The law files load, and a mistake in one is named so that its author can mend it."""

import shutil
from pathlib import Path

import pytest

from adapters.law.files import load_law
from law import FOLDER as LAW_FOLDER
from models.declarations.rules.kinds import DECLARATIONS
from models.kernel.errors import LawError
from models.law.checks import check_law

RULE = "groups/birth/birth-nd63-2024.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAW_FOLDER, tmp_path / "law"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_law_we_ship_has_no_findings() -> None:
    schemas = {group: kind.model.model_json_schema() for group, kind in DECLARATIONS.items()}

    assert check_law(load_law(), schemas) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (RULE, "cut_off =", "cutoff =", "cutoff: không có khóa này"),
        (RULE, "valid_from = 2024-07-01\n", "", "valid_from: thiếu khóa này"),
        (RULE, "working_days = 3", "working_days = -3", r"totals\.0\.working_days"),
        (RULE, 'group = "birth"', 'group = "death"', "tệp phải nằm ở groups/death"),
        (RULE, "[[totals]]", "[[totals", "không phải TOML"),
        (RULE, 'not_offered_because = "thời hạn chưa kiểm chứng"', "", "phải nói lý do"),
        ("agencies.toml", 'short_name = "CSDL dân cư"', "", "agency thứ 2: short_name"),
        ("identifiers.toml", "'[0-9]{12}'", "'[0-9'", "biểu thức viết sai"),
        ("rates/levels.toml", "2019-07-01", "2019-07-02", "level thứ 1: .*theo tháng chết"),
        ("rates/benefits.toml", 'fund = "insurance"', 'fund = "none"', "benefit thứ 1: .*fund"),
        ("rates/conditions.toml", '"pensioner"', '"rich"', "condition thứ 3: fact"),
        ("rates/records.toml", "fresh_days = 31", "", "fresh_days: thiếu khóa này"),
    ],
)
def test_a_mistake_in_a_file_is_named(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    change(folder, name, old, new)

    with pytest.raises(LawError, match=message) as raised:
        load_law(folder)
    assert str(raised.value).startswith(Path(name).name)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "reasons.toml").unlink()

    with pytest.raises(LawError, match=r"reasons\.toml: không có tệp này"):
        load_law(folder)
