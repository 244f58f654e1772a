"""The order of a local run: what must serve before what, and as much at once as may be."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field

import asyncpg

from workers.local.errors import LocalRunError
from workers.local.plan import RunPlan
from workers.local.ports import free_ports
from workers.local.postgres import Postgres
from workers.local.postgres_home import find_home
from workers.local.processes import Command
from workers.local.runfile import replace_text
from workers.local.services import announced, postgres_service, served, temporal_service
from workers.local.state import StateFolder
from workers.local.supervisor import Supervisor
from workers.local.temporal_server import DevServer
from workers.runtime.settings import Addresses
from workers.runtime.temporal_setup import connect, ensure_search_attributes

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Commands:
    """The commands of ours that a local run keeps alive; tests put small programs here."""

    codec_server: tuple[str, ...] = (sys.executable, "-m", "workers.cli", "codec-server")
    agencies: tuple[str, ...] = (sys.executable, "-m", "workers.cli", "agencies", "serve")
    worker: tuple[str, ...] = (sys.executable, "-m", "workers.cli", "worker")
    env: Mapping[str, str] = field(default_factory=dict)
    """Settings for them on top of those of this process."""


class Stack:
    """Starts the services of one run under its supervisor."""

    def __init__(
        self,
        plan: RunPlan,
        state: StateFolder,
        supervisor: Supervisor,
        commands: Commands,
        say: Say,
    ) -> None:
        self._plan, self._state, self._supervisor = plan, state, supervisor
        self._commands, self._say = commands, say
        self.addresses = plan.addresses()

    async def start(self) -> Addresses:
        """Start all that is ours; when this returns, a case can run from end to end.

        Raises:
            LocalRunError: something did not come up; the rest was not started or must be stopped.
        """
        self._publish()
        await _together(self._start_records(), self._start_codec_server(), self._start_temporal())
        await self._start_worker()
        return self.addresses

    async def _start_records(self) -> None:
        if self._plan.serves_database:
            await self._start_postgres()
        else:
            await _refuse_dead_database(self._plan.settings.database_url)
            self._say("– PostgreSQL: dùng máy chủ trong DATABASE_URL.")
        await self._start_agencies()

    async def _start_postgres(self) -> None:
        server = Postgres(
            home=find_home(self._state.root, self._say),
            state=self._state.root,
            port=free_ports(1)[0],
            log=self._state.log("postgres"),
        )
        await self._supervisor.start(postgres_service(server))
        self.addresses = self.addresses.model_copy(update={"database_url": server.database_url})
        self._publish()

    async def _start_agencies(self) -> None:
        if not self._plan.serves_agencies:
            self._say("– Cơ quan: dùng các địa chỉ trong LIENTHONG_AGENCIES.")
            return
        command = self._our_command("agencies", self._commands.agencies)
        # The switchboard opens last; an agency that was set down in an earlier run stays closed.
        await self._supervisor.start(
            served("Cơ quan tham chiếu", command, [self.addresses.switchboard])
        )

    async def _start_codec_server(self) -> None:
        if not self._plan.serves_codec:
            self._say("– Máy chủ giải mã: dùng địa chỉ trong LIENTHONG_CODEC_SERVER.")
            return
        command = self._our_command("codec-server", self._commands.codec_server)
        await self._supervisor.start(
            served("Máy chủ giải mã", command, [self.addresses.codec_server])
        )

    async def _start_temporal(self) -> None:
        if self._plan.serves_temporal:
            await self._supervisor.start(temporal_service(self._dev_server()))
        else:
            self._say(f"– Temporal: dùng máy chủ đã cấu hình, {self.addresses.temporal}.")
        await ensure_search_attributes(await connect(self._plan.settings))

    def _dev_server(self) -> DevServer:
        return DevServer(
            port=self._plan.ports.temporal,
            ui_port=self._plan.ports.temporal_ui,
            log=self._state.log("temporal"),
            database=self._state.histories,
            codec_server=self.addresses.codec_server,
        )

    async def _start_worker(self) -> None:
        ready_file = self._state.run / "worker.ready"
        argv = (*self._commands.worker, "--ready-file", str(ready_file))
        command = self._our_command("worker", argv)
        await self._supervisor.start(announced("Xử lý hồ sơ", command, ready_file))

    def _our_command(self, name: str, argv: tuple[str, ...]) -> Command:
        env = {"LIENTHONG_STATE": str(self._state.root), **self._commands.env}
        return Command(name=name, argv=argv, log=self._state.log(name), env=env)

    def _publish(self) -> None:
        replace_text(
            self._plan.settings.address_file, self.addresses.model_dump_json(indent=2) + "\n"
        )


async def _together(*steps: Coroutine[None, None, None]) -> None:
    """Take steps at once; the first failure ends the others and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for step in steps:
                group.create_task(step)
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures


async def _refuse_dead_database(url: str | None) -> None:
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, ValueError, asyncpg.PostgresError) as error:
        raise LocalRunError(
            f"Không dùng được PostgreSQL trong DATABASE_URL ({type(error).__name__}): kiểm tra "
            "máy chủ có chạy không, địa chỉ, tên và mật khẩu; hoặc bỏ biến đó để dùng bản kèm theo."
        ) from None  # its own text may quote the URL, and with it the password
    await connection.close()
