"""An officer's desk at an agency, over HTTP."""

from dataclasses import dataclass
from typing import Any

import httpx

from models.kernel.errors import LienthongError
from models.kernel.findings import Finding
from workers.local.ports import AGENCY_PORTS
from workers.runtime.settings import Addresses

_TIMEOUT = 10.0
Raw = dict[str, Any]  # Any: JSON of the desk


class DeskRefusesError(LienthongError):
    """The agency does not take the decision; says why, and which fields are wrong if any are."""

    def __init__(
        self, message: str, reason: str | None = None, findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.findings = findings


@dataclass(frozen=True)
class AgencyDeskClient:
    """The desk of one agency."""

    base: str

    @classmethod
    def at(cls, addresses: Addresses, agency: str) -> "AgencyDeskClient":
        """The desk of an agency where it is known to answer, or where it usually does."""
        usual = f"http://127.0.0.1:{AGENCY_PORTS.get(agency, 0)}"
        return cls(addresses.agencies.get(agency, usual))

    def version(self, key: str) -> int | None:
        """The version of the dossier's current answer; None: this desk does not hold it."""
        try:
            response = httpx.get(f"{self.base}/v1/dossiers/{key}", timeout=_TIMEOUT)
            return int(response.json()["version"]) if response.is_success else None
        except (httpx.TransportError, ValueError, KeyError):
            return None

    def holds(self, key: str) -> bool:
        """Whether the dossier lies here and officers decide here; real agencies have no such desk.

        Raises:
            DeskRefusesError: the agency cannot be asked now.
        """
        try:
            desk = httpx.get(f"{self.base}/v1/desk/dossiers", params={"limit": 1}, timeout=_TIMEOUT)
        except httpx.TransportError:
            raise DeskRefusesError(f"Không gọi được cơ quan ở {self.base}.") from None
        return desk.is_success and self.version(key) is not None

    def decide(self, key: str, said: Raw, request_id: str) -> Raw:
        """Put a decision on record at the agency; the same request id again is answered the same.

        Raises:
            DeskRefusesError: the agency cannot be reached, or does not take it.
        """
        url = f"{self.base}/v1/desk/dossiers/{key}/decision"
        headers = {"Idempotency-Key": request_id}
        try:
            response = httpx.post(url, json=said, headers=headers, timeout=_TIMEOUT)
        except httpx.TransportError:
            raise DeskRefusesError(f"Không gọi được cơ quan ở {self.base}.") from None
        if response.status_code != httpx.codes.OK:
            raise _refusal(response)
        answer: Raw = response.json()
        return answer


def _refusal(response: httpx.Response) -> DeskRefusesError:
    try:
        problem = response.json()
        findings = tuple(Finding.model_validate(each) for each in problem.get("errors", ()))
    except ValueError:
        problem, findings = {}, ()
    reason = problem.get("reason_code")
    words = reason or problem.get("title") or "không đọc được câu trả lời"
    message = f"Cơ quan không nhận ({response.status_code}): {words}."
    return DeskRefusesError(message, reason, findings)
