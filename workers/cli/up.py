"""`lienthong up` and `down`: everything on this machine, started and stopped."""

import asyncio
import enum
from typing import Annotated

import typer

from workers.cli.console import fail, out
from workers.local.interrupts import run_until_told
from workers.local.ports import Ports
from workers.local.purging import purge
from workers.local.run import local_run
from workers.local.stack import Commands
from workers.local.state import StateFolder
from workers.local.stopping import stop_run
from workers.runtime.settings import Addresses, Settings


class PortChoice(enum.StrEnum):
    """Which ports to listen on."""

    USUAL = "usual"
    AUTO = "auto"

    def ports(self) -> Ports:
        """The ports themselves."""
        return Ports.usual() if self is PortChoice.USUAL else Ports.free()


def up(
    *,
    ports: Annotated[
        PortChoice, typer.Option(help="usual: các cổng mặc định; auto: tự chọn cổng trống.")
    ] = PortChoice.USUAL,
    allow_plain_starts: Annotated[
        bool, typer.Option("--allow-plain-starts", help="Nhận hồ sơ không mã hoá (để thử).")
    ] = False,
    allow_backdating: Annotated[
        bool, typer.Option("--allow-backdating", help="Nhận giờ tiếp nhận đã qua (để thử).")
    ] = False,
) -> None:
    """Chạy mọi thứ trên máy này cho đến Ctrl-C; hồ sơ đang mở được xử lý tiếp."""
    settings = Settings.read()
    commands = Commands(
        env=env_of(allow_plain_starts=allow_plain_starts, allow_backdating=allow_backdating)
    )
    try:
        run_until_told(_up(settings, ports.ports(), commands))
    except OSError as error:
        fail(f"Không ghi hoặc đọc được {error.filename or 'tệp'}: {error.strerror or error}.")
    say("Đã dừng; dữ liệu còn nguyên, `lienthong up` để chạy tiếp.")


def down(
    *,
    purge_state: Annotated[
        bool, typer.Option("--purge", help="Xoá luôn mọi hồ sơ, khoá và nhật ký.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Xoá mà không hỏi lại.")] = False,
) -> None:
    """Dừng lần chạy của thư mục trạng thái này."""
    state = StateFolder.at(Settings.read().state)
    stopped = asyncio.run(stop_run(state))
    say(f"Đã dừng: {', '.join(stopped)}." if stopped else "Không có gì đang chạy.")
    if purge_state and (yes or _confirmed(state)):
        for folder in purge(state):
            say(f"Đã xoá {folder}.")


def env_of(*, allow_plain_starts: bool, allow_backdating: bool) -> dict[str, str]:
    """Settings of the processes `up` starts that differ from those of this one."""
    chosen = {
        "LIENTHONG_ALLOW_PLAIN_STARTS": allow_plain_starts,
        "LIENTHONG_ALLOW_BACKDATING": allow_backdating,
    }
    return {name: "true" for name, is_on in chosen.items() if is_on}


def say(line: str) -> None:
    """One line for people, as it is."""
    out.print(line, markup=False, soft_wrap=True)


async def _up(settings: Settings, ports: Ports, commands: Commands) -> None:
    async with local_run(settings, say=say, ports=ports, commands=commands) as addresses:
        _say_where(addresses)
        await asyncio.Event().wait()


def _say_where(addresses: Addresses) -> None:
    if addresses.temporal_ui:
        say(f"Xem hồ sơ: {addresses.temporal_ui}")
    say("Sẵn sàng. Dừng: Ctrl-C.")


def _confirmed(state: StateFolder) -> bool:
    return typer.confirm(f"Xoá mọi hồ sơ, khoá và nhật ký trong {state.root}?")
