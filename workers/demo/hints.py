"""Three things to try after a demonstration: commands and links that work as they stand."""

from collections.abc import Iterator
from urllib.parse import quote

from workers.demo.summary import Summary

NAMESPACE = "default"
UNFULFILLED = 'CaseState IN ("partly_completed", "refused")'
"""A filter for the list of cases: those in which an agency said no."""
COMPLETED = 'CaseState = "completed"'


def hints(summary: Summary, command: str, *, runs_on: bool) -> Iterator[str]:
    """Lines for people; `command` is how they call this program from where they stand."""
    where = "Ở một cửa sổ dòng lệnh khác" if runs_on else f"Chạy lại bằng `{command} up`, rồi"
    yield f"Ba việc nên thử. {where}:"
    yield from _look(summary, command, summary.temporal_ui if runs_on else None)
    yield "3. Cho BHXH ngừng nhận hồ sơ, nộp thêm, xem thường trú không phải chờ, rồi mở lại:"
    yield f"   {command} agencies set insurance down"
    yield f"   {command} demo --cases 20"
    yield f"   {command} agencies set insurance up   (gõ ở cửa sổ thứ ba, khi demo đang chờ)"


def _look(summary: Summary, command: str, ui: str | None) -> Iterator[str]:
    is_mixed = bool(summary.reason_codes)
    words = "chưa được giải quyết trọn vẹn" if is_mixed else "đã giải quyết xong"
    yield f"1. Xem các hồ sơ {words} trên giao diện Temporal:"
    yield f"   {_where(ui, UNFULFILLED if is_mixed else COMPLETED)}"
    if summary.example_case:
        yield "2. Xem một hồ sơ, từng thủ tục, thời hạn và nhật ký, ở đây rồi trên giao diện:"
        yield f"   {command} case {summary.example_case}"
        yield f"   {_where(ui, case_query(summary.example_case))}"
    else:
        yield "2. Xem từng cơ quan đang hoạt động thế nào:"
        yield f"   {command} agencies show"


def _where(ui: str | None, query: str) -> str:
    """A link; where no interface serves now, what to write into the filter of the next."""
    return ui_link(ui, query) if ui else query


def case_query(case_code: str) -> str:
    """A filter for one case."""
    return f'CaseCode = "{case_code}"'


def ui_link(ui: str, query: str) -> str:
    """The list of cases in the Temporal UI, filtered."""
    return f"{ui}/namespaces/{NAMESPACE}/workflows?query={quote(query)}"
