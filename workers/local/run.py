"""One run on this machine, from owning the state folder to the last process stopped."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from workers.local.errors import LocalRunError
from workers.local.keys import ensure_keys
from workers.local.plan import RunPlan
from workers.local.ports import Ports, refuse_taken
from workers.local.runfile import RunFile
from workers.local.stack import Commands, Say, Stack
from workers.local.state import StateFolder
from workers.local.supervisor import Supervisor
from workers.runtime.settings import Addresses, Settings

STARTS_WITHIN = 120.0
"""Seconds another command may take to start everything."""
_USUAL_PORTS = Ports.usual()
_OUR_COMMANDS = Commands()


@contextlib.asynccontextmanager
async def local_run(
    settings: Settings,
    *,
    say: Say,
    ports: Ports = _USUAL_PORTS,
    commands: Commands = _OUR_COMMANDS,
) -> AsyncIterator[Addresses]:
    """Everything on this machine, for as long as the block lasts; no process is left after it.

    Raises:
        LocalRunError: something keeps it from working; the message says how to mend it.
    """
    state = StateFolder.open(settings.state)
    with state.owned():
        runfile = RunFile(state.run / "processes.json")
        supervisor = Supervisor(runfile, say)
        plan = RunPlan(settings, ports)
        await _end_leftovers(state, runfile, say)
        refuse_taken(plan.wanted_ports())
        ensure_keys(settings.key_file, histories=state.histories, say=say)
        try:
            addresses = await Stack(plan, state, supervisor, commands, say).start()
            state.started_file.touch(mode=0o600)
            yield addresses
        finally:
            state.started_file.unlink(missing_ok=True)
            await supervisor.stop()
            settings.address_file.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def running_or_started(
    settings: Settings, *, say: Say, ports: Ports = _USUAL_PORTS, commands: Commands = _OUR_COMMANDS
) -> AsyncIterator[Addresses]:
    """Use what another command has started in this state folder, or else start it for the block.

    Raises:
        LocalRunError: as `local_run`, or the other command does not get it to start.
    """
    state = StateFolder.at(settings.state)
    if state.owner() is None:
        async with local_run(settings, say=say, ports=ports, commands=commands) as addresses:
            yield addresses
    else:
        await _until_started(state)
        yield settings.addresses()


async def _end_leftovers(state: StateFolder, runfile: RunFile, say: Say) -> None:
    state.started_file.unlink(missing_ok=True)
    ended = await runfile.end_leftovers()
    if ended:
        say(f"– Đã dừng tiến trình còn lại của lần chạy bị ngắt: {', '.join(ended)}.")


async def _until_started(state: StateFolder) -> None:
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            while not state.started_file.exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise LocalRunError(
            f"Lần chạy khác (pid {state.owner()}) chưa khởi động xong sau {STARTS_WITHIN:.0f} "
            f"giây: xem nhật ký trong {state.logs}, hoặc dừng nó bằng `lienthong down`."
        ) from None
