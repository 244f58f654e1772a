"""Law from TOML files: parsed and validated whole, or an error that names file, place and rule."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from law import FOLDER as LAW_FOLDER
from models.kernel.errors import LawError
from models.law.corrections import CorrectionRule
from models.law.law import Agency, Law, NumberPattern, ReasonCode
from models.law.rates import Benefit, Condition, Level, ListFee, Rates, Records, SocialGroup, TopUp
from models.law.rules import GroupRule

__all__ = ["LAW_FOLDER", "load_law", "parse", "read_entries", "read_toml"]

Table = dict[str, Any]  # Any: TOML values; pydantic checks them next
Entry = TypeVar("Entry", bound=BaseModel)


def load_law(folder: Path = LAW_FOLDER) -> Law:
    """Read every rule under a folder. The caller keeps it: a file changed later is not seen.

    Raises:
        LawError: a file is missing or wrong; the message names file, place and rule.
    """
    return Law(
        groups=tuple(_group_rules(folder)),
        agencies=read_entries(folder / "agencies.toml", "agency", Agency),
        reasons=read_entries(folder / "reasons.toml", "reason", ReasonCode),
        patterns=read_entries(folder / "identifiers.toml", "pattern", NumberPattern),
        rates=_rates(folder / "rates"),
        corrections=read_entries(folder / "corrections.toml", "correction", CorrectionRule),
    )


def read_entries(path: Path, key: str, kind: type[Entry]) -> tuple[Entry, ...]:
    """The `[[key]]` entries of a file, each validated.

    Raises:
        LawError: the file cannot be read, or an entry is wrong.
    """
    entries = read_toml(path).get(key, [])
    if not isinstance(entries, list):
        raise LawError(f"{path.name}: viết mỗi mục dưới [[{key}]]")
    return tuple(
        parse(path, kind, entry, where=f"{key} thứ {number}: ")
        for number, entry in enumerate(entries, start=1)
    )


def read_toml(path: Path) -> Table:
    """One file as tables.

    Raises:
        LawError: there is no such file, or it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LawError(f"{path.name}: không có tệp này trong thư mục quy định") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LawError(f"{path.name}: không phải TOML viết bằng UTF-8: {error}") from error


def parse(path: Path, kind: type[Entry], read: object, *, where: str = "") -> Entry:
    """Turn what was read into a definition, naming everything that is wrong with it.

    Raises:
        LawError: what was read does not fit.
    """
    try:
        return kind.model_validate(read)
    except ValidationError as error:
        wrong = "; ".join(_said(problem) for problem in error.errors(include_url=False))
        raise LawError(f"{path.name}: {where}{wrong}") from error


def _group_rules(folder: Path) -> Iterable[GroupRule]:
    for path in sorted((folder / "groups").glob("*/*.toml")):
        rule = parse(path, GroupRule, read_toml(path))
        if (rule.group, rule.version) != (path.parent.name, path.stem):
            raise LawError(
                f"{path.name}: tệp phải nằm ở groups/{rule.group}/{rule.version}.toml,"
                " theo group và version ghi trong tệp"
            )
        yield rule


def _rates(folder: Path) -> Rates:
    records = folder / "records.toml"
    return Rates(
        levels=read_entries(folder / "levels.toml", "level", Level),
        top_ups=read_entries(folder / "top_ups.toml", "top_up", TopUp),
        benefits=read_entries(folder / "benefits.toml", "benefit", Benefit),
        social_groups=read_entries(folder / "social_groups.toml", "social_group", SocialGroup),
        conditions=read_entries(folder / "conditions.toml", "condition", Condition),
        list_fees=read_entries(folder / "list_fees.toml", "list_fee", ListFee),
        records=parse(records, Records, read_toml(records)),
    )


def _said(problem: Any) -> str:  # Any: pydantic's ErrorDetails, imported nowhere else
    place = ".".join(str(part) for part in problem["loc"]) or "cả tệp"
    match problem["type"]:
        case "extra_forbidden":
            return f"{place}: không có khóa này (viết sai chính tả?)"
        case "missing":
            return f"{place}: thiếu khóa này"
        case _:
            return f"{place}: {problem['msg']}"
