"""What `doctor` looks at, in order: this machine, then the servers that should be running."""

import asyncio
import sys

from codec.keys import Keyring
from workers.local.errors import LocalRunError
from workers.local.findings import Check, Look, checked
from workers.local.plan import RunPlan
from workers.local.ports import Ports, refuse_taken
from workers.local.postgres_programs import postgres_package
from workers.local.server_checks import server_looks
from workers.local.state import StateFolder
from workers.local.temporal_server import temporal_program
from workers.runtime.settings import Settings

OLDEST_PYTHON = (3, 11)


async def examine(settings: Settings) -> list[Check]:
    """Look at all a case needs on its way; at servers only where they should be running."""
    state = StateFolder.at(settings.state)
    found = [await checked(name, look) for name, look in _machine_looks(settings, state).items()]
    if state.owner() is None and RunPlan(settings, Ports.usual()).serves_something:
        ports = await checked("cổng", lambda: _ports(settings))
        return [*found, ports, _nothing_runs(state)]
    looks = server_looks(settings).items()
    return [*found, *await asyncio.gather(*(checked(name, look) for name, look in looks))]


def _machine_looks(settings: Settings, state: StateFolder) -> dict[str, Look]:
    return {
        "Python": _python,
        "chương trình": _programs,
        "thư mục trạng thái": lambda: _folder(state),
        "khoá": lambda: _keys(settings),
    }


async def _python() -> str:
    if sys.version_info < OLDEST_PYTHON:
        raise LocalRunError("Cần Python 3.11 trở lên: cài bản mới rồi chạy lại `make setup`.")
    return sys.version.split()[0]


async def _programs() -> str:
    postgres_package()
    return f"PostgreSQL, {temporal_program()}"


async def _folder(state: StateFolder) -> str:
    if not state.root.exists():
        return f"{state.root}: chưa có, `lienthong up` sẽ tạo"
    state.refuse_unusable()
    return str(state.root)


async def _keys(settings: Settings) -> str:
    if not settings.key_file.exists() and not StateFolder.at(settings.state).histories.exists():
        return f"{settings.key_file}: chưa có, `lienthong up` sẽ tạo"
    ring = Keyring.load(settings.key_file)
    return f"{settings.key_file}: {len(ring.keys)} khoá, chỉ chủ tệp đọc được"


async def _ports(settings: Settings) -> str:
    refuse_taken(RunPlan(settings, Ports.usual()).wanted_ports())
    return "các cổng mặc định đều trống"


def _nothing_runs(state: StateFolder) -> Check:
    return Check(
        name="đang chạy", ok=False, detail=f"Chưa chạy gì với {state.root}: chạy `lienthong up`."
    )
