"""`lienthong demo`: births of a plausible mix on real servers, watched to their outcome."""

import asyncio
import os
import shlex
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import psutil
import typer
from rich.console import Console

from adapters.law_files import load_law
from models.law import Law
from workers.cli.clock import now
from workers.cli.console import EXIT_FINDING, err, fail, out, print_json
from workers.cli.up import PortChoice, env_of
from workers.demo.families import fetch_families
from workers.demo.hints import hints
from workers.demo.kinds import families_needed
from workers.demo.memory import CHOSEN_SEEDS, Share, take_share
from workers.demo.mix import plan_births
from workers.demo.progress import Progress
from workers.demo.report import report_lines
from workers.demo.running import carry_out
from workers.demo.screen import Screen
from workers.demo.summary import Summary, summarize
from workers.demo.tables import outcome_table
from workers.desk import Desk
from workers.local.interrupts import run_until_told
from workers.local.ports import Ports
from workers.local.run import running_or_started
from workers.local.stack import Commands
from workers.local.state import StateFolder
from workers.settings import Addresses, Settings
from workers.temporal_setup import connect

MOST_CASES = 20_000


@dataclass(kw_only=True)
class Demo:
    """One demonstration as it was asked for, and what came of it."""

    settings: Settings
    cases: int
    seed: int | None
    ends: bool
    ports: Ports
    patience: float
    as_json: bool
    began: float
    summary: Summary | None = field(default=None)

    @property
    def console(self) -> Console:
        """Where people are spoken to: machines have standard output for themselves."""
        return err if self.as_json else out

    def say(self, line: str) -> None:
        """One line for people, as it is."""
        self.console.print(line, markup=False, soft_wrap=True)


def demo(
    *,
    cases: Annotated[int, typer.Option(min=1, max=MOST_CASES, help="Số tờ khai.")] = 100,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=CHOSEN_SEEDS - 1,
            help="Hạt giống: cùng số cho cùng tờ khai. Bỏ trống: mỗi lần các gia đình mới.",
        ),
    ] = None,
    ends: Annotated[
        bool, typer.Option("--exit", help="Xong thì dừng mọi thứ đã khởi động.")
    ] = False,
    ports: Annotated[
        PortChoice, typer.Option(help="usual: các cổng mặc định; auto: tự chọn cổng trống.")
    ] = PortChoice.USUAL,
    patience: Annotated[
        float, typer.Option(min=1, help="Thôi chờ sau bấy nhiêu giây không có gì thay đổi.")
    ] = 120,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """Chạy thử: nộp các tờ khai khai sinh mẫu và theo dõi đến khi có kết quả."""
    asked = Demo(
        settings=Settings.read(),
        cases=cases,
        seed=seed,
        ends=ends,
        ports=ports.ports(),
        patience=patience,
        as_json=as_json,
        began=time.monotonic() - _age_of_this_process(),
    )
    try:
        run_until_told(_demo(asked))
    except OSError as error:
        fail(f"Không ghi hoặc đọc được {error.filename or 'tệp'}: {error.strerror or error}.")
    if asked.summary is None:
        asked.say("Đã dừng giữa chừng; hồ sơ đã mở được xử lý tiếp ở lần chạy sau.")
    if asked.summary is None or not asked.summary.as_intended:
        raise typer.Exit(EXIT_FINDING)


async def _demo(asked: Demo) -> None:
    commands = Commands(env=env_of(allow_plain_starts=True, allow_backdating=True))
    state = StateFolder.at(asked.settings.state)
    async with running_or_started(
        asked.settings, say=asked.say, ports=asked.ports, commands=commands
    ) as addresses:
        asked.summary = await _carry_out(asked, addresses)
        runs_on = not asked.ends or state.owner() != os.getpid()
        _show(asked, asked.summary, load_law(asked.settings.law), runs_on=runs_on)
        if not asked.ends and state.owner() == os.getpid():
            asked.say("Mọi thứ vẫn chạy. Dừng: Ctrl-C.")
            await asyncio.Event().wait()


async def _carry_out(asked: Demo, addresses: Addresses) -> Summary:
    needed = families_needed(asked.cases)
    share = take_share(asked.settings.state, families=needed, seed=asked.seed, now=now())
    families = await fetch_families(addresses.switchboard, offset=share.first_family, count=needed)
    planned = plan_births(families, count=asked.cases, seed=share.seed, now=share.now)
    progress = Progress(planned=planned)
    _announce(asked, share, needed)
    desk = Desk(await connect(asked.settings))
    async with Screen(asked.console, progress, load_law(asked.settings.law)).shown():
        await carry_out(desk, progress, patience=asked.patience)
    return summarize(progress, share, began=asked.began, temporal_ui=addresses.temporal_ui)


def _announce(asked: Demo, share: Share, families: int) -> None:
    first, last = share.first_family + 1, share.first_family + families
    asked.say(f"Nộp {asked.cases} tờ khai của các gia đình mẫu số {first}–{last}.")


def _show(asked: Demo, summary: Summary, law: Law, *, runs_on: bool) -> None:
    if asked.as_json:
        print_json(summary)
        return
    asked.console.print(outcome_table(summary))
    for line in report_lines(summary, law):
        asked.say(line)
    if summary.temporal_ui:
        asked.say(f"\nGiao diện: {summary.temporal_ui}")
    for line in hints(summary, _our_command(asked.settings.state), runs_on=runs_on):
        asked.say(line)


def _our_command(state: Path) -> str:
    """How this program can be called from the folder the user is in, about the same state."""
    program = Path(sys.prefix) / "bin" / "lienthong"
    here = Path.cwd()
    command = str(program.relative_to(here) if program.is_relative_to(here) else program)
    is_usual = state == Settings.model_fields["state"].default
    return command if is_usual else f"LIENTHONG_STATE={shlex.quote(str(state))} {command}"


def _age_of_this_process() -> float:
    return time.time() - psutil.Process().create_time()
