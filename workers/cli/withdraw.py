"""`lienthong withdraw`: the citizen takes one procedure of a case back, or all of it."""

from typing import Annotated

import typer

from models.cases.requests import Accepted, Withdraw
from models.kernel.base import ProcedureId
from workers.cli.console import out, print_json
from workers.cli.talk import AsJson, Case, talk
from workers.client.cases import CaseClient
from workers.client.updates import request_id, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

LONGEST_REASON = 500


def _short(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        raise typer.BadParameter(f"dài nhất {LONGEST_REASON} ký tự")
    return reason


def withdraw(
    case: Case,
    procedures: Annotated[
        list[str] | None,
        typer.Argument(help="Thủ tục cần rút; để trống: mọi thủ tục chưa có kết quả."),
    ] = None,
    *,
    reason: Annotated[
        str, typer.Option(help="Lý do rút, như công dân nêu; dài nhất 500 ký tự.", parser=_short)
    ],
    as_json: AsJson = False,
) -> None:
    """Rút hồ sơ theo đề nghị của công dân; thủ tục đã có kết quả thì giữ nguyên."""
    answer = talk(_withdraw(case, procedures or None, reason), source=case, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code}: đã nhận đề nghị rút ({answer.state.label}).")


async def _withdraw(case: str, procedures: list[str] | None, reason: str) -> Accepted:
    said = Withdraw(
        request_id=request_id(now(), "withdraw", case, procedures, reason),
        procedures=tuple(map(ProcedureId, procedures)) if procedures else None,
        reason=reason,
    )
    return await send_update(CaseClient(await connect(Settings.read())), case, "withdraw", said)
