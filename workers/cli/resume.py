"""`lienthong resume`: let a parked step of a case be tried again."""

from typing import Annotated

import typer

from models.cases.requests import Accepted, Resume
from models.corrections.requests import CorrectionAccepted, ResumeStep, correction_workflow_id
from models.kernel.base import ProcedureId
from workers.cli.console import out, print_json
from workers.cli.talk import AsJson, Case, talk
from workers.client.cases import CaseClient
from workers.client.corrections import CorrectionClient
from workers.client.updates import request_id, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

CORRECTIONS = correction_workflow_id("")


def resume(
    code_or_id: Case,
    procedure: Annotated[
        str | None,
        typer.Argument(
            help="Thủ tục bị tạm gác, ví dụ issue_card (với correction/…: mã bước);"
            " bỏ trống: bước chung của hồ sơ."
        ),
    ] = None,
    *,
    by: Annotated[str, typer.Option(help="Mã cán bộ vận hành (không ghi tên).")],
    reason: Annotated[str, typer.Option(help="Vì sao nay làm tiếp được.")] = "",
    as_json: AsJson = False,
) -> None:
    """Cho làm tiếp bước bị tạm gác do lỗi kỹ thuật."""
    conversation = _resume(code_or_id, procedure, by, reason)
    answer = talk(conversation, source=code_or_id, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code} được làm tiếp.")


async def _resume(
    code_or_id: str, procedure: str | None, by: str, reason: str
) -> Accepted | CorrectionAccepted:
    at = now()  # to the second: the same step may be parked again within a minute
    id = request_id(at, "resume", code_or_id, procedure, by, at.second)
    if code_or_id.startswith(CORRECTIONS):
        step = ResumeStep(request_id=id, step=procedure, by=by, reason=reason)
        desk = CorrectionClient(await connect(Settings.read()))
        return await desk.say(code_or_id, "resume", step)
    said = Resume(
        request_id=id,
        procedure=ProcedureId(procedure) if procedure else None,
        by=by,
        reason=reason,
    )
    return await send_update(CaseClient(await connect(Settings.read())), code_or_id, "resume", said)
