"""`lienthong correct`, `approve`, `settle-task`: correct or revoke an act."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from models.corrections.requests import (
    Approve,
    CorrectionAccepted,
    CorrectionDecision,
    SettleTask,
    correction_workflow_id,
)
from models.corrections.states import ENDED, CorrectionState, TaskOutcome
from models.corrections.status import CorrectionStatus
from models.declarations.parse import read_structure
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, fail, out, print_json
from workers.cli.correct_show import show
from workers.cli.talk import AsJson, refuse, talk
from workers.client.corrections import CorrectionClient
from workers.client.updates import request_id
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

Number = Annotated[str, typer.Argument(help="Số quyết định (correction_id).")]
Officer = Annotated[str, typer.Option(help="Mã cán bộ (không ghi tên).")]
RESTS = ENDED | {
    CorrectionState.AWAITING_APPROVAL,
    CorrectionState.QUEUED,
    CorrectionState.CLAIMING_BACK,
}
"""Where a correction stays until a person, or another correction, has done something."""


def correct(
    source: Annotated[
        str,
        typer.Argument(help="Tệp JSON của quyết định, - để đọc từ đầu vào, hoặc số quyết định."),
    ],
    *,
    wait: Annotated[
        bool, typer.Option("--wait", help="Chờ đến khi mọi việc xong, kể cả thu hồi tiền.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Cải chính hoặc thu hồi một kết quả; với số quyết định: cho biết đang đến đâu."""
    raw = None if _is_number(source) else _raw(source)
    status = talk(_correct(source, raw, wait=wait, as_json=as_json), source=source, as_json=as_json)
    if as_json:
        print_json(status)
    else:
        show(status)
    ended_well = status.state is CorrectionState.COMPLETED
    if status.is_duplicate or (not ended_well and (wait or status.state in ENDED)):
        raise typer.Exit(EXIT_FINDING)


def approve(
    number: Number,
    *,
    by: Officer,
    disagree: Annotated[bool, typer.Option("--disagree", help="Không phê duyệt.")] = False,
    reason: Annotated[str, typer.Option(help="Lý do; bắt buộc khi không phê duyệt.")] = "",
    as_json: AsJson = False,
) -> None:
    """Người thứ hai phê duyệt, hoặc không phê duyệt, một quyết định cải chính."""
    said = _read(
        Approve,
        {
            "request_id": request_id(now(), "approve", number, by, disagree),
            "by": by,
            "agrees": not disagree,
            "reason": reason,
        },
        number,
        as_json=as_json,
    )
    _tell(talk(_say(number, "approve", said), source=number, as_json=as_json), number, as_json)


def settle_task(
    number: Number,
    task: Annotated[str, typer.Argument(help="Mã việc, ví dụ claim_back.insurance_funeral.")],
    *,
    outcome: Annotated[TaskOutcome, typer.Option(help="Việc kết thúc thế nào.")],
    by: Officer,
    reason: Annotated[str, typer.Option(help="Căn cứ, ví dụ số phiếu thu; không ghi tên người.")],
    as_json: AsJson = False,
) -> None:
    """Kết thúc việc thu hồi số tiền đã chi."""
    said = _read(
        SettleTask,
        {
            "request_id": request_id(now(), "settle", number, task, outcome),
            "task": task,
            "outcome": outcome,
            "by": by,
            "reason": reason,
        },
        number,
        as_json=as_json,
    )
    _tell(talk(_say(number, "settle_task", said), source=number, as_json=as_json), number, as_json)


async def _correct(
    source: str, raw: Any, *, wait: bool, as_json: bool
) -> CorrectionStatus:  # Any: JSON
    decision = None if raw is None else _read(CorrectionDecision, raw, source, as_json=as_json)
    desk = CorrectionClient(await connect(Settings.read()))
    if decision is None:
        workflow_id = correction_workflow_id(source.removeprefix("correction/"))
    else:
        workflow_id = await desk.start(raw, decision.correction_id)
    if wait:
        return await desk.result(workflow_id)
    return await (desk.status(workflow_id) if decision is None else _at_rest(desk, workflow_id))


async def _at_rest(desk: CorrectionClient, workflow_id: str) -> CorrectionStatus:
    """Wait a little for what answers at once; what takes longer is asked for by its number."""
    pause = 0.1
    status = await desk.status(workflow_id)
    while status.state not in RESTS and pause < _longest(status):
        await asyncio.sleep(pause)
        pause *= 1.5
        status = await desk.status(workflow_id)
    return status


def _longest(status: CorrectionStatus) -> float:
    """Some four seconds in all once it is taken in; half a minute for the intake to say so."""
    return 10 if status.state is CorrectionState.RECEIVED else 2


def _is_number(source: str) -> bool:
    return source != "-" and not source.endswith(".json") and not Path(source).exists()


def _raw(source: str) -> Any:  # Any: JSON, checked next
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
        return json.loads(text)
    except (OSError, ValueError):
        fail(f"{source}: không đọc được tệp JSON của quyết định.")


def _read(model: type[Any], raw: object, source: str, *, as_json: bool) -> Any:  # Any: that model
    parsed = read_structure(model, raw)
    if parsed.declaration is None:
        refuse(parsed.findings, source=source, as_json=as_json, code=EXIT_USAGE)
    return parsed.declaration


async def _say(number: str, update: str, said: Approve | SettleTask) -> CorrectionAccepted:
    desk = CorrectionClient(await connect(Settings.read()))
    return await desk.say(correction_workflow_id(number), update, said)


def _tell(answer: CorrectionAccepted, number: str, as_json: bool) -> None:  # noqa: FBT001 -- as the others
    if as_json:
        print_json(answer)
    else:
        out.print(f"Quyết định {number}: {answer.state.label}.")
