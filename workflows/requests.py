"""Reading what people say to a case, and rejecting at once what does not fit."""

from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from codec.marks import CASES, OPEN_REJECTION, audience_of, is_sealed
from models.base import ProcedureId
from models.cases import Case
from models.checks.structure import structural_findings
from models.dossiers import Dossier
from models.findings import Finding
from models.requests import Decide, Request, Resume, Supply
from models.vocabulary import DossierState, Outcome

RequestT = TypeVar("RequestT", bound=Request)


def read(model: type[RequestT], argument: RawValue) -> RequestT:
    """Parse an update's argument.

    Raises:
        ApplicationError: of type `Rejected`, with every wrong field in its details.
    """
    if is_sealed(argument.payload):
        reject(Finding(field="", rule="sealed", message="Không giải mã được yêu cầu: khóa lạ."))
    try:
        return TypeAdapter(model).validate_json(argument.payload.data)
    except ValidationError as error:
        reject(*structural_findings(model, error))


def reject(*findings: Finding) -> NoReturn:
    """Refuse an update: nothing of it enters the history."""
    raise ApplicationError(
        "; ".join(f"{finding.field}: {finding.message}" for finding in findings),
        *(finding.model_dump(mode="json") for finding in findings),
        type=OPEN_REJECTION,
        non_retryable=True,
    )


def refuse_field(field: str, rule: str, message: str) -> NoReturn:
    """Refuse an update because of one field."""
    reject(Finding(field=field, rule=rule, message=message))


def check_decide(case: Case, request: Decide, key_id: str | None) -> None:
    """Say why a decision does not fit the case as it stands; the same decision again fits.

    A decision sealed with an agency's key is that agency's; it answers for no other.
    """
    dossier = _dossier(case, request.procedure)
    if key_id is not None and audience_of(key_id) not in {CASES, dossier.plan.agency}:
        refuse_field("procedure", "not_yours", "Thủ tục này thuộc cơ quan khác.")
    if request.decision_id in dossier.decisions:
        return
    if request.round != dossier.round:
        refuse_field("round", "wrong_round", f"Hồ sơ đang ở lần nộp thứ {dossier.round}.")
    if dossier.is_settled:
        refuse_field("procedure", "already_decided", "Hồ sơ đã có quyết định khác.")
    if dossier.state is DossierState.WAITING:
        refuse_field("procedure", "not_filed_yet", "Hồ sơ chưa được chuyển đến cơ quan.")
    if request.outcome is Outcome.ACCEPTED:
        refuse_field("outcome", "not_a_decision", "Tiếp nhận hồ sơ không phải là quyết định.")
    if request.outcome is Outcome.REFUSED and not request.reason_code:
        refuse_field("reason_code", "missing", "Từ chối phải nêu mã lý do.")
    if request.outcome is Outcome.SUPPLEMENT and not request.items:
        refuse_field("items", "missing", "Yêu cầu bổ sung phải nêu đủ các thành phần còn thiếu.")


def check_supply(case: Case, request: Supply) -> None:
    """Only a dossier that waits for the citizen can be supplemented."""
    dossier = _dossier(case, request.procedure)
    if dossier.state is not DossierState.SUPPLEMENT_WANTED:
        refuse_field("procedure", "nothing_wanted", "Hồ sơ này không chờ bổ sung.")


def check_resume(case: Case, request: Resume) -> None:
    """Only what is parked can be resumed."""
    if request.procedure is None:
        if case.parked_step is None:
            refuse_field("procedure", "not_parked", "Hồ sơ không có bước nào bị tạm gác.")
    elif _dossier(case, request.procedure).state is not DossierState.PARKED:
        refuse_field("procedure", "not_parked", "Hồ sơ này không bị tạm gác.")


def reject_unopened() -> NoReturn:
    """Nothing can be said to a case that is not open."""
    refuse_field("", "not_open", "Hồ sơ chưa được mở hoặc không được tiếp nhận.")


def _dossier(case: Case, procedure: ProcedureId) -> Dossier:
    if case.opening is None:
        reject_unopened()
    if procedure not in case.dossiers:
        refuse_field("procedure", "unknown", "Hồ sơ không có thủ tục này.")
    return case.dossiers[procedure]
