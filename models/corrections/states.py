"""The finite sets of words of a correction, and how each is said in Vietnamese."""

from models.kernel.vocabulary import Labelled


class CorrectionState(Labelled):
    """Where a correction stands. The last three are ends at which nothing was touched."""

    RECEIVED = "correction_received", "đang tiếp nhận"
    AWAITING_APPROVAL = "correction_awaiting_approval", "chờ người thứ hai phê duyệt"
    QUEUED = "correction_queued", "chờ quyết định khác của cùng hồ sơ thực hiện xong"
    """Another correction of the same case is under way."""
    IN_PROGRESS = "correction_in_progress", "đang thực hiện"
    CLAIMING_BACK = "correction_claiming_back", "các cơ quan đã xác nhận, chờ thu hồi tiền"
    """Every agency has acknowledged; a person still owes the end of a task."""
    COMPLETED = "correction_completed", "đã thực hiện xong"
    REFUSED = "correction_refused", "không được tiếp nhận"
    DISAGREED = "correction_disagreed", "không được phê duyệt"
    """The second person did not approve."""
    CANCELLED = "correction_cancelled", "đã bị hủy"
    """Operations cancelled it. What was told by then stays told."""


ENDED = frozenset(
    {
        CorrectionState.COMPLETED,
        CorrectionState.REFUSED,
        CorrectionState.DISAGREED,
        CorrectionState.CANCELLED,
    }
)


class StepState(Labelled):
    """Where one step of a correction stands."""

    WAITING = "waiting", "chưa báo"
    TELLING = "telling", "đã báo, chờ xác nhận"
    UNREACHABLE = "unreachable", "chưa liên lạc được, đang thử lại"
    PARKED = "parked", "tạm gác, cần người xử lý"
    ACKNOWLEDGED = "acknowledged", "đã xác nhận"
    GIVEN_BACK = "given_back", "cơ quan đã trả lại hồ sơ, không phải hủy kết quả nào"
    """The dossier was still open, and its agency has given it back: there is nothing to undo."""


SETTLED_STEPS = frozenset({StepState.ACKNOWLEDGED, StepState.GIVEN_BACK})


class TaskOutcome(Labelled):
    """How a person closed the task of claiming money back."""

    CLAIMED_BACK = "claimed_back", "đã thu hồi"
    WAIVED = "waived", "miễn thu hồi"
    OFFSET = "offset", "đã khấu trừ"
    """Set off against other money due to the same person."""
    NOT_OWED = "not_owed", "không phải thu hồi"
    """It turned out that nothing had been paid."""


EFFECT = {
    "corrected": "đã cải chính",
    "revoked": "đã thu hồi",
    "restored": "đã khôi phục",
    "cancelled": "đã hủy",
    "renewed": "đã cấp lại",
    "stopped": "đã dừng chi",
    "paid": "tiền đã chi trước khi dừng",
    "returned": "tiền đã bị trả lại, không chi",
    "none": "không có gì phải thay đổi",
}
