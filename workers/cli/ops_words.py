"""What operators are told, in Vietnamese: dead cases, what waits for a person, releases."""

from collections.abc import Iterable

from rich.table import Column, Table

from models.cases.events import WaitKind
from models.kernel.words import official_time
from models.operations.outbox import OutboxCount, RefusedNotice
from models.operations.releases import KnownFrom, Released
from models.operations.troubles import StuckCase, StuckDossier, Wait
from workers.cli.console import err, out
from workers.client.releasing import NeedsForceError
from workers.client.stuck import Stuck

RUN_STATUS = {
    "terminated": "bị dừng ngang (Terminate)",
    "timed_out": "hết thời gian chạy",
    "failed": "lỗi",
    "canceled": "đã hủy",
    "completed": "đã kết thúc mà sổ chưa ghi",
    "continued_as_new": "đã chuyển lượt chạy",
    "not_found": "Temporal không còn biết",
}
WAIT = {
    WaitKind.DOSSIER: "thủ tục bị tạm gác",
    WaitKind.STEP: "bước chung bị tạm gác",
    WaitKind.PAYMENT: "khoản chi chờ người xử lý",
    WaitKind.CORRECTION: "đang cải chính, thu hồi",
    WaitKind.UNKNOWN: "cần người xử lý; xem hồ sơ",
}
KNOWN_FROM = {
    KnownFrom.CASE: "theo lịch sử của chính hồ sơ",
    KnownFrom.LEDGER: "theo nhật ký; có thể thiếu việc làm sau lần ghi cuối",
}


def describe_stuck(found: Stuck) -> None:
    """Tables for what there is, then one line that counts it."""
    if found.dead:
        out.print(_dead(found.dead))
    if found.waiting:
        out.print(_waiting(found.waiting))
    refused = found.reminders.refused
    out.print(
        f"{len(found.dead)} hồ sơ không còn tiến trình, {len(found.waiting)} việc chờ người xử lý,"
        f" {refused} thông báo nhắc hạn bị từ chối."
    )
    if found.dead:
        out.print(
            "Giải phóng một hồ sơ: lienthong ops release MÃ --by … --reason …", soft_wrap=True
        )
    if refused:
        out.print("Xem và gửi lại thông báo: lienthong ops reminders", soft_wrap=True)


def describe_released(released: Released) -> None:
    """What stands on record, whoever asked first."""
    event = "sự kiện vẫn được giữ" if released.keeps_event else "gia đình có thể nộp lại"
    out.print(
        f"Hồ sơ {released.case_code} ghi là {released.state.label}: {event}."
        f" Do {released.released_by} ghi lúc {official_time(released.released_at)}.",
        soft_wrap=True,
    )


def describe_needs_force(code: str, error: NeedsForceError) -> None:
    """Why not, and what to do first."""
    err.print(
        f"[bold red]Chưa giải phóng:[/] {code}, {KNOWN_FROM[error.known_from]}:"
        f" {_states(error.dossiers)}.",
        soft_wrap=True,
    )
    err.print(
        "Hồ sơ mới mang mã mới, nên cơ quan không biết đó là cùng một việc và có thể làm hai lần."
        " Hãy hỏi cơ quan, đề nghị trả lại hồ sơ còn mở, rồi chạy lại với --force; hoặc dùng"
        " --keep-event để chỉ ghi hồ sơ là đã đóng, không cho nộp lại.",
        soft_wrap=True,
    )
    if error.known_from is KnownFrom.LEDGER:
        err.print(
            "Khi có `lienthong worker` đang chạy và lịch sử còn lưu, chính hồ sơ sẽ cho biết rõ"
            " hơn.",
            soft_wrap=True,
        )


def describe_reminders(count: OutboxCount, refused: Iterable[RefusedNotice]) -> None:
    """How full the outbox is, and what the office calls wrong."""
    table = Table(Column("Khóa", overflow="fold"), "Hồ sơ", "Bị từ chối lúc", "Số lần gửi", "Lỗi")
    for one in refused:
        tries = str(one.attempts)
        table.add_row(one.key, one.case_code, official_time(one.refused_at), tries, one.error)
    if table.row_count:
        out.print(table)
    since = count.oldest_waiting_since
    oldest = f", lâu nhất từ {official_time(since)}" if since else ""
    out.print(
        f"{count.waiting} thông báo chờ gửi{oldest}; {count.resting} đang tạm nghỉ sau lần gửi"
        f" không thành; {count.refused} bị từ chối.",
        soft_wrap=True,
    )


def _dead(cases: Iterable[StuckCase]) -> Table:
    table = Table(
        Column("Hồ sơ", no_wrap=True),
        "Tiến trình",
        "Từ",
        "Các thủ tục theo nhật ký",
        title="Sổ ghi là đang mở, nhưng không còn tiến trình nào",
    )
    for case in cases:
        status = RUN_STATUS.get(case.run_status, case.run_status)
        since = official_time(case.ended_at or case.recorded_at)
        table.add_row(case.case_code, status, since, _states(case.dossiers))
    return table


def _waiting(waits: Iterable[Wait]) -> Table:
    table = Table(
        Column("Hồ sơ", overflow="fold"),
        "Thủ tục",
        "Việc",
        "Từ",
        "Vì",
        title="Chờ người xử lý",
    )
    for wait in waits:
        since = official_time(wait.since) if wait.since else ""
        name = wait.case_code or wait.case_id
        table.add_row(name, wait.procedure or "", WAIT[wait.kind], since, wait.because or "")
    return table


def _states(dossiers: Iterable[StuckDossier]) -> str:
    return ", ".join(f"{one.title or one.procedure}: {one.state.label}" for one in dossiers)
