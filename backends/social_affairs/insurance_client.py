"""Asking the insurer, over its published interface, whether it pays for a funeral already."""

import httpx
from pydantic import ValidationError

from backends.shared.deceased import Deceased
from backends.shared.problems import ProblemError, later
from models.contracts.entitlements import Entitlement, EntitlementQuestion

_RETRY_SECONDS = 5
_OK = 200


class InsuranceClient:
    """One connection pool to the insurer for the life of the process."""

    def __init__(self, base_url: str) -> None:
        limits = httpx.Limits(max_keepalive_connections=20, keepalive_expiry=3)
        self._client = httpx.AsyncClient(
            base_url=base_url, timeout=5, limits=limits, trust_env=False
        )

    async def entitlement(self, deceased: Deceased, residence: str) -> Entitlement:
        """What the insurer's records say now.

        Raises:
            ProblemError: 503, the insurer is away or answers nonsense: come back later.
        """
        question = EntitlementQuestion(
            personal_number=deceased.personal_number,
            full_name=deceased.full_name,
            date_of_birth=deceased.date_of_birth,
            insurance_number=deceased.insurance_number,
            died_on=deceased.died_on,
            residence=residence,
            purpose="social_affairs",
        )
        try:
            response = await self._client.post(
                "/v1/entitlements",
                content=question.model_dump_json(),
                headers={"Content-Type": "application/json"},
            )
        except httpx.TransportError:
            raise _away() from None
        if response.status_code != _OK:
            raise _away()
        try:
            return Entitlement.model_validate_json(response.content)
        except ValidationError:
            raise _away() from None


def _away() -> ProblemError:
    return later("the insurer is away", seconds=_RETRY_SECONDS)
