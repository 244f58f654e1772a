"""What people and agencies send to a workflow: read, rejected at once, or acted on once."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from codec.marks import OPEN_REJECTION, is_sealed, open_answer
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


class Inbox:
    """Acts on every request once: idempotent by `request_id`, whose first answer is given again."""

    def __init__(self, answer: Callable[[], BaseModel]) -> None:
        """Answer what was accepted with `answer`, which holds no personal data."""
        self._answer = answer
        self._answered: dict[str, BaseModel] = {}

    def is_new(self, request: Request) -> bool:
        """Whether this request was not accepted before."""
        return request.request_id not in self._answered

    def check(self, request: RequestT, check: Callable[[RequestT], None]) -> None:
        """Let a new request be checked; one that was accepted before needs no check."""
        if self.is_new(request):
            check(request)

    def take(self, request: Request, transition: Callable[[], None]) -> RawValue:
        """Make the transition if the request is new, and answer."""
        if self.is_new(request):
            transition()
        return self.accept(request)

    def accept(self, request: Request) -> RawValue:
        """The answer to a request: readable for callers of any audience."""
        return open_answer(self._answered.setdefault(request.request_id, self._answer()))
