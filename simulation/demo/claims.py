"""A claim that did not come as a dossier: an employer's, entered by the insurer's own clerk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from models.kernel.base import vietnam_time
from models.kernel.errors import BackendUnavailableError
from simulation.demo.households import Household
from simulation.demo.raw import Raw
from workers.runtime.settings import Addresses

INSURANCE, KIND = "insurance", "insurance_funeral"
_EARLIER = timedelta(days=1)
_PATIENCE = httpx.Timeout(10, connect=5)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Whose record the clerk enters, and the whole record with the claim."""

    person: str
    record: Raw


def employers_claim(home: Household, now: datetime) -> Claim:
    """The employer has asked for the funeral money before the family does."""
    who, life = home.deceased, home.life
    told = {"kind": KIND, "channel": "employer"}
    day = vietnam_time(now).date() - _EARLIER
    return Claim(
        person=who.personal_number,
        record={
            "full_name": who.full_name,
            "date_of_birth": who.date_of_birth.isoformat(),
            "insurance_number": who.insurance_number,
            **life.model_dump(mode="json", exclude={"social_groups", "social_pension"}),
            "claims": [told | {"received_on": day.isoformat()}],
        },
    )


async def enter_claim(addresses: Addresses, claim: Claim) -> None:
    """Enter it at the reference insurer; entered again, it is the same.

    Raises:
        BackendUnavailableError: there is no such desk, or it does not take the record.
    """
    base = addresses.agencies.get(INSURANCE, "")
    url = f"{base}/v1/desk/records/{claim.person}"
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, trust_env=False) as client:
            (await client.put(url, json=claim.record)).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        raise BackendUnavailableError(
            f"Không ghi được đề nghị của cơ quan sử dụng lao động tại BHXH mẫu ({base}): "
            "xem lại bằng `lienthong agencies show`."
        ) from None
