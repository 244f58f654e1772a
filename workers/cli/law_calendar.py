"""`lienthong law apply-calendar`: let open cases count by the calendar in force now."""

import asyncio
from typing import Annotated

import typer

from models.cases.calendar_changes import MovedDue, moves_of
from models.cases.requests import Recalculate
from models.cases.views import CaseClocks
from models.kernel.base import CaseId
from models.kernel.words import official_time
from workers.cli.console import EXIT_FINDING, err, out, print_json
from workers.client.cases import CaseClient, CaseRef
from workers.client.updates import CaseEndedError, CaseRejectsError, request_id, send_update
from workers.runtime.clock import now
from workers.runtime.dependencies import read_legal_context
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

OPEN = "ExecutionStatus = 'Running' AND CaseState IN ('in_progress', 'supplement_wanted')"
CASE = "cả hồ sơ"


def apply_calendar(
    *,
    reason: Annotated[
        str, typer.Option(help="Văn bản thay đổi lịch, ví dụ số thông báo nghỉ lễ.")
    ] = "Lịch làm việc đã thay đổi",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ liệt kê hạn sẽ dời, không làm gì.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Tính lại hạn của hồ sơ đang mở theo lịch hiện hành; chạy lại lần nữa không đổi gì thêm."""
    moves, failed = asyncio.run(_apply(Settings.read(), reason, dry_run=dry_run))
    if as_json:
        print_json([move.model_dump(mode="json") for move in moves])
    else:
        _show(moves, dry_run=dry_run)
    for line in failed:
        err.print(line, markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(EXIT_FINDING)


async def _apply(
    settings: Settings, reason: str, *, dry_run: bool
) -> tuple[list[MovedDue], list[str]]:
    context, desk = read_legal_context(settings), CaseClient(await connect(settings))
    moves: list[MovedDue] = []
    failed: list[str] = []
    async for run in desk.client.list_workflows(OPEN):
        clocks = await desk.clocks(CaseRef(case_id=CaseId(run.id), run_id=run.run_id))
        moved = moves_of(clocks, context, now())
        moves += moved
        if moved and not dry_run:
            failed += await _recalculate(desk, clocks, context.calendar.digest, reason)
    return moves, failed


async def _recalculate(desk: CaseClient, clocks: CaseClocks, digest: str, reason: str) -> list[str]:
    code = clocks.case_code or ""
    said = Recalculate(
        request_id=request_id(now(), "recalculate", code, digest), calendar=digest, reason=reason
    )
    try:
        await send_update(desk, code, "recalculate", said)
    except CaseEndedError:
        return []
    except CaseRejectsError as error:
        return [f"{code}: {error} Khởi động lại `lienthong worker` để nạp lịch mới rồi chạy lại."]
    return []


def _show(moves: list[MovedDue], *, dry_run: bool) -> None:
    if not moves:
        out.print("Không có hạn nào dời.")
    for move in moves:
        about = move.procedure or CASE
        span = f"{official_time(move.old_due_at)} → {official_time(move.due_at)}"
        out.print(f"{move.case_code} · {about}: {span}", markup=False, soft_wrap=True)
    if moves and dry_run:
        out.print("Chưa dời hạn nào: bỏ --dry-run để thực hiện.")
