"""Lists in words and as JSON; neither names a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Column, Table

from models.documents.words import short_date
from models.entitlements.money import in_dong
from models.kernel.base import vietnam_time
from models.law.list_rules import ListRule
from models.lists.issued_lists import IssuedList
from models.lists.orders import LineFee, WaitingPlace
from workers.cli.console import out, print_json

UNVERIFIED = " (chưa kiểm chứng)"


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """What would be drawn up."""

    rule: ListRule
    until: date
    places: tuple[tuple[WaitingPlace, LineFee], ...]

    @property
    def lines(self) -> int:
        """Persons who stand on no list yet."""
        return sum(place.waiting for place, _ in self.places)

    @property
    def total(self) -> int:
        """What their lines would be paid with, in whole đồng."""
        return sum(place.waiting * fee.amount for place, fee in self.places)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What there is after a run."""

    rule: ListRule
    lists: tuple[IssuedList, ...]
    new: frozenset[str]
    """Numbers of the lists this run has drawn up."""
    finished: bool
    """False: the insurer has not answered for all of them yet."""
    files: tuple[Path, ...] = ()


def describe_unverified_lists(rules: Iterable[ListRule]) -> None:
    """Kinds of lists whose rule nobody has checked against its text."""
    names = [rule.kind.value for rule in rules if not rule.basis.verified]
    if names:
        out.print(f"[yellow]Chưa kiểm chứng[/] lists.toml: {', '.join(names)}", soft_wrap=True)


def describe_preview(told: Foretold, *, as_json: bool) -> None:
    """Who would be listed where."""
    if as_json:
        print_json(
            {
                "dry_run": True,
                "kind": told.rule.kind,
                "until": told.until.isoformat(),
                "lines": told.lines,
                "fee_total": told.total,
                "places": [
                    {**place.model_dump(mode="json"), "fee": fee.model_dump(mode="json")}
                    for place, fee in told.places
                ],
            }
        )
        return
    if not told.places:
        out.print("Không có gì mới: không ai còn chờ đưa vào danh sách.")
        return
    table = Table("Nơi", "Mã", "Số dòng", "Tiền (đồng)")
    for place, fee in told.places:
        total = in_dong(place.waiting * fee.amount)
        table.add_row(place.name, place.place, str(place.waiting), total)
    out.print(table)
    out.print(
        f"Xem trước đến ngày {short_date(told.until)}, chưa lập: {in_dong(told.lines)} dòng,"
        f" {in_dong(told.total)} đồng."
    )


def describe_drawn(drawn: Drawn, *, as_json: bool) -> None:
    """What was drawn up, what it costs, and what the insurer said."""
    if as_json:
        print_json(_json(drawn))
        return
    if drawn.lists:
        out.print(_table(drawn))
    for issued in drawn.lists:
        _say_findings(issued)
    new = [one for one in drawn.lists if one.number in drawn.new]
    if new:
        lines, total = sum(one.lines for one in new), sum(one.fee_total for one in new)
        out.print(f"Đã lập {len(new)} danh sách mới: {in_dong(lines)} dòng, {in_dong(total)} đồng.")
        _say_bases(new)
    else:
        out.print("Không có gì mới: mọi người đã có trong danh sách trước.")
    if not drawn.finished:
        out.print("Cơ quan BHXH chưa trả lời hết; phần mềm tiếp tục gửi, không cần chạy lại.")
    for path in drawn.files:
        out.print(f"Đã ghi {path}", markup=False, soft_wrap=True)


def _table(drawn: Drawn) -> Table:
    table = Table(
        "Mới", Column("Số danh sách", no_wrap=True), "Nơi", "Dòng", "Đồng", "Cơ quan BHXH"
    )
    for one in drawn.lists:
        mark = "✓" if one.number in drawn.new else ""
        figures = (str(one.lines), in_dong(one.fee_total))
        table.add_row(mark, one.number, one.place_name, *figures, _answer(one))
    return table


def _answer(issued: IssuedList) -> str:
    if issued.acknowledged_at is not None:
        day = short_date(vietnam_time(issued.acknowledged_at).date())
        return f"{issued.taken} dòng, {day}"
    return f"không nhận được: {issued.trouble}" if issued.trouble else "chưa xác nhận"


def _say_findings(issued: IssuedList) -> None:
    for one in issued.rejections:
        if one.is_open:
            out.print(
                f"[bold red]Cần xử lý:[/] {issued.number} dòng {one.line}, hồ sơ {one.case_code}:"
                f" {one.reason_code}",
                soft_wrap=True,
            )


def _say_bases(lists: list[IssuedList]) -> None:
    bases = {
        one.fee.basis.cited() + ("" if one.fee.basis.verified else UNVERIFIED)
        for one in lists
        if one.fee.basis is not None
    }
    for basis in sorted(bases):
        out.print(f"Căn cứ trả tiền: {basis}.")
    if any(one.fee.basis is None for one in lists):
        out.print("Không có quy định trả tiền theo dòng đang hiệu lực cho kỳ này: ghi 0 đồng.")


def _json(drawn: Drawn) -> dict[str, object]:
    new = [one for one in drawn.lists if one.number in drawn.new]
    return {
        "kind": drawn.rule.kind,
        "new": sorted(drawn.new),
        "new_lines": sum(one.lines for one in new),
        "new_fee_total": sum(one.fee_total for one in new),
        "finished": drawn.finished,
        "lists": [one.model_dump(mode="json") for one in drawn.lists],
        "files": [str(path) for path in drawn.files],
    }
