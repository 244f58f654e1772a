"""How a demonstration says things to an official, in Vietnamese."""

from collections.abc import Callable, Mapping

from models.base import AgencyId
from models.case_card import CASE_STATE, SLA
from models.law import Law
from models.vocabulary import CaseState, Holder, SlaStatus
from workers.demo.kinds import Kind

KIND: Mapping[Kind, str] = {
    Kind.ALL_THREE: "Khai sinh, thường trú và thẻ BHYT",
    Kind.WITH_RESIDENCE: "Khai sinh và thường trú",
    Kind.WITH_CARD: "Khai sinh và thẻ BHYT",
    Kind.ALONE: "Chỉ khai sinh",
    Kind.TWINS: "Sinh đôi, mỗi trẻ một giấy chứng sinh",
    Kind.PLAIN: "Gửi không mã hóa",
    Kind.WRONG_HOUSEHOLDER: "Khai sai số định danh của chủ hộ",
    Kind.LATE: "Nhận từ nhiều ngày trước, công an chưa quyết định",
    Kind.DUE_SOON: "Sắp đến hạn, công an chưa quyết định",
    Kind.SUPPLEMENT: "Công an yêu cầu bổ sung",
    Kind.EXTENDED: "Công an xin lỗi và hẹn lại ngày trả",
    Kind.STOPPED: "Dừng theo yêu cầu vận hành",
    Kind.WITHDRAWN: "Gia đình rút phần thường trú",
    Kind.MISMATCH: "Khai sai ngày sinh của mẹ",
    Kind.INVALID: "Tờ khai sai nhiều chỗ",
    Kind.REPEATED: "Nộp lại đúng tờ khai đã nộp",
    Kind.CONTRADICTED: "Tờ khai khác, giấy chứng sinh đã dùng",
}
DEPENDS = {Kind.PLAIN: "được nhận và đánh dấu, hoặc không được nhận"}
"""What is meant to become of a kind where that depends on the settings of the server in use."""
ISSUED = {
    "register_birth": "giấy khai sinh",
    "register_residence": "đăng ký thường trú",
    "issue_card": "thẻ BHYT",
}
OPEN = "open"
STANDS_OPEN = (SlaStatus.ON_TIME, SlaStatus.DUE_SOON, SlaStatus.OVERDUE, SlaStatus.PAUSED)
_OTHERS = {
    Holder.CITIZEN: "công dân",
    Holder.US: "phần mềm",
    Holder.OUTAGE: "mất liên lạc",
}


def state_in_words(state: str) -> str:
    """A state a declaration ended in, or that it has not ended, and how it stands if left so."""
    if state in STANDS_OPEN:
        return f"còn mở, {SLA[SlaStatus(state)]}"
    return "còn mở" if state == OPEN else CASE_STATE[CaseState(state)]


def sla_in_words(sla: str) -> str:
    """How a case stood against its due date."""
    return SLA[SlaStatus(sla)]


def holder_in_words(holder: str, law: Law) -> str:
    """Whom a case waits for."""
    if holder in _OTHERS:
        return _OTHERS[Holder(holder)]
    return law.agency(AgencyId(holder)).short_name


def number(value: float) -> str:
    """A number as written in Vietnam: with a decimal comma."""
    return f"{value:g}".replace(".", ",")


def counts_in_words(counts: Mapping[str, int], say: Callable[[str], str]) -> str:
    """So many of this, so many of that; the most first."""
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return ", ".join(f"{count} {say(name)}" for name, count in ordered)
