"""`lienthong precheck`: which fund would pay what, before anything is filed."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from adapters.law.files import load_law
from models.declarations.declarations import Declaration
from models.entitlements.money import in_dong
from models.entitlements.prechecks import PrecheckAnswer
from models.kernel.vocabulary import Fund
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, fail, out, print_json
from workers.cli.findings import show_findings
from workers.cli.holders import holder_names
from workers.cli.submit import context_of
from workers.client.cases import CaseClient
from workers.client.checking import check_files
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

GROUP = "death"


def precheck(
    file: Annotated[str, typer.Argument(help="Tờ khai nhóm khai tử: JSON, hoặc - .")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Tra cứu trước khi nộp: quỹ nào chi trả, bao nhiêu, vì sao có thể bị từ chối.

    Không nộp hồ sơ, không tính thời hạn. Mỗi lần tra cứu đều được ghi lại. Kết quả là lời khuyên:
    gia đình vẫn có thể nộp. Mã thoát 1 khi chưa thấy quỹ nào chi trả hoặc có lý do bị từ chối.
    """
    settings = Settings.read()
    declaration = _declaration(settings, file, as_json=as_json)
    answer = asyncio.run(_ask(settings, declaration))
    if answer.errors:
        show_findings({file: answer.errors}, as_json=as_json)
        raise typer.Exit(EXIT_USAGE)
    if as_json:
        print_json(answer)
    else:
        _show(answer, settings.law)
    if answer.fund is Fund.NONE or answer.would_refuse:
        raise typer.Exit(EXIT_FINDING)


def _declaration(settings: Settings, file: str, *, as_json: bool) -> Declaration:
    (checked, *more) = check_files([file], context_of(settings), {})
    if more:
        fail(f"{file}: chỉ tra cứu được từng tờ khai một.")
    if checked.declaration is None:
        show_findings({checked.source: checked.findings}, as_json=as_json)
        raise typer.Exit(EXIT_USAGE)
    if checked.declaration.group != GROUP:
        fail(f"{file}: chỉ tờ khai nhóm khai tử (death/1) có khoản tiền để tra cứu.")
    return checked.declaration


async def _ask(settings: Settings, declaration: Declaration) -> PrecheckAnswer:
    return await CaseClient(await connect(settings)).precheck(declaration)


def _show(answer: PrecheckAnswer, law: Path) -> None:
    names, titles = holder_names(law), _titles(law)
    out.print(_money(answer), soft_wrap=True)
    if answer.would_refuse:
        table = Table("Thủ tục", "Mã lý do", "Vì sao", "Cách khắc phục")
        for one in answer.would_refuse:
            title = titles.get(str(one.procedure), str(one.procedure or ""))
            table.add_row(title, one.reason_code, one.title, one.cure)
        out.print(table)
    for agency in answer.not_asked:
        name = names.get(agency, agency)
        out.print(f"Chưa hỏi được {name}: kết quả có thể khác khi cơ quan này trả lời.")
    for agency in answer.stale:
        out.print(f"Dữ liệu của {names.get(agency, agency)} đã lâu chưa cập nhật.")
    out.print(Text(f"Không thể thấy trước: {'; '.join(answer.unseen)}.", style="dim"))


def _titles(law: Path) -> dict[str, str]:
    """Short titles of the procedures, as the newest rules name them."""
    groups = sorted(load_law(law).groups, key=lambda rule: rule.valid_from or date.min)
    return {str(step.id): step.short_title for rule in groups for step in rule.procedures}


def _money(answer: PrecheckAnswer) -> str:
    if answer.fund is Fund.NONE or answer.amount is None:
        return "[bold]Chưa thấy quỹ nào chi trả mai táng phí.[/]"
    mark = "" if answer.verified else " [yellow](căn cứ chưa kiểm chứng)[/]"
    return (
        f"[bold]{answer.fund.label.capitalize()}: {in_dong(answer.amount)} đồng[/]"
        f" = {answer.formula} ({answer.basis}){mark}"
    )
