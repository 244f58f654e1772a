"""`lienthong sla …`: what is late or about to be, and at whom."""

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from adapters.law.places import Places, load_places
from models.kernel.findings import Finding
from models.kernel.words import official_time
from workers.cli.console import EXIT_FINDING, out, print_json
from workers.cli.holders import holder_names
from workers.cli.talk import AsJson, refuse
from workers.client.lateness import PressingCase, PressingGroup, grouped, pressing_cases
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

app = typer.Typer(name="sla", help="Thời hạn giải quyết.", no_args_is_help=True)


class Words(NamedTuple):
    """Names people read for holders and places."""

    holders: dict[str, str]
    places: Places
    today: date

    def place(self, commune: str) -> str:
        """A commune by name and code, or by code alone where today knows no such name."""
        name = self.places.name_of(commune, self.today)
        return f"{name} ({commune})" if name else commune


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
        _show(groups, Words(names, load_places(settings.law), now().date()))
        out.print(f"{late_count} hồ sơ quá hạn, {len(cases) - late_count} hồ sơ sắp đến hạn.")
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


def _show(groups: Sequence[PressingGroup], words: Words) -> None:
    if not groups:
        return
    table = Table("Đang ở", "Xã", "Quá hạn", "Sắp đến hạn", "Hạn sớm nhất", "Hồ sơ gấp nhất")
    for group in groups:
        table.add_row(
            words.holders.get(group.agency, group.agency),
            words.place(group.commune),
            f"[bold red]{group.late}[/]" if group.late else "0",
            str(group.due_soon),
            official_time(group.first_due_at) if group.first_due_at else "",
            _most_urgent(group.cases),
        )
    out.print(table)


def _most_urgent(codes: Sequence[str]) -> str:
    """The one that is due first; `--json` has them all."""
    return f"{codes[0]} (+{len(codes) - 1})" if len(codes) > 1 else "".join(codes)
