"""`lienthong submit`: check every declaration first, then open their cases."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.law.files import load_law
from adapters.law.places import load_places
from models.cases.status import CaseStatus
from models.declarations.declarations import Declaration
from models.declarations.rules.context import CheckContext
from models.kernel.vocabulary import CaseState
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, err, fail, print_json
from workers.cli.findings import show_findings
from workers.cli.words import what_became
from workers.client.cases import CaseClient, Filed, Filing
from workers.client.checking import Checked, check_files
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """One declaration handed in, and how its case stands."""

    source: str
    filed: Filed
    status: CaseStatus

    def is_fine(self, *, waited: bool) -> bool:
        """Opened by this very submission and, if we waited, completed."""
        if self.filed.filing is Filing.EXISTS:
            return False
        if waited:
            return self.status.state is CaseState.COMPLETED
        return self.status.case_code is not None


def submit(
    files: Annotated[
        list[str], typer.Argument(help="Tờ khai: JSON, JSON lines, XML của bệnh viện, hoặc - .")
    ],
    *,
    rest: Annotated[
        Path | None,
        typer.Option(help="Phần gia đình khai (JSON), ghép vào XML giấy chứng sinh, giấy báo tử."),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Chờ đến khi hồ sơ xong.")] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Vẫn nộp các tờ khai đúng khi có tờ khai sai.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Nộp tờ khai. Mọi tờ khai được kiểm tra trước; một tờ khai sai thì không nộp tờ nào."""
    settings = Settings.read()
    checked = check_files(files, context_of(settings), _family_part(rest))
    bad = [one for one in checked if one.declaration is None]
    _show(checked, as_json=as_json and bool(bad) and not keep_going)
    if bad and not keep_going:
        err.print(f"Không nộp tờ khai nào: {len(bad)} trong {len(checked)} tờ khai có lỗi.")
        raise typer.Exit(EXIT_USAGE)
    submitted = asyncio.run(_file_all(settings, checked, wait=wait))
    if as_json:
        print_json([one.status.model_dump(mode="json") for one in submitted])
    if bad:
        raise typer.Exit(EXIT_USAGE)
    if not all(one.is_fine(waited=wait) for one in submitted):
        raise typer.Exit(EXIT_FINDING)


def context_of(settings: Settings) -> CheckContext:
    """What declarations are checked by before they are handed in."""
    patterns = load_law(settings.law).patterns
    return CheckContext(now=now(), patterns=patterns, places=load_places(settings.law))


def _family_part(rest: Path | None) -> dict[str, Any]:  # Any: JSON, checked with the whole
    if rest is None:
        return {}
    try:
        part = json.loads(rest.read_text("utf-8"))
    except (OSError, ValueError):
        fail(f"{rest}: không đọc được tệp JSON của phần gia đình khai.")
    if not isinstance(part, dict):
        fail(f"{rest}: phần gia đình khai phải là một đối tượng JSON.")
    return part


def _show(checked: list[Checked], *, as_json: bool) -> None:
    show_findings({one.source: one.findings for one in checked if one.findings}, as_json=as_json)


async def _file_all(settings: Settings, checked: list[Checked], *, wait: bool) -> list[Submitted]:
    desk = CaseClient(await connect(settings))
    return [
        await _file(desk, one.source, one.declaration, wait=wait)
        for one in checked
        if one.declaration is not None
    ]


async def _file(
    desk: CaseClient, source: str, declaration: Declaration, *, wait: bool
) -> Submitted:
    filed = await desk.file(declaration)
    status = await desk.after_intake(filed.case_id)
    err.print(f"{source}: {what_became(filed, status)}", soft_wrap=True)
    if wait and filed.filing is Filing.STARTED and status.case_code is not None:
        status = await desk.report(filed.case_id)
        err.print(f"{source}: {what_became(filed, status)}", soft_wrap=True)
    return Submitted(source=source, filed=filed, status=status)
