"""Saying something to an open case, and understanding why it says no."""

import hashlib
from datetime import datetime, timedelta

from temporalio.client import RPCTimeoutOrCancelledError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from codec.marks import OPEN_REJECTION
from models.cases.requests import Accepted, Request
from models.kernel.errors import LienthongError
from models.kernel.findings import Finding
from workers.client.cases import CaseClient, NoAnswerError

ANSWER_PATIENCE = timedelta(seconds=10)
_ID_LENGTH = 24
_SAYS_NO = frozenset(
    {
        "already_decided",
        "already_settled",
        "not_awaited",
        "not_filed_yet",
        "not_open",
        "not_parked",
        "nothing_held",
        "nothing_to_confirm",
        "nothing_wanted",
        "outdated",
        "under_way",
        "wrong_round",
    }
)
"""Rules by which a case says that what is sound in itself does not fit where it stands."""


class CaseRejectsError(LienthongError):
    """The case takes nothing of it; says which fields, and why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in findings))
        self.findings = findings

    @property
    def is_about_the_case(self) -> bool:
        """The words are right, but the case is not, or no longer, where they fit."""
        return bool(self.findings) and all(one.rule in _SAYS_NO for one in self.findings)


class CaseEndedError(LienthongError):
    """The case is closed: nothing can be said to it any more."""


async def send_update(desk: CaseClient, code_or_id: str, update: str, said: Request) -> Accepted:
    """Send an update and wait for the answer; the same request id again is answered the same.

    Raises:
        CaseRejectsError: every wrong field, or why it does not fit now.
        CaseEndedError: the case is closed.
        UnknownCaseError: there is no such case.
        NoAnswerError: no worker answers for it.
    """
    ref = await desk.find(code_or_id)
    try:
        answer: Accepted = await desk.handle(ref).execute_update(
            update, said, id=said.request_id, result_type=Accepted, rpc_timeout=ANSWER_PATIENCE
        )
    except WorkflowUpdateFailedError as error:
        raise rejection_of(error.cause, update) from error
    except RPCTimeoutOrCancelledError as error:
        raise NoAnswerError(_NOBODY.format(code_or_id)) from error
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise NoAnswerError(_NOBODY.format(code_or_id)) from error
        status = await desk.status(ref.case_id, ref.run_id)
        raise CaseEndedError(
            f"Hồ sơ {code_or_id} đã đóng ({status.state.label}): không nhận thêm được gì."
        ) from error
    return answer


def request_id(at: datetime, *said: object) -> str:
    """The id of what a person says: said again within the same minute, it is the same request."""
    words = "\x1f".join((*map(str, said), f"{at:%Y%m%d%H%M%z}"))
    return hashlib.sha256(words.encode()).hexdigest()[:_ID_LENGTH]


def request_id_of_instant(at: datetime, *about: object) -> str:
    """The id of what counts as last said, or holds personal data an open id must not tell.

    Each saying has its own, to the microsecond: nobody's change of mind is taken for a repeat.
    """
    return request_id(at, *about, at.second, at.microsecond)


def rejection_of(cause: BaseException, update: str) -> LienthongError:
    """Why an update was not taken, as an error to raise."""
    if isinstance(cause, ApplicationError) and cause.type == OPEN_REJECTION:
        return CaseRejectsError(*(Finding.model_validate(each) for each in cause.details))
    kind = cause.type if isinstance(cause, ApplicationError) else type(cause).__name__
    return NoAnswerError(f"Hồ sơ không trả lời được `{update}` ({kind}): hãy thử lại.")


_NOBODY = (
    "Chưa có tiến trình nào trả lời cho hồ sơ {}: chạy `lienthong up` hoặc `lienthong worker`."
)
