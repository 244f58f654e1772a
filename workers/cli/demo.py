"""`lienthong demo`: births and deaths on real servers, watched to their outcome."""

import asyncio
import os
import shlex
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import psutil
import typer
from rich.console import Console

from adapters.law.files import load_law
from simulation.demo.demonstration import Demonstration, Wish, demonstrate
from simulation.demo.hints import hints
from simulation.demo.memory import CHOSEN_SEEDS
from simulation.demo.plan import Groups
from simulation.demo.report import report_lines
from simulation.demo.summary import Summary
from simulation.demo.tables import outcome_table
from workers.cli.console import EXIT_FINDING, err, fail, out, print_json
from workers.cli.up import PortChoice, env_of
from workers.local.interrupts import run_until_told
from workers.local.ports import Ports
from workers.local.run import running_or_started
from workers.local.stack import Commands
from workers.local.state import StateFolder
from workers.runtime.clock import now
from workers.runtime.settings import Settings

MOST_CASES = 20_000


def demo(
    *,
    cases: Annotated[int, typer.Option(min=1, max=MOST_CASES, help="Số tờ khai.")] = 100,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=CHOSEN_SEEDS - 1,
            help="Cùng một số cho cùng các tờ khai. Bỏ trống: mỗi lần các gia đình mới.",
        ),
    ] = None,
    group: Annotated[
        Groups, typer.Option(help="Nhóm thủ tục; both: cứ ba tờ khai có một tờ khai tử.")
    ] = Groups.BOTH,
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
    """Chạy thử: nộp các tờ khai sinh, tờ khai tử mẫu và theo dõi đến khi có kết quả."""
    began = time.monotonic() - _age_of_this_process()
    wish = Wish(cases=cases, groups=group, seed=seed, patience=patience, now=now(), began=began)
    show = _Show(settings=Settings.read(), as_json=as_json, ends=ends)
    try:
        run_until_told(show.run(wish, ports.ports()))
    except OSError as error:
        fail(f"Không ghi hoặc đọc được {error.filename or 'tệp'}: {error.strerror or error}.")
    if show.summary is None:
        show.say("Đã dừng giữa chừng; hồ sơ đã mở được xử lý tiếp ở lần chạy sau.")
    if show.summary is None or not show.summary.as_intended:
        raise typer.Exit(EXIT_FINDING)


@dataclass(kw_only=True)
class _Show:
    """The demonstration in front of whoever asked for it: people, or a machine."""

    settings: Settings
    as_json: bool
    ends: bool
    summary: Summary | None = None

    def say(self, line: str) -> None:
        """One line for people, as it is; standard output belongs to machines if they asked."""
        self._console.print(line, markup=False, soft_wrap=True)

    async def run(self, wish: Wish, ports: Ports) -> None:
        """Start what does not run, demonstrate, and keep what we started running unless told."""
        state = StateFolder.at(self.settings.state)
        commands = Commands(env=env_of(allow_plain_starts=True, allow_backdating=True))
        async with running_or_started(
            self.settings, say=self.say, ports=ports, commands=commands
        ) as addresses:
            is_ours = state.owner() == os.getpid()
            done = await demonstrate(wish, self.settings, addresses, self._console)
            self.summary = done.summary
            self._show(done, runs_on=not (is_ours and self.ends))
            if is_ours and not self.ends:
                self.say("Mọi thứ vẫn chạy. Dừng: Ctrl-C.")
                await asyncio.Event().wait()

    @property
    def _console(self) -> Console:
        return err if self.as_json else out

    def _show(self, done: Demonstration, *, runs_on: bool) -> None:
        summary = done.summary
        if self.as_json:
            print_json(summary)
            return
        self._console.print(outcome_table(summary))
        for line in report_lines(summary, load_law(self.settings.law)):
            self.say(line)
        if summary.temporal_ui and runs_on:
            self.say(f"\nGiao diện: {summary.temporal_ui}")
        command = _our_command(self.settings.state)
        for line in hints(summary, done.try_out, command, runs_on=runs_on):
            self.say(line)


def _our_command(state: Path) -> str:
    """How this program can be called from the folder the user is in, about the same state."""
    program = Path(sys.prefix) / "bin" / "lienthong"
    here = Path.cwd()
    command = str(program.relative_to(here) if program.is_relative_to(here) else program)
    is_usual = state == Settings.model_fields["state"].default
    return command if is_usual else f"LIENTHONG_STATE={shlex.quote(str(state))} {command}"


def _age_of_this_process() -> float:
    return time.time() - psutil.Process().create_time()
