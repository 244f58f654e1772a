"""`lienthong extend`: an agency apologises and names the one new date (form 04)."""

from typing import Annotated

import typer

from models.cases.requests import Accepted, Extend
from workers.cli.console import out, print_json
from workers.cli.talk import AsJson, Case, talk
from workers.client.cases import CaseClient
from workers.client.updates import request_id, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


def extend(
    case: Case,
    procedure: Annotated[str, typer.Argument(help="Thủ tục xin gia hạn, ví dụ issue_card.")],
    *,
    days: Annotated[int, typer.Option(help="Số ngày làm việc gia hạn.")],
    reason: Annotated[str, typer.Option(help="Lý do, ghi trong văn bản xin lỗi.")],
    by: Annotated[str, typer.Option(help="Mã cán bộ (không ghi tên).")],
    as_json: AsJson = False,
) -> None:
    """Xin lỗi và hẹn lại ngày trả kết quả, một lần, trước khi hết hạn (mẫu 04)."""
    answer = talk(_extend(case, procedure, days, reason, by), source=case, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(
            f"Hồ sơ {answer.case_code}: đã hẹn lại; xem hạn mới bằng `lienthong case"
            f" {answer.case_code} --clock`.",
            soft_wrap=True,
        )


async def _extend(case: str, procedure: str, days: int, reason: str, by: str) -> Accepted:
    said = Extend.model_validate(
        {
            "request_id": request_id(now(), "extend", case, procedure, days, reason),
            "procedure": procedure,
            "working_days": days,
            "reason": reason,
            "by": by,
        }
    )
    return await send_update(CaseClient(await connect(Settings.read())), case, "extend", said)
