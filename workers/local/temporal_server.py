"""The Temporal dev server: cases in an SQLite file that survives restarts and kills."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from workers.local.errors import LocalRunError
from workers.local.ports import HOST
from workers.local.processes import Child, Command, until

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
class DevServer:
    """One dev server: where it listens and what it keeps."""

    port: int
    ui_port: int | None
    """None: without the web UI."""
    log: Path
    database: Path | None = None
    """None: in memory, gone at its end."""
    codec_server: str | None = None
    """Where the UI has payloads decoded."""
    dynamic_config: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """What clients connect to."""
        return f"{HOST}:{self.port}"

    async def launch(self) -> Child:
        """Start it.

        Raises:
            ChildFailedError: its program cannot be run.
            LocalRunError: its program is not installed.
        """
        return await Child.start(_command(self))

    async def until_ready(self, child: Child) -> None:
        """Wait until its namespace serves, then have it keep closed cases long enough.

        Raises:
            ChildFailedError: it ended, or takes too long.
        """
        await until(lambda: is_serving(self.address), child, within=READY_WITHIN)
        await _set_retention(self.address)


async def is_serving(address: str) -> bool:
    """Whether a Temporal server with our namespace answers there."""
    try:
        client = await Client.connect(address, namespace=NAMESPACE)
        await client.count_workflows()
    except (RPCError, RuntimeError):
        return False
    return True


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


def _command(server: DevServer) -> Command:
    listen = ("--ip", HOST, "--port", str(server.port))
    ui = ("--headless",) if server.ui_port is None else ("--ui-port", str(server.ui_port))
    codec = ("--ui-codec-endpoint", server.codec_server) if server.codec_server else ()
    config = (f"{key}={value}" for key, value in server.dynamic_config.items())
    return Command(
        name=NAME,
        argv=(
            *(str(temporal_program()), "server", "start-dev", "--log-level", "warn"),
            *(*listen, *ui, *codec, *_storage(server.database)),
            *(part for setting in config for part in ("--dynamic-config-value", setting)),
            *("--ui-disable-news-fetch", "--disable-config-file", "--disable-config-env"),
        ),
        log=server.log,
    )


def _storage(database: Path | None) -> tuple[str, ...]:
    if database is None:
        return ()
    pragmas = (part for pragma in DURABLE for part in ("--sqlite-pragma", pragma))
    return ("--db-filename", str(database), *pragmas)


async def _set_retention(address: str) -> None:
    client = await Client.connect(address, namespace=NAMESPACE)
    request = UpdateNamespaceRequest(namespace=NAMESPACE)
    request.config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
    await client.workflow_service.update_namespace(request)
