"""How a demonstration says things to an official, in Vietnamese."""

from collections.abc import Callable, Mapping

from models.kernel.base import AgencyId
from models.kernel.vocabulary import Attention, CaseState, Holder, SlaStatus
from models.law.law import Law
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.death_kinds import DeathKind
from simulation.demo.kinds import Kind

KIND: Mapping[Kind, str] = {
    BirthKind.ALL_THREE: "Khai sinh, thường trú và thẻ BHYT",
    BirthKind.WITH_RESIDENCE: "Khai sinh và thường trú",
    BirthKind.WITH_CARD: "Khai sinh và thẻ BHYT",
    BirthKind.ALONE: "Chỉ khai sinh",
    BirthKind.TWINS: "Sinh đôi, mỗi trẻ một giấy chứng sinh",
    BirthKind.PLAIN: "Gửi không mã hóa",
    BirthKind.WRONG_HOUSEHOLDER: "Khai sai số định danh của chủ hộ",
    BirthKind.LATE: "Nhận từ nhiều ngày trước, công an chưa quyết định",
    BirthKind.DUE_SOON: "Sắp đến hạn, công an chưa quyết định",
    BirthKind.SUPPLEMENT: "Công an yêu cầu bổ sung",
    BirthKind.EXTENDED: "Công an xin lỗi và hẹn lại ngày trả",
    BirthKind.STOPPED: "Dừng theo yêu cầu vận hành",
    BirthKind.WITHDRAWN: "Gia đình rút phần thường trú",
    BirthKind.MISMATCH: "Khai sai ngày sinh của mẹ",
    BirthKind.INVALID: "Tờ khai sai nhiều chỗ",
    BirthKind.REPEATED: "Nộp lại đúng tờ khai đã nộp",
    BirthKind.CONTRADICTED: "Tờ khai khác, giấy chứng sinh đã dùng",
    DeathKind.INSURED: "Khai tử, xóa thường trú, mai táng phí BHXH",
    DeathKind.SUPPORTED: "Khai tử, xóa thường trú, mai táng phí BTXH",
    DeathKind.TWO: "Khai tử và xóa thường trú",
    DeathKind.FOUR: "Đủ bốn thủ tục, có tuất một lần",
    DeathKind.AT_HOME: "Chết tại nhà, giấy báo tử của UBND xã",
    DeathKind.CASH: "Nhận mai táng phí bằng tiền mặt",
    DeathKind.CONFIRMED: "Thân nhân xác nhận người đại diện kịp hạn",
    DeathKind.DISPUTED: "Thân nhân không thống nhất, chờ văn bản cử đại diện",
    DeathKind.RETURNED: "Sai số tài khoản, khoản chi bị trả về",
    DeathKind.TOO_FEW: "Chưa đóng đủ thời gian BHXH",
    DeathKind.DREW: "Đã hưởng BHXH một lần",
    DeathKind.NOBODYS: "Không thuộc đối tượng của quỹ nào",
    DeathKind.CLAIMED: "Cơ quan sử dụng lao động đã đề nghị mai táng phí",
    DeathKind.MISDATED: "Khai sai ngày sinh của người chết",
    DeathKind.ILL_FILLED: "Tờ khai tử sai nhiều chỗ",
    DeathKind.RIVAL: "Gia đình và nơi làm việc cùng nộp",
}
DEPENDS: Mapping[Kind, str] = {BirthKind.PLAIN: "được nhận và đánh dấu, hoặc không được nhận"}
"""What is meant to become of a kind where that depends on the settings of the server in use."""
ISSUED = {
    "register_birth": "giấy khai sinh",
    "register_residence": "đăng ký thường trú",
    "issue_card": "thẻ BHYT",
    "register_death": "trích lục khai tử",
    "remove_residence": "xóa thường trú",
    "insurance_funeral": "mai táng phí BHXH",
    "social_funeral": "mai táng phí BTXH",
    "survivor_lump_sum": "tuất một lần",
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
    if state == Attention.PARKED:
        return "còn mở, chờ người xử lý"
    if state in STANDS_OPEN:
        return f"còn mở, {SlaStatus(state).label}"
    return "còn mở" if state == OPEN else CaseState(state).label


def sla_in_words(sla: str) -> str:
    """How a case stood against its due date."""
    return SlaStatus(sla).label


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
