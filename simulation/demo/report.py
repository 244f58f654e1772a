"""What is worth saying about a demonstration beside its table, in whole sentences."""

from collections import Counter
from collections.abc import Iterator

from models.entitlements.money import in_dong
from models.kernel.vocabulary import Attention, SlaStatus
from models.law.law import Law
from simulation.demo.summary import LeftOpen, PaidSummary, Summary
from simulation.demo.words import (
    ISSUED,
    counts_in_words,
    holder_in_words,
    number,
    sla_in_words,
    state_in_words,
)

MOST_OPEN_SHOWN = 10


def report_lines(summary: Summary, law: Law) -> Iterator[str]:
    """Counts, marks, speed, what is still open, and the verdict last."""
    yield from _opened(summary)
    yield from _marks(summary)
    yield from _speed(summary)
    yield from _left_open(summary)
    yield from _open(summary, law)
    yield _verdict(summary)


def _opened(summary: Summary) -> Iterator[str]:
    if not summary.opened:
        yield "Không mở hồ sơ nào."
        return
    closed = counts_in_words(summary.sla, sla_in_words)
    yield f"Đã mở {summary.opened} hồ sơ{f': {closed}' if closed else ''}."
    yield from _issued(summary)


def _marks(summary: Summary) -> Iterator[str]:
    if summary.backdated:
        late = ", vì vậy có hồ sơ đã quá hạn" if _is_late(summary) else ""
        yield f"Lùi giờ tiếp nhận (chỉ để chạy thử): {summary.backdated} hồ sơ{late}."
    if summary.backdating_refused:
        yield (
            f"Máy chủ đang chạy không nhận giờ tiếp nhận đã qua: {summary.backdating_refused} hồ "
            "sơ được tính hạn từ lúc nộp."
        )


def _is_late(summary: Summary) -> bool:
    left = any(each.sla is SlaStatus.OVERDUE for each in summary.left_open)
    return left or bool(summary.sla.get(SlaStatus.CLOSED_LATE))


def _issued(summary: Summary) -> Iterator[str]:
    said = ", ".join(f"{each.granted} {ISSUED[each.procedure]}" for each in summary.issued)
    doubled = sum(each.granted - each.different for each in summary.issued)
    yield f"Đã cấp: {said}; " + ("không số nào trùng." if not doubled else f"{doubled} SỐ TRÙNG.")
    yield from _paid(summary.paid)


def _paid(paid: PaidSummary) -> Iterator[str]:
    if not paid.payments and not paid.returned:
        return
    twice = paid.payments - paid.decisions
    words = f"{twice} KHOẢN CHI HAI LẦN" if twice else "không khoản nào chi hai lần"
    back = f"; {paid.returned} khoản bị trả về, chờ người xử lý" if paid.returned else ""
    yield f"Kho bạc đã chi: {paid.payments} khoản, tổng {in_dong(paid.amount)} đồng, {words}{back}."


def _speed(summary: Summary) -> Iterator[str]:
    speed = summary.speed
    told = (
        (speed.first_completed_seconds, "hồ sơ đầu tiên xong sau {} giây kể từ khi gõ lệnh"),
        (speed.declarations_per_second, "{} tờ khai mỗi giây"),
        (speed.receipt_p95_seconds, "95% được tiếp nhận và có giấy hẹn trong {} giây"),
    )
    said = [words.format(number(value)) for value, words in told if value is not None]
    if said:
        yield f"Tốc độ: {'; '.join(said)}."


def _left_open(summary: Summary) -> Iterator[str]:
    if summary.left_open:
        stand = Counter(_stands(each) for each in summary.left_open)
        said = ", ".join(f"{count} {words}" for words, count in stand.most_common())
        yield f"Cố ý để mở {len(summary.left_open)} hồ sơ cho người quyết định: {said}."


def _stands(left: LeftOpen) -> str:
    is_held = left.attention is Attention.PARKED
    return "có khoản chi bị trả về" if is_held else sla_in_words(left.sla)


def _open(summary: Summary, law: Law) -> Iterator[str]:
    if not summary.open_cases:
        return
    yield f"Còn mở {len(summary.open_cases)} hồ sơ, thôi chờ vì không có gì thay đổi. Đang chờ:"
    for case in summary.open_cases[:MOST_OPEN_SHOWN]:
        holders = ", ".join(holder_in_words(each, law) for each in case.waiting_for)
        yield f"  {case.case_code or case.case_id}: {holders or 'chưa được tiếp nhận'}"
    if len(summary.open_cases) > MOST_OPEN_SHOWN:
        yield f"  … và {len(summary.open_cases) - MOST_OPEN_SHOWN} hồ sơ nữa"


def _verdict(summary: Summary) -> str:
    if summary.as_intended:
        return "Mọi tờ khai cho kết quả đúng như dự kiến."
    if summary.open_cases:
        return "Chưa có đủ kết quả: hồ sơ còn mở được xử lý tiếp khi nơi đang chờ trả lời."
    if summary.seed_used_before:
        return (
            f"Số --seed {summary.seed} đã dùng lần trước, nên các tờ khai ấy được báo là trùng:"
            f" {counts_in_words(summary.states, state_in_words)}. Bỏ --seed để có gia đình mới."
        )
    return "Có tờ khai cho kết quả KHÁC dự kiến: xem các dòng ✗."
