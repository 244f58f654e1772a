"""How the command line says, in Vietnamese, where a case stands."""

from models.cases.status import CaseStatus
from models.kernel.vocabulary import CaseState
from models.kernel.words import official_time
from workers.client.cases import Filed, Filing


def what_became(filed: Filed, status: CaseStatus) -> str:
    """One sentence about a declaration that was handed in."""
    if filed.filing is Filing.EXISTS:
        return _already_there(filed, status)
    if status.state is CaseState.DUPLICATE:
        return f"trùng: sự kiện này đã có hồ sơ {status.duplicate_of}; không mở hồ sơ mới."
    if status.state is CaseState.REFUSED_AT_INTAKE:
        wrong = "; ".join(f"{error.field}: {error.message}" for error in status.errors)
        return f"không được tiếp nhận: {wrong}"
    if status.closed_at:
        return f"hồ sơ {status.case_code} {status.state.label} ({status.sla.label})."
    promised = f", hẹn trả {official_time(status.promised_at)}" if status.promised_at else ""
    return f"đã mở hồ sơ {status.case_code}{promised}."


def _already_there(filed: Filed, status: CaseStatus) -> str:
    if status.declaration_digest == filed.digest:
        return f"tờ khai này đã được nộp: hồ sơ {status.case_code}; không mở hồ sơ mới."
    return (
        f"trùng: sự kiện này đã có hồ sơ {status.case_code} với tờ khai khác; không mở hồ sơ mới."
    )
