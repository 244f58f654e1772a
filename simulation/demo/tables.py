"""The end of a demonstration for people: a table of what came out of each kind of declaration."""

from itertools import groupby

from rich.table import Table
from rich.text import Text

from simulation.demo.summary import KindSummary, Summary
from simulation.demo.words import DEPENDS, KIND, counts_in_words, state_in_words

_GOOD, _BAD = Text("✓", style="green"), Text("✗", style="bold red")


_CODE = 19
"""Width in which the longest reason code stands whole."""


def outcome_table(summary: Summary) -> Table:
    """One row a kind: how many, what was meant to become of them, and what did."""
    table = Table(title=f"Kết quả {summary.submitted} tờ khai", title_justify="left")
    table.add_column("Loại tờ khai", max_width=34)
    table.add_column("Số tờ", justify="right", no_wrap=True)
    table.add_column("Dự kiến", min_width=_CODE, max_width=22)
    table.add_column("Thực tế", min_width=_CODE, max_width=22)
    table.add_column("", no_wrap=True)
    for _, kinds in groupby(summary.kinds, key=lambda kind: kind.group):
        for kind in kinds:
            table.add_row(*_row(kind))
        table.add_section()
    return table


def _row(kind: KindSummary) -> tuple[str | Text, ...]:
    is_fine = kind.as_intended == kind.submitted
    return (
        KIND[kind.kind],
        str(kind.submitted),
        _with_reasons(_meant(kind), kind.intended_reason_codes),
        _with_reasons(counts_in_words(kind.got, state_in_words), kind.got_reason_codes),
        _GOOD if is_fine else _BAD,
    )


def _meant(kind: KindSummary) -> str:
    return DEPENDS.get(kind.kind) or state_in_words(kind.intended_state)


def _with_reasons(words: str, codes: tuple[str, ...]) -> str:
    return f"{words}: {', '.join(codes)}" if codes else words
