"""`lienthong pilot`: the pilot's funeral files again, synthetic and labelled, and the pre-check."""

from pathlib import Path
from typing import Annotated

import typer

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from models.law.context import LegalContext
from simulation.pilot import labels
from simulation.pilot.mix import Mix
from simulation.pilot.pilot import Draw, run_pilot
from simulation.pilot.report import report
from workers.cli.console import EXIT_FINDING, err, fail, out, print_json
from workers.local.interrupts import run_until_told
from workers.runtime.settings import Settings

FEWEST = 100
"""Below, whole provinces and kinds of defect would be missing."""


def pilot(
    *,
    files: Annotated[int, typer.Option(min=FEWEST, help="Số tờ khai giả lập.")] = 2_000,
    seed: Annotated[
        str, typer.Option(help="Hạt giống trong assumed.toml: report để chấm, tuning để chọn số.")
    ] = "report",
    write_labels: Annotated[
        Path | None, typer.Option(help="Chỉ ghi nhãn của bộ hồ sơ ra tệp CSV này.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Chấm kiểm tra trước trên bộ hồ sơ khai tử giả lập, có nhãn; mất một hai phút."""
    mix = Mix.read()
    if seed not in mix.seeds:
        fail(f"Không có hạt giống {seed!r}. Chọn một trong: {', '.join(mix.seeds)}.")
    draw = Draw.of(mix, seed, files=files, context=_context(Settings.read().law))
    if write_labels is not None:
        with write_labels.open("w", encoding="utf-8") as sheet:
            labels.write(draw.labels, sheet)
        return
    if not run_until_told(_score(draw, as_json=as_json)):
        fail("Đã dừng giữa chừng: chưa có gì để chấm.", code=EXIT_FINDING)


async def _score(draw: Draw, *, as_json: bool) -> None:
    score = await run_pilot(draw, say=err.print)
    if as_json:
        print_json(score)
        return
    for part in report(score, draw.mix):
        out.print(part)


def _context(law: Path) -> LegalContext:
    """What a pre-check goes by; no case is opened, so there is no secret."""
    return LegalContext(
        law=load_law(law),
        calendar=load_calendar(law),
        places=load_places(law),
        event_secret=b"",
    )
