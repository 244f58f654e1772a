"""Judging the start of a correction as it arrived: the decision, or everything wrong with it."""

import hashlib
import json
from collections.abc import Iterator

from models.contracts.corrections import CorrectionKind
from models.corrections.requests import CorrectionDecision, correction_workflow_id, is_same_person
from models.declarations.parse import Parsed, read_structure
from models.intake.intake import Submission
from models.kernel.findings import Finding


def read_decision(submission: Submission, *, allow_plain: bool) -> Parsed[CorrectionDecision]:
    """The decision a start states; as for cases, plain ones are taken only where a setting says so.

    Facts of a decision are personal: a start that went unsealed has told them to the server.
    """
    parsed = _parse(submission)
    found = (*_plain(submission, allow_plain=allow_plain), *parsed.findings)
    if parsed.declaration is not None:
        found = (*found, *_contradictions(parsed.declaration, submission))
    return Parsed(None if found else parsed.declaration, found)


def decision_digest(decision: CorrectionDecision) -> str:
    """The same for the same decision; a second approver named later makes it no other one."""
    said = decision.model_dump(mode="json", exclude_none=True, exclude={"approved_by"})
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _parse(submission: Submission) -> Parsed[CorrectionDecision]:
    if submission.trouble is not None:
        return Parsed(None, (submission.trouble,))
    try:
        raw = json.loads(submission.declaration or "")
    except (ValueError, RecursionError):
        return Parsed(None, (_finding("", "not_json", "Đối số phải là một đối tượng JSON"),))
    return read_structure(CorrectionDecision, raw)


def _plain(submission: Submission, *, allow_plain: bool) -> Iterator[Finding]:
    arrived_plain = submission.trouble is None and submission.sealed_with is None
    if arrived_plain and not allow_plain:
        message = "Quyết định gửi đi phải được mã hóa bằng khóa của nhóm hồ sơ; không nhận bản rõ"
        yield _finding("", "plain_start", message)


def _contradictions(decision: CorrectionDecision, submission: Submission) -> Iterator[Finding]:
    """What each field allows alone, and all of them together do not."""
    if submission.case_id != correction_workflow_id(decision.correction_id):
        message = "Mã của luồng xử lý phải là correction/<correction_id>"
        yield _finding("correction_id", "other_workflow", message)
    if decision.approved_by and is_same_person(decision.decided_by, decision.approved_by):
        message = "Người phê duyệt phải là người khác với người quyết định"
        yield _finding("approved_by", "same_person", message)
    if decision.kind is CorrectionKind.CORRECTED and not decision.facts:
        message = "Cải chính phải ghi nội dung đúng"
        yield _finding("facts", "required", message)
    if decision.kind is CorrectionKind.REVOKED and decision.facts:
        message = "Thu hồi không kèm nội dung mới; muốn sửa nội dung thì chọn kind = corrected"
        yield _finding("facts", "not_for_revoked", message)


def _finding(field: str, rule: str, message: str) -> Finding:
    return Finding(field=field, rule=rule, message=message)
