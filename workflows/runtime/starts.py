"""Reading a start as it arrived, without ever failing: a bad one is answered, never retried."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RawValue

from codec.marks import ENCODING, PLAIN_JSON, is_sealed, sealed_with
from models.intake.intake import Submission
from models.kernel.base import CaseId, GroupId
from models.kernel.findings import Finding

ONE_RAW_VALUE = Signature(
    [
        Parameter("self", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("declaration", Parameter.POSITIONAL_OR_KEYWORD, annotation=RawValue),
    ]
)


Function = TypeVar("Function", bound=Callable[..., Any])


def raw_start(function: Function) -> Function:
    """Promise one raw value, so that the SDK decodes nothing for us, and take any number."""
    function.__signature__ = ONE_RAW_VALUE  # type: ignore[attr-defined]
    function.__annotations__["declaration"] = RawValue
    return function


def submission_of(group: GroupId, arguments: tuple[object, ...]) -> Submission:
    """Turn the workflow's raw arguments into a submission for the intake to judge."""
    info = workflow.info()
    trouble = _trouble_with(arguments)
    first = arguments[0] if arguments else None
    return Submission(
        case_id=CaseId(info.workflow_id),
        run_id=info.first_execution_run_id,
        group=group,
        recorded_at=info.start_time,
        declaration=_text_of(first) if trouble is None else None,
        trouble=trouble,
        sealed_with=sealed_with(first.payload) if isinstance(first, RawValue) else None,
    )


def _trouble_with(arguments: tuple[object, ...]) -> Finding | None:
    if len(arguments) != 1:
        return _whole("one_argument", "Phải gửi đúng một đối số: tờ khai dạng JSON.")
    payload = arguments[0].payload if isinstance(arguments[0], RawValue) else None
    if payload is None:
        return _whole("not_json", "Đối số phải là một tờ khai dạng JSON.")
    if is_sealed(payload):
        return _whole("sealed", "Không giải mã được tờ khai: khóa mã hóa lạ hoặc dữ liệu bị hỏng.")
    if payload.metadata.get(ENCODING) != PLAIN_JSON or _text_of(arguments[0]) is None:
        return _whole("not_json", "Đối số phải là một tờ khai dạng JSON (mã hóa json/plain).")
    return None


def _text_of(argument: object) -> str | None:
    if not isinstance(argument, RawValue):
        return None
    try:
        return argument.payload.data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _whole(rule: str, message: str) -> Finding:
    return Finding(field="", rule=rule, message=message)
