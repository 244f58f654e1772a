"""`lienthong resume`: let a parked step of a case be tried again."""

import asyncio
import hashlib
from typing import Annotated

import typer
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from models.requests import Accepted, Resume
from workers.cli.console import fail, out, print_json
from workers.clock import now
from workers.desk import Desk
from workers.settings import Settings
from workers.temporal_setup import connect


def resume(
    code_or_id: Annotated[str, typer.Argument(help="Mã hồ sơ hoặc mã định danh của hồ sơ.")],
    procedure: Annotated[
        str | None,
        typer.Argument(
            help="Thủ tục bị tạm gác, ví dụ issue_card; bỏ trống: bước chung của hồ sơ."
        ),
    ] = None,
    *,
    by: Annotated[str, typer.Option(help="Mã cán bộ vận hành (không ghi tên).")],
    reason: Annotated[str, typer.Option(help="Vì sao nay làm tiếp được.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Cho làm tiếp bước bị tạm gác do lỗi kỹ thuật."""
    answer = asyncio.run(_resume(code_or_id, procedure, by, reason))
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code} được làm tiếp.")


async def _resume(code_or_id: str, procedure: str | None, by: str, reason: str) -> Accepted:
    settings = Settings.read()
    desk = Desk(await connect(settings))
    ref = await desk.find(code_or_id)
    said = f"{code_or_id} {procedure} {by} {now():%Y%m%d%H%M%S}"
    request = Resume.model_validate(
        {
            "request_id": hashlib.sha256(said.encode()).hexdigest()[:24],
            "procedure": procedure,
            "by": by,
            "reason": reason,
        }
    )
    try:
        answer: Accepted = await desk.handle(ref).execute_update(
            "resume", request, result_type=Accepted
        )
    except WorkflowUpdateFailedError as error:
        fail(f"Không làm tiếp được: {error.cause}")
    except RPCError as error:
        fail(f"Hồ sơ {code_or_id} không còn mở: {error.message}.")
    return answer
