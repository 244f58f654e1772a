"""`lienthong supplement`: hand in what an agency asked the citizen for."""

from typing import Annotated

import typer

from models.cases.requests import Accepted, Supply
from models.contracts.dossiers import SuppliedItem
from models.kernel.base import ProcedureId
from workers.cli.console import out, print_json
from workers.cli.pairs import Pairs, read_pairs
from workers.cli.talk import AsJson, Case, refuse, talk
from workers.client.cases import CaseClient
from workers.client.updates import request_id, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


def supplement(
    case: Case,
    procedure: Annotated[str, typer.Argument(help="Thủ tục được yêu cầu bổ sung.")],
    *,
    item: Annotated[
        list[str],
        typer.Option(help="Thành phần nộp thêm: MÃ=SỐ HIỆU TỆP, ví dụ CT07=tep-1; lặp lại được."),
    ],
    as_json: AsJson = False,
) -> None:
    """Nộp bổ sung cho một thủ tục đang chờ công dân; lặp lại trong cùng một phút là một lần nộp."""
    items, wrong = read_pairs(item, "items")
    if wrong:
        refuse(wrong, source=case, as_json=as_json)
    answer = talk(_supplement(case, procedure, items), source=case, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code}: đã nhận bổ sung, chuyển tới cơ quan.")


async def _supplement(case: str, procedure: str, items: Pairs) -> Accepted:
    said = Supply(
        request_id=request_id(now(), "supplement", case, procedure, items),
        procedure=ProcedureId(procedure),
        items=tuple(SuppliedItem(code=code, reference=reference) for code, reference in items),
        sent_at=now(),
    )
    return await send_update(CaseClient(await connect(Settings.read())), case, "supplement", said)
