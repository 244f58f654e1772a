"""`lienthong confirm`: a relative says who is to represent the family."""

from typing import Annotated

import typer

from models.cases.requests import Accepted, ConfirmRepresentative
from workers.cli.console import out, print_json
from workers.cli.talk import AsJson, Case, talk
from workers.client.cases import CaseClient
from workers.client.updates import request_id_of_instant, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


def confirm(
    case: Case,
    relative: Annotated[str, typer.Argument(help="Số định danh của thân nhân xác nhận.")],
    representative: Annotated[str, typer.Argument(help="Số định danh của người được cử đại diện.")],
    *,
    refuses: Annotated[
        bool, typer.Option("--refuses", help="Thân nhân này không đồng ý người được cử.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Thân nhân xác nhận người đại diện nhận trợ cấp tuất một lần; ý kiến sau cùng được tính."""
    said = ConfirmRepresentative(
        request_id=request_id_of_instant(now(), "confirm", case),
        relative=relative,
        representative=representative,
        agrees=not refuses,
    )
    answer = talk(_confirm(case, said), source=case, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code}: đã ghi nhận ý kiến của thân nhân.")


async def _confirm(case: str, said: ConfirmRepresentative) -> Accepted:
    desk = CaseClient(await connect(Settings.read()))
    return await send_update(desk, case, "confirm_representative", said)
