"""The Temporal dev server: cases in an SQLite file that survives restarts and kills."""

import asyncio
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from workers.local.errors import ChildFailedError, LocalRunError
from workers.local.ports import HOST
from workers.local.processes import Child, Command

NAME = "Temporal"
NAMESPACE = "default"
RETENTION = timedelta(hours=72)
"""How long closed cases stay in Temporal; the dev server's own default is a day."""
READY_WITHIN = 30.0
DURABLE = ("journal_mode=WAL", "synchronous=NORMAL")
TEST_DYNAMIC_CONFIG = {
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "history.timerProcessorMaxTimeShift": '"1ms"',
    "history.workflowIdReuseMinimalInterval": '"1ms"',
    "system.forceSearchAttributesCacheRefreshOnRead": "true",
}
"""For tests: time can be skipped, and nothing waits for a cache."""


@dataclass(frozen=True, kw_only=True)
class TemporalPlan:
    """How one dev server runs."""

    port: int
    ui_port: int | None
    """None: without the web UI."""
    log: Path
    database: Path | None = None
    """None: in memory, gone at its end."""
    codec_server: str | None = None
    """Where the UI has payloads decoded."""
    dynamic_config: Mapping[str, str] | None = None

    @property
    def address(self) -> str:
        """What clients connect to."""
        return f"{HOST}:{self.port}"


async def start_temporal(plan: TemporalPlan) -> Child:
    """Start the dev server, and answer once it serves and keeps closed cases long enough.

    Raises:
        ChildFailedError: it did not start; the message shows the end of its log.
        LocalRunError: its program is not installed.
    """
    child = await Child.start(_command(plan))
    client = await _until_ready(child, plan)
    await _set_retention(client)
    return child


def temporal_program() -> Path:
    """The program of the installed wheel.

    Raises:
        LocalRunError: it is not installed.
    """
    program = Path(sys.prefix) / "bin" / "temporal"
    if not program.exists():
        raise LocalRunError(
            f"Thiếu chương trình máy chủ Temporal ({program}): chạy `make setup`, hoặc đặt "
            "TEMPORAL_ADDRESS trỏ tới một máy chủ Temporal có sẵn."
        )
    return program


def _command(plan: TemporalPlan) -> Command:
    listen = ("--ip", HOST, "--port", str(plan.port))
    ui = ("--headless",) if plan.ui_port is None else ("--ui-port", str(plan.ui_port))
    codec = ("--ui-codec-endpoint", plan.codec_server) if plan.codec_server else ()
    config = [f"{key}={value}" for key, value in (plan.dynamic_config or {}).items()]
    return Command(
        name=NAME,
        argv=(
            *(str(temporal_program()), "server", "start-dev", "--log-level", "warn"),
            *(*listen, *ui, *codec, *_storage(plan.database)),
            *(part for setting in config for part in ("--dynamic-config-value", setting)),
            *("--ui-disable-news-fetch", "--disable-config-file", "--disable-config-env"),
        ),
        log=plan.log,
    )


def _storage(database: Path | None) -> tuple[str, ...]:
    if database is None:
        return ()
    pragmas = (part for pragma in DURABLE for part in ("--sqlite-pragma", pragma))
    return ("--db-filename", str(database), *pragmas)


async def _until_ready(child: Child, plan: TemporalPlan) -> Client:
    give_up = time.monotonic() + READY_WITHIN
    while True:
        child.raise_if_ended()
        client = await _try_to_connect(plan.address)
        if client is not None:
            return client
        if time.monotonic() > give_up:
            await child.stop()
            raise ChildFailedError(f"{NAME} chưa sẵn sàng sau {READY_WITHIN:.0f} giây.")
        await asyncio.sleep(0.05)


async def _try_to_connect(address: str) -> Client | None:
    try:
        client = await Client.connect(address, namespace=NAMESPACE)
        await client.count_workflows()  # the namespace is there, and lists work
    except (RPCError, RuntimeError):
        return None
    return client


async def _set_retention(client: Client) -> None:
    request = UpdateNamespaceRequest(namespace=NAMESPACE)
    request.config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
    await client.workflow_service.update_namespace(request)
