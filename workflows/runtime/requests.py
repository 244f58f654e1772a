"""Reading what people say to a case, and rejecting at once what does not fit."""

from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from codec.marks import OPEN_REJECTION, is_sealed
from models.cases.requests import Request
from models.declarations.rules.structure import structural_findings
from models.kernel.findings import Finding
from models.kernel.json_text import without_nul

RequestT = TypeVar("RequestT", bound=Request)


def read(model: type[RequestT], argument: RawValue) -> RequestT:
    """Parse an update's argument.

    Raises:
        ApplicationError: of type `Rejected`, with every wrong field in its details.
    """
    if is_sealed(argument.payload):
        reject(Finding(field="", rule="sealed", message="Không giải mã được yêu cầu: khóa lạ."))
    try:
        return TypeAdapter(model).validate_json(without_nul(argument.payload.data))
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
