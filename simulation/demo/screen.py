"""Live progress: a picture redrawn on a terminal, a line now and then everywhere else."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from models.law.law import Law
from simulation.demo.progress import Progress
from simulation.demo.words import counts_in_words, holder_in_words, state_in_words

BAR = 40
REDRAWS_PER_SECOND = 4
LINE_EVERY = 4.0
"""Seconds between two lines where there is no terminal; none is written while nothing moves."""


@dataclass(frozen=True)
class Screen:
    """Shows one demonstration on one console."""

    console: Console
    progress: Progress
    law: Law

    @asynccontextmanager
    async def shown(self) -> AsyncIterator[None]:
        """Show the progress for as long as the block lasts, and once more at its end."""
        if self.console.is_terminal:
            with Live(
                get_renderable=self._picture,
                console=self.console,
                refresh_per_second=REDRAWS_PER_SECOND,
            ):
                yield
        else:
            async with self._lines():
                yield

    @asynccontextmanager
    async def _lines(self) -> AsyncIterator[None]:
        writing = asyncio.create_task(self._write_lines())
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            self._say(self.line())

    async def _write_lines(self) -> None:
        mark = self.progress.mark()
        while True:
            await asyncio.sleep(LINE_EVERY)
            if mark != (mark := self.progress.mark()):
                self._say(self.line())

    def _say(self, line: str) -> None:
        self.console.print(line, markup=False, soft_wrap=True)

    def line(self) -> str:
        """Everything in one line."""
        return " · ".join(f"{title.lower()} {text}" for title, _, text in self._rows() if text)

    def _picture(self) -> RenderableType:
        grid = Table.grid(padding=(0, 2))
        for title, done, text in self._rows():
            grid.add_row(title, Text() if done is None else self._bar(done), text)
        return Group(Text(), grid, Text())

    def _bar(self, done: int) -> ProgressBar:
        return ProgressBar(
            total=len(self.progress.planned),
            completed=done,
            width=BAR,
            complete_style="cyan",
            finished_style="green",
        )

    def _rows(self) -> Iterator[tuple[str, int | None, str]]:
        progress = self.progress
        total, ended, kept = len(progress.planned), len(progress.told), len(progress.kept)
        yield "Đã nộp", progress.handed_in, f"{progress.handed_in}/{total}"
        yield "Đã xong", ended, f"{ended}/{total}{self._states()}"
        if kept:
            yield "Để lại cho cán bộ", None, f"{kept}"
        yield "Đang chờ", None, self._holders()

    def _states(self) -> str:
        states = {state.value: count for state, count in self.progress.states().items()}
        return f" ({counts_in_words(states, state_in_words)})" if states else ""

    def _holders(self) -> str:
        holders = self.progress.holders().most_common()
        return ", ".join(f"{holder_in_words(holder, self.law)} {n}" for holder, n in holders)
