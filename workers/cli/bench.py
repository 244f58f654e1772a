"""`lienthong bench`: the pipeline against a bare workflow of the same shape, on this machine."""

import asyncio
from typing import Annotated

import typer

from simulation.bench.bench import bench as run_bench
from simulation.bench.report import Figures
from workers.cli.console import out, print_json
from workers.cli.up import PortChoice, say
from workers.local.run import running_or_started
from workers.runtime.settings import Settings


def bench(
    *,
    cases: Annotated[int, typer.Option(min=10, help="Số hồ sơ mỗi vòng đo.")] = 150,
    rounds: Annotated[int, typer.Option(min=1, help="Số vòng đo.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Đo tốc độ xử lý hồ sơ so với một quy trình Temporal trống cùng hình dạng."""
    figures = asyncio.run(_bench(Settings.read(), cases, rounds, quiet=as_json))
    if as_json:
        print_json(figures)
    else:
        _show(figures)


async def _bench(settings: Settings, cases: int, rounds: int, *, quiet: bool) -> Figures:
    def tell(line: str) -> None:
        if not quiet:
            say(line)

    async with running_or_started(settings, say=tell, ports=PortChoice.AUTO.ports()):
        return await run_bench(settings, cases=cases, rounds=rounds, say=tell)


def _show(figures: Figures) -> None:
    out.print(
        f"Tỷ lệ (trung vị {len(figures.rounds)} vòng, {figures.cases_per_round} hồ sơ mỗi vòng): "
        f"[bold]{figures.ratio:.2f}[/] = {figures.pipeline_rate:.1f} hồ sơ/giây trên "
        f"{figures.bare_rate:.1f} quy trình trống/giây"
    )
    out.print(f"Từ lúc nộp đến lúc có giấy tiếp nhận, p95: {figures.receipt_p95_seconds:.3f} giây")
    out.print(
        f"Mỗi hồ sơ: {figures.events_per_case} sự kiện, {figures.bytes_per_case:,} byte lịch sử "
        f"(quy trình trống: {figures.bare_events_per_case} sự kiện)"
    )
    cpu = ", ".join(f"{name} {ms:.1f}" for name, ms in figures.cpu_ms().items())
    out.print(f"CPU mỗi hồ sơ (mili giây): {cpu}")
