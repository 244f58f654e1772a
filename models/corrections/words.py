"""The finite sets of words of a correction, and how each is said in Vietnamese."""

from enum import StrEnum


class CorrectionState(StrEnum):
    """Where a correction stands. The last three are ends at which nothing was touched."""

    RECEIVED = "correction_received"
    AWAITING_APPROVAL = "correction_awaiting_approval"
    QUEUED = "correction_queued"
    """Another correction of the same case is under way."""
    IN_PROGRESS = "correction_in_progress"
    CLAIMING_BACK = "correction_claiming_back"
    """Every agency has acknowledged; a person still owes the end of a task."""
    COMPLETED = "correction_completed"
    REFUSED = "correction_refused"
    DISAGREED = "correction_disagreed"
    """The second person did not approve."""
    CANCELLED = "correction_cancelled"
    """Operations cancelled it. What was told by then stays told."""


ENDED = frozenset(
    {
        CorrectionState.COMPLETED,
        CorrectionState.REFUSED,
        CorrectionState.DISAGREED,
        CorrectionState.CANCELLED,
    }
)


class StepState(StrEnum):
    """Where one step of a correction stands."""

    WAITING = "waiting"
    TELLING = "telling"
    UNREACHABLE = "unreachable"
    PARKED = "parked"
    ACKNOWLEDGED = "acknowledged"
    GIVEN_BACK = "given_back"
    """The dossier was still open, and its agency has given it back: there is nothing to undo."""


SETTLED_STEPS = frozenset({StepState.ACKNOWLEDGED, StepState.GIVEN_BACK})


class TaskOutcome(StrEnum):
    """How a person closed the task of claiming money back."""

    CLAIMED_BACK = "claimed_back"
    WAIVED = "waived"
    OFFSET = "offset"
    """Set off against other money due to the same person."""
    NOT_OWED = "not_owed"
    """It turned out that nothing had been paid."""


CORRECTION_STATE = {
    CorrectionState.RECEIVED: "đang tiếp nhận",
    CorrectionState.AWAITING_APPROVAL: "chờ người thứ hai phê duyệt",
    CorrectionState.QUEUED: "chờ quyết định khác của cùng hồ sơ thực hiện xong",
    CorrectionState.IN_PROGRESS: "đang thực hiện",
    CorrectionState.CLAIMING_BACK: "các cơ quan đã xác nhận, chờ thu hồi tiền",
    CorrectionState.COMPLETED: "đã thực hiện xong",
    CorrectionState.REFUSED: "không được tiếp nhận",
    CorrectionState.DISAGREED: "không được phê duyệt",
    CorrectionState.CANCELLED: "đã bị hủy",
}

STEP_STATE = {
    StepState.WAITING: "chưa báo",
    StepState.TELLING: "đã báo, chờ xác nhận",
    StepState.UNREACHABLE: "chưa liên lạc được, đang thử lại",
    StepState.PARKED: "tạm gác, cần người xử lý",
    StepState.ACKNOWLEDGED: "đã xác nhận",
    StepState.GIVEN_BACK: "cơ quan đã trả lại hồ sơ, không phải hủy kết quả nào",
}

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

TASK_OUTCOME = {
    TaskOutcome.CLAIMED_BACK: "đã thu hồi",
    TaskOutcome.WAIVED: "miễn thu hồi",
    TaskOutcome.OFFSET: "đã khấu trừ",
    TaskOutcome.NOT_OWED: "không phải thu hồi",
}
