"""Telling an agency over HTTP that an act was corrected or revoked."""

from typing import Final

import httpx

from adapters.agencies_http.calls import Caller, derived_key
from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.dossiers import Problem
from models.kernel.errors import BackendRefusedRequestError

_UNKNOWN: Final = 404
_REFUSED: Final = 409


async def tell(caller: Caller, about: str, notice: CorrectionNotice) -> CorrectionReceipt | None:
    """Post the notice to what it is about; None where the agency never received that.

    The key is derived from the correction's own id, so that told again it is told once.

    Raises:
        BackendUnavailableError: not reachable, busy or failing: the same call may do later.
        BackendRefusedRequestError: the agency says our request is wrong, without a coded reason.
        BackendContractError: the answer is not one.
    """
    response = await caller.post(
        f"{about}/corrections",
        notice,
        key=derived_key(about, notice.correction_id),
        or_=(_UNKNOWN, _REFUSED),
    )
    if response.status_code == _UNKNOWN:
        return None
    if response.status_code == _REFUSED:
        return _refused(caller, response)
    return caller.read(response, CorrectionReceipt)


def _refused(caller: Caller, response: httpx.Response) -> CorrectionReceipt:
    problem = caller.read(response, Problem)
    if problem.reason_code is None:
        raise BackendRefusedRequestError(f"{caller.agency}: {caller.what}: status {_REFUSED}")
    return CorrectionReceipt(acknowledged=False, reason_code=problem.reason_code)
