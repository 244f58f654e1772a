"""`lienthong lists …`: the insurer's lists drawn up on demand, shown, printed and mended."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from adapters.law.files import load_law
from adapters.law.lists import load_list_rules
from models.contracts.lists import ListKind
from models.working_time.calendars import month_before
from workers.cli.console import EXIT_FINDING, fail, out
from workers.cli.lists_files import write_lists
from workers.cli.lists_words import Drawn, Foretold, describe_drawn, describe_preview
from workers.cli.talk import AsJson
from workers.client.lists import Wanted, fee_of, open_list_client, run_lists
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

PATIENCE = 20.0
"""Seconds to wait for the insurer; the workers go on trying after that."""

app = typer.Typer(name="lists", help="Danh sách định kỳ gửi cơ quan BHXH.", no_args_is_help=True)

Place = Annotated[
    str | None, typer.Option("--place", help="Mã xã (5 chữ số) hoặc huyện (3 chữ số).")
]
Period = Annotated[
    str | None, typer.Option(help="Tháng của danh sách, năm-tháng; bỏ trống: đến hôm nay.")
]
Excel = Annotated[Path | None, typer.Option("--excel", help="Thư mục ghi tệp Excel để in.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", help="Thư mục ghi tệp PDF để in.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chỉ xem trước, không lập.")]


@app.command("cards")
def cards(
    *,
    place: Place = None,
    period: Period = None,
    excel: Excel = None,
    pdf: Pdf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Lập và gửi danh sách thẻ BHYT đã in; chạy lại không lặp dòng nào."""
    wanted = _wanted(ListKind.CARDS, place, period)
    _run(wanted, {".xlsx": excel, ".pdf": pdf}, dry_run=dry_run, as_json=as_json)


@app.command("strike-offs")
def strike_offs(
    *,
    place: Place = None,
    period: Period = None,
    excel: Excel = None,
    pdf: Pdf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Lập và gửi danh sách báo giảm khai tử; chạy lại không lặp dòng nào."""
    wanted = _wanted(ListKind.STRIKE_OFFS, place, period)
    _run(wanted, {".xlsx": excel, ".pdf": pdf}, dry_run=dry_run, as_json=as_json)


@app.command("settle")
def settle(
    number: Annotated[str, typer.Argument(help="Số danh sách.")],
    line: Annotated[int, typer.Argument(help="Số thứ tự của dòng bị từ chối.")],
    by: Annotated[str, typer.Option("--by", help="Mã cán bộ xử lý, không ghi tên.")],
    how: Annotated[str, typer.Option("--how", help="Đã xử lý thế nào; không ghi tên người.")],
) -> None:
    """Ghi rằng một dòng cơ quan BHXH từ chối đã được xử lý."""
    code = asyncio.run(_settled(Settings.read(), number, line, by=by, how=how))
    if code is None:
        fail(f"{number} không có dòng {line} bị từ chối còn chờ xử lý.", code=EXIT_FINDING)
    out.print(f"Đã ghi: dòng {line} của {number} (hồ sơ {code}) được {by} xử lý.")


def _run(wanted: Wanted, folders: dict[str, Path | None], *, dry_run: bool, as_json: bool) -> None:
    settings = Settings.read()
    if dry_run:
        describe_preview(asyncio.run(_foretold(settings, wanted)), as_json=as_json)
        return
    drawn = asyncio.run(_drawn(settings, wanted, folders))
    describe_drawn(drawn, as_json=as_json)
    if any(one.has_findings for one in drawn.lists):
        raise typer.Exit(EXIT_FINDING)


async def _foretold(settings: Settings, wanted: Wanted) -> Foretold:
    rates = load_law(settings.law).rates
    async with open_list_client(settings) as desk:
        waiting = await desk.foretold(wanted, now())
    fees = [fee_of(place, wanted, rates) for place in waiting]
    return Foretold(
        rule=wanted.rule, until=wanted.until, places=tuple(zip(waiting, fees, strict=True))
    )


async def _drawn(settings: Settings, wanted: Wanted, folders: dict[str, Path | None]) -> Drawn:
    async with open_list_client(settings) as desk:
        before = {one.number for one in await desk.issued(wanted)}
        finished = await run_lists(await connect(settings), wanted, now(), PATIENCE)
        lists = await desk.issued(wanted)
        files = await write_lists(settings, desk, wanted.rule, lists, folders)
    return Drawn(
        rule=wanted.rule,
        lists=tuple(lists),
        new=frozenset(one.number for one in lists) - before,
        finished=finished,
        files=tuple(files),
    )


async def _settled(settings: Settings, number: str, line: int, *, by: str, how: str) -> str | None:
    async with open_list_client(settings) as desk:
        return await desk.shelf.settle(number, line, by=by, how=how)


def _wanted(kind: ListKind, place: str | None, period: str | None) -> Wanted:
    if place is not None and not re.fullmatch(r"[0-9]{5}|[0-9]{3}", place):
        fail("--place: mã xã gồm 5 chữ số, ví dụ 00004; mã huyện cũ gồm 3 chữ số, ví dụ 070")
    rule = load_list_rules(Settings.read().law)[kind]
    return Wanted(rule=rule, until=_last_day(period), place=place)


def _last_day(period: str | None) -> date:
    """The last day of the month asked for, but never a day that is still to come."""
    today = now().date()
    if period is None:
        return today
    try:
        first = date.fromisoformat(f"{period}-01")
    except ValueError:
        fail(f"--period {period!r} không phải tháng viết năm-tháng, ví dụ 2026-11")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(month_before(following), today)
