"""Three things to try after a demonstration: commands and links that work as they stand."""

from collections.abc import Iterator
from urllib.parse import quote

from workers.demo.summary import Summary

NAMESPACE = "default"
UNFULFILLED = 'CaseState IN ("partly_completed", "refused")'
"""A filter for the list of cases: those in which an agency said no."""


def hints(summary: Summary, command: str, *, runs_on: bool) -> Iterator[str]:
    """Lines for people; `command` is how they call this program from where they stand."""
    where = "Ở một cửa sổ dòng lệnh khác" if runs_on else f"Chạy lại bằng `{command} up`, rồi"
    yield f"Ba việc nên thử. {where}:"
    yield from _look(summary, command)
    yield "3. Cho BHXH ngừng nhận hồ sơ, nộp thêm, xem thường trú không phải chờ, rồi mở lại:"
    yield f"   {command} agencies set insurance down"
    yield f"   {command} demo --cases 20"
    yield f"   {command} agencies set insurance up   (gõ ở cửa sổ thứ ba, khi demo đang chờ)"


def _look(summary: Summary, command: str) -> Iterator[str]:
    if summary.temporal_ui:
        yield "1. Xem các hồ sơ chưa được giải quyết trọn vẹn trên giao diện Temporal:"
        yield f"   {ui_link(summary.temporal_ui, UNFULFILLED)}"
    else:
        yield "1. Trên giao diện của máy chủ Temporal đang dùng, lọc danh sách bằng:"
        yield f"   {UNFULFILLED}"
    if summary.example_case:
        yield "2. Xem một hồ sơ: từng thủ tục, thời hạn, nhật ký:"
        yield f"   {command} case {summary.example_case}"
    else:
        yield "2. Xem trạng thái của từng cơ quan:"
        yield f"   {command} agencies show"


def ui_link(ui: str, query: str) -> str:
    """The list of cases in the Temporal UI, filtered."""
    return f"{ui}/namespaces/{NAMESPACE}/workflows?query={quote(query)}"
