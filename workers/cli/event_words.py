"""How the command line says, in Vietnamese, what happened."""

from models.events import Event

EVENT = {
    Event.CASE_OPENED: "mở hồ sơ",
    Event.CASE_REFUSED: "không tiếp nhận",
    Event.CASE_DUPLICATED: "trùng hồ sơ đã có",
    Event.CASE_CLOSED: "đóng hồ sơ",
    Event.RECEIPT_SENT: "gửi giấy tiếp nhận và hẹn trả kết quả",
    Event.RECEIPT_DELAYED: "chưa gửi được giấy tiếp nhận",
    Event.DOSSIER_FILED: "chuyển hồ sơ đến cơ quan",
    Event.DOSSIER_ACCEPTED: "cơ quan đã tiếp nhận",
    Event.DOSSIER_VERIFYING: "cơ quan xác minh",
    Event.DOSSIER_SUPPLEMENT_WANTED: "yêu cầu bổ sung",
    Event.DOSSIER_SUPPLEMENTED: "công dân đã bổ sung",
    Event.DOSSIER_GRANTED: "đã giải quyết",
    Event.DOSSIER_REFUSED: "từ chối",
    Event.DOSSIER_NOT_FILED: "không chuyển hồ sơ",
    Event.DOSSIER_STOPPED: "dừng giải quyết",
    Event.DOSSIER_WITHDRAWN: "công dân đã rút hồ sơ",
    Event.DOSSIER_HANDED_OVER: "cơ quan chuyển hồ sơ cho đơn vị khác",
    Event.WITHDRAWAL_ASKED: "công dân xin rút hồ sơ",
    Event.WITHDRAWAL_REFUSED: "cơ quan không trả lại hồ sơ",
    Event.DUE_MOVED: "dời hạn",
    Event.STEP_REACHED: "đến mốc nhắc hạn",
    Event.STEP_MISSED: "mốc nhắc hạn đã qua từ trước",
    Event.AGENCY_UNREACHABLE: "không liên lạc được với cơ quan",
    Event.AGENCY_REACHED: "liên lạc lại được với cơ quan",
    Event.STEP_PARKED: "tạm gác do lỗi kỹ thuật",
    Event.STEP_RESUMED: "cho làm tiếp",
    Event.RESULTS_RETURNED: "trả kết quả",
}
