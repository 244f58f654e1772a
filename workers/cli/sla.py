"""`lienthong sla …`: what is late or about to be, and at whom."""

import asyncio
import re
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from models.findings import Finding
from models.words import moment
from workers.cli.console import EXIT_FINDING, out, print_json
from workers.cli.holders import holder_names
from workers.cli.talk import AsJson, refuse
from workers.lateness import PressingCase, PressingGroup, grouped, pressing_cases
from workers.settings import Settings
from workers.temporal_setup import connect

app = typer.Typer(name="sla", help="Thời hạn giải quyết.", no_args_is_help=True)
_SHOWN = 3
"""Codes a row names; `--json` has them all."""


@app.callback()
def _stay_a_group() -> None:
    """With a single command, its name must still be said."""


@app.command()
def late(
    *,
    commune: Annotated[str | None, typer.Option(help="Chỉ một xã: mã 5 chữ số.")] = None,
    agency: Annotated[
        str | None, typer.Option(help="Chỉ một nơi giữ: mã cơ quan, hoặc citizen, us, outage.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Liệt kê hồ sơ quá hạn và sắp đến hạn theo cơ quan và xã; mã thoát 1 nếu có quá hạn."""
    settings = Settings.read()
    names = holder_names(settings.law)
    wrong = _wrong(commune, agency, names)
    if wrong:
        refuse(wrong, source="sla late", as_json=as_json)
    cases = asyncio.run(_pressing(settings, commune, agency))
    groups = grouped(cases, agency)
    late_count = sum(case.is_late for case in cases)
    if as_json:
        print_json(
            {
                "late": late_count,
                "due_soon": len(cases) - late_count,
                "groups": [group.model_dump(mode="json") for group in groups],
                "cases": [case.model_dump(mode="json") for case in cases],
            }
        )
    else:
        _show(groups, names, late=late_count, due_soon=len(cases) - late_count)
    if late_count:
        raise typer.Exit(EXIT_FINDING)


async def _pressing(
    settings: Settings, commune: str | None, agency: str | None
) -> list[PressingCase]:
    return await pressing_cases(await connect(settings), commune=commune, agency=agency)


def _wrong(commune: str | None, agency: str | None, names: dict[str, str]) -> list[Finding]:
    wrong = []
    if commune is not None and not re.fullmatch(r"[0-9]{5}", commune):
        wrong.append(("commune", "not_a_commune", "Mã xã gồm 5 chữ số, ví dụ 00004."))
    if agency is not None and agency not in names:
        wrong.append(("agency", "unknown", f"Không có nơi giữ này; có: {', '.join(names)}."))
    return [Finding(field=field, rule=rule, message=text) for field, rule, text in wrong]


def _show(
    groups: Sequence[PressingGroup], names: dict[str, str], *, late: int, due_soon: int
) -> None:
    if not groups:
        out.print("Không có hồ sơ nào quá hạn hoặc sắp đến hạn.")
        return
    table = Table("Đang ở", "Xã", "Quá hạn", "Sắp đến hạn", "Hạn sớm nhất", "Mã hồ sơ")
    for group in groups:
        table.add_row(
            names.get(group.agency, group.agency),
            group.commune,
            f"[bold red]{group.late}[/]" if group.late else "0",
            str(group.due_soon),
            moment(group.first_due_at) if group.first_due_at else "",
            _codes(group.cases),
        )
    out.print(table)
    out.print(f"{late} hồ sơ quá hạn, {due_soon} hồ sơ sắp đến hạn.")


def _codes(codes: Sequence[str]) -> str:
    rest = len(codes) - _SHOWN
    return "\n".join([*codes[:_SHOWN], *([f"… và {rest} hồ sơ nữa"] if rest > 0 else [])])
