"""Whether what people say fits the correction as it stands, with the reason why not."""

from codec.marks import CASES, audience_of
from models.corrections.corrections import Correction
from models.corrections.decisions import is_same_person
from models.corrections.requests import Approve, ResumeStep, SettleTask
from models.corrections.words import CorrectionState, StepState
from workflows.runtime.requests import refuse_field


def check_approve(correction: Correction, said: Approve, key_id: str | None) -> None:
    """Only while it is awaited, and never the person who decided."""
    _check_speaker(correction, key_id)
    decision = correction.decision
    if decision is None or correction.state is not CorrectionState.AWAITING_APPROVAL:
        refuse_field("", "not_awaited", "Quyết định này không chờ phê duyệt.")
    if is_same_person(said.by, decision.decided_by):
        refuse_field("by", "same_person", "Người quyết định không được tự phê duyệt.")
    if not said.agrees and not said.reason.strip():
        refuse_field("reason", "required", "Không phê duyệt thì phải nêu lý do.")


def check_settle(correction: Correction, said: SettleTask, key_id: str | None) -> None:
    """Only an open task can be closed; anybody entitled may, and who did is on record."""
    _check_speaker(correction, key_id)
    task = correction.tasks.get(said.task)
    if task is None:
        known = ", ".join(correction.tasks) or "không có"
        refuse_field("task", "unknown", f"Không có việc này; các việc đang có: {known}.")
    if task.outcome is not None:
        refuse_field("task", "already_settled", "Việc này đã kết thúc.")


def check_resume(correction: Correction, said: ResumeStep) -> None:
    """Only what is parked can be resumed."""
    parked = {id for id, one in correction.steps.items() if one.state is StepState.PARKED}
    if said.step is None and not parked and correction.parked_because is None:
        refuse_field("step", "not_parked", "Không có bước nào bị tạm gác.")
    if said.step is not None and said.step not in parked:
        refuse_field("step", "not_parked", "Bước này không bị tạm gác.")


def _check_speaker(correction: Correction, key_id: str | None) -> None:
    """What is sealed with an agency's key is that agency's: only the act's own may speak here."""
    if key_id is not None and audience_of(key_id) not in {CASES, correction.first_agency}:
        refuse_field("", "not_yours", "Kết quả này thuộc cơ quan khác.")
