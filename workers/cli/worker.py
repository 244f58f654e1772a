"""`lienthong worker`: one worker process of a composed deployment, or the child of `up`."""

from pathlib import Path
from typing import Annotated

import typer
import uvloop

from workers.local.interrupts import run_until_told
from workers.runtime.logs import configure_logs
from workers.runtime.settings import Settings
from workers.runtime.worker import run_worker


def worker(
    queues: Annotated[
        list[str] | None,
        typer.Argument(help="Hàng đợi cần xử lý: `cases` hoặc mã cơ quan; mặc định là tất cả."),
    ] = None,
    ready_file: Annotated[
        Path | None, typer.Option(help="Tệp được ghi khi đã sẵn sàng.", hidden=True)
    ] = None,
) -> None:
    """Chạy một tiến trình xử lý hồ sơ cho đến khi bị dừng."""
    configure_logs()
    work = run_worker(Settings.read(), tuple(queues or ()), ready_file)
    run_until_told(work, uvloop.new_event_loop)
