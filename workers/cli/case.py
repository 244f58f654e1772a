"""`lienthong case`: how one case stands, and what happened to it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from adapters.postgres.ledger import entries_of
from models.cases.events import LedgerEntry
from models.cases.status import CaseStatus
from models.cases.views import CaseClocks
from models.kernel.findings import Finding
from models.kernel.vocabulary import CaseState
from models.kernel.words import official_time
from models.law.law import ReasonCode
from workers.cli.case_clock import show_clocks
from workers.cli.case_dossiers import dossier_lines, reasons_by_code, refusal_lines
from workers.cli.console import EXIT_FINDING, out, print_json
from workers.cli.documents import draw_documents, write_documents
from workers.cli.holders import holder_names
from workers.client.cases import CaseClient, CaseRef
from workers.runtime.clock import now
from workers.runtime.dependencies import read_legal_context
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


def case(
    code_or_id: Annotated[str, typer.Argument(help="Mã hồ sơ hoặc mã định danh của hồ sơ.")],
    *,
    clock: Annotated[
        bool, typer.Option("--clock", help="In ai giữ hồ sơ từ lúc nào đến lúc nào, và hạn.")
    ] = False,
    documents: Annotated[
        Path | None, typer.Option(help="Ghi các văn bản của hồ sơ (PDF) vào thư mục này.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Cho biết một hồ sơ đang ở đâu, hạn khi nào, và đã qua những bước nào."""
    settings = Settings.read()
    read = asyncio.run(_read(settings, code_or_id, with_clocks=clock))
    status = read.status
    if documents is not None:
        asyncio.run(_write(settings, read.ref, documents))
    if as_json:
        print_json(read.clocks or status)
    elif documents is not None:
        return
    elif read.clocks is not None:
        show_clocks(read.clocks, read_legal_context(settings), holder_names(settings.law), now())
    else:
        _show(status, read.entries, reasons_by_code(settings.law))
    if status.closed_at and status.state is not CaseState.COMPLETED:
        raise typer.Exit(EXIT_FINDING)


@dataclass(frozen=True, kw_only=True)
class _Read:
    ref: CaseRef
    status: CaseStatus
    entries: Sequence[LedgerEntry]
    clocks: CaseClocks | None


async def _write(settings: Settings, ref: CaseRef, folder: Path) -> None:
    await draw_documents(settings, ref)
    await write_documents(settings, ref, folder)


async def _read(settings: Settings, code_or_id: str, *, with_clocks: bool) -> _Read:
    desk = CaseClient(await connect(settings))
    ref = await desk.find(code_or_id)
    database = settings.addresses().database_url
    return _Read(
        ref=ref,
        status=await desk.status(ref.case_id, ref.run_id),
        entries=await entries_of(database, ref.case_id, ref.run_id) if database else (),
        clocks=await desk.clocks(ref) if with_clocks else None,
    )


def _show(
    status: CaseStatus, entries: Sequence[LedgerEntry], reasons: Mapping[str, ReasonCode]
) -> None:
    out.print(f"[bold]{status.case_code or status.case_id}[/]: {status.state.label}")
    if status.case_code and status.received_at and status.promised_at:
        out.print(
            f"Tiếp nhận {official_time(status.received_at)}, "
            f"hẹn trả {official_time(status.promised_at)}"
            f" ({status.sla.label}); theo {status.law_version}{_marks(status)}",
            soft_wrap=True,
        )
        for number, dossier in enumerate(status.dossiers, start=1):
            first, *more = (*dossier_lines(dossier), *refusal_lines(dossier, reasons))
            out.print(f"{number}. {first}")
            for line in more:
                out.print(f"   {line}", markup=False, soft_wrap=True)
    if status.duplicate_of:
        out.print(f"Sự kiện này đã có hồ sơ {status.duplicate_of}.")
    _show_findings("Lỗi", status.errors)
    _show_findings("Lưu ý", status.warnings)
    if entries:
        _show_timeline(entries, {one.procedure: one.title for one in status.dossiers})


def _marks(status: CaseStatus) -> str:
    marks = {"lùi ngày": status.backdated, "gửi không mã hóa": status.plain_start}
    return "".join(f"; {text}" for text, is_set in marks.items() if is_set)


def _show_findings(title: str, findings: Sequence[Finding]) -> None:
    for finding in findings:
        out.print(f"{title}: {finding.field}: {finding.message}", markup=False, soft_wrap=True)


def _show_timeline(entries: Sequence[LedgerEntry], titles: Mapping[str, str]) -> None:
    out.print("Nhật ký:")
    for entry in entries:
        about = titles.get(entry.procedure or "", "")
        said = f"{entry.event.label}: {about}" if about else entry.event.label
        out.print(f"   {official_time(entry.at)}  {said}", markup=False, soft_wrap=True)
