"""`lienthong redirect-payment`: where the money is to go whose payment came back."""

from typing import Annotated

import typer

from models.cases.payouts import PayTo
from models.cases.requests import Accepted, RedirectPayment
from models.contracts.payments import PaymentMethod
from models.kernel.base import ProcedureId
from workers.cli.console import out, print_json
from workers.cli.talk import AsJson, Case, talk
from workers.client.cases import CaseClient
from workers.client.updates import request_id_of_instant, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


def redirect_payment(
    case: Case,
    procedure: Annotated[str, typer.Argument(help="Thủ tục có khoản chi, ví dụ funeral_money.")],
    *,
    by: Annotated[str, typer.Option("--by", help="Mã cán bộ (không ghi tên).")],
    bank: Annotated[str | None, typer.Option(help="Ngân hàng mở tài khoản.")] = None,
    account: Annotated[str | None, typer.Option(help="Số tài khoản.")] = None,
    name: Annotated[str | None, typer.Option(help="Tên chủ tài khoản như ngân hàng ghi.")] = None,
    place: Annotated[str | None, typer.Option(help="Nơi nhận tiền mặt.")] = None,
    as_json: AsJson = False,
) -> None:
    """Chi lại khoản tiền bị trả về: tới tài khoản đúng, hoặc bằng tiền mặt tại một nơi.

    Để chi lại đúng tài khoản đã khai, dùng `lienthong resume`.
    """
    if place and (bank or account or name):
        raise typer.BadParameter("ghi tài khoản, hoặc nơi nhận tiền mặt, không ghi cả hai")
    pay_to = PayTo(
        method=PaymentMethod.CASH if place else PaymentMethod.ACCOUNT,
        bank=bank,
        account_number=account,
        account_name=name,
        place=place,
    )
    said = RedirectPayment(
        request_id=request_id_of_instant(now(), "redirect", case, procedure),
        procedure=ProcedureId(procedure),
        pay_to=pay_to,
        by=by,
    )
    answer = talk(_redirect(case, said), source=case, as_json=as_json)
    if as_json:
        print_json(answer)
    else:
        out.print(f"Hồ sơ {answer.case_code}: khoản tiền được chi lại.")


async def _redirect(case: str, said: RedirectPayment) -> Accepted:
    return await send_update(
        CaseClient(await connect(Settings.read())), case, "redirect_payment", said
    )
