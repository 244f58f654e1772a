"""Things to try after a demonstration: commands and links that work as they stand."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from models.kernel.vocabulary import Attention
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.death_hints import Hint, death_hints
from simulation.demo.samples import TryOut
from simulation.demo.summary import Summary

NAMESPACE = "default"
UNFULFILLED = 'CaseState IN ("partly_completed", "refused")'
"""A filter for the list of cases: those in which an agency said no."""
COMPLETED = 'CaseState = "completed"'
OVERDUE = "SlaStatus = 'overdue' AND ExecutionStatus = 'Running'"
DUE_SOON = "SlaStatus = 'due_soon' AND ExecutionStatus = 'Running'"
ATTENTION = "ProcedureGroup = 'death' AND Attention = 'parked'"
FOLDER = "giay-to"
_MONTH = timedelta(days=31)


def hints(summary: Summary, found: TryOut, command: str, *, runs_on: bool) -> Iterator[str]:
    """Lines for people; `command` is how they call this program from where they stand."""
    where = "Ở một cửa sổ dòng lệnh khác" if runs_on else f"Chạy lại bằng `{command} up`, rồi"
    yield f"Những việc nên thử. {where}:"
    ui = summary.temporal_ui if runs_on else None
    for number, (title, *lines) in enumerate(_all(summary, found, command, ui), start=1):
        yield f"{number}. {title}"
        yield from (f"   {line}" for line in lines)


def _all(summary: Summary, found: TryOut, command: str, ui: str | None) -> Iterator[Hint]:
    codes = {each.kind: each.case_code for each in reversed(summary.left_open)}
    if BirthKind.LATE in codes:
        yield _late(command, ui)
        yield _people(codes.get(BirthKind.LATE), codes.get(BirthKind.SUPPLEMENT), command)
    yield _look(summary, command, ui)
    if any(each.attention is Attention.PARKED for each in summary.left_open):
        yield ("Xem hồ sơ khai tử cần người xử lý trên giao diện:", _where(ui, ATTENTION))
    yield from death_hints(summary, found, command, FOLDER)
    if summary.papers:
        yield _papers(summary, command)
    yield _outage(command)


def _late(command: str, ui: str | None) -> Hint:
    return (
        "Xem hồ sơ quá hạn, hồ sơ sắp đến hạn trên giao diện, rồi theo cơ quan và xã:",
        _where(ui, OVERDUE),
        _where(ui, DUE_SOON),
        f"{command} sla late",
    )


def _people(late: str | None, wanted: str | None, command: str) -> Hint:
    lines = (
        (late, f"{command} case {late} --clock"),
        (late, f"{command} decide {late} register_residence granted --by CA-01"),
        (wanted, f"{command} supplement {wanted} register_residence --item CT01=tep-1"),
    )
    title = "Xem đồng hồ của một hồ sơ để mở, quyết định thay công an, bổ sung thay gia đình:"
    return (title, *(line for code, line in lines if code))


def _look(summary: Summary, command: str, ui: str | None) -> Hint:
    is_mixed = bool(summary.reason_codes)
    words = "chưa được giải quyết trọn vẹn" if is_mixed else "đã giải quyết xong"
    found = _where(ui, UNFULFILLED if is_mixed else COMPLETED)
    if summary.example_case is None:
        return (
            f"Xem các hồ sơ {words} trên giao diện, rồi từng cơ quan đang hoạt động thế nào:",
            found,
            f"{command} agencies show",
        )
    return (
        f"Xem các hồ sơ {words} trên giao diện, rồi một hồ sơ với từng thủ tục và nhật ký:",
        found,
        f"{command} case {summary.example_case}",
        _where(ui, case_query(summary.example_case)),
    )


def _papers(summary: Summary, command: str) -> Hint:
    since = summary.day - _MONTH
    return (
        f"Mở giấy tờ (PDF) trong thư mục {FOLDER}: đủ các mẫu 01–06, rồi sổ theo dõi (mẫu 07):",
        *(f"{command} case {code} --documents {FOLDER}" for code in summary.papers),
        f"{command} documents register --from {since} --to {summary.day} --dir {FOLDER}",
    )


def _outage(command: str) -> Hint:
    return (
        "Cho BHXH ngừng nhận hồ sơ, nộp thêm, xem thường trú không phải chờ, rồi mở lại:",
        f"{command} agencies set insurance down",
        f"{command} demo --cases 20",
        f"{command} agencies set insurance up   (gõ ở cửa sổ thứ ba, khi demo đang chờ)",
    )


def _where(ui: str | None, query: str) -> str:
    """A link; where no interface serves now, what to write into the filter of the next."""
    return ui_link(ui, query) if ui else query


def case_query(case_code: str) -> str:
    """A filter for one case."""
    return f'CaseCode = "{case_code}"'


def ui_link(ui: str, query: str) -> str:
    """The list of cases in the Temporal UI, filtered."""
    return f"{ui}/namespaces/{NAMESPACE}/workflows?query={quote(query)}"
