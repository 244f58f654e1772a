"""Payments for tests of the treasury: orders it understands, and what is said about them."""

import itertools
from typing import Any

import httpx

from backends.country.elders import ElderHousehold

from harness.agency_country import Country

_numbers = itertools.count(1)


def order(of: ElderHousehold, *, method: str = "account", **changes: Any) -> dict[str, Any]:
    """An order to pay the household's eldest child; `payee` changes fields of the payee."""
    number = next(_numbers)
    case = f"H26.05.13-261121-{number:04}"
    organiser = of.children[0]
    payee = {
        "personal_number": organiser.personal_number,
        "full_name": organiser.full_name,
        "method": method,
        "place": "Bưu điện trung tâm" if method == "cash" else None,
    } | (of.account.model_dump() if method == "account" else {})
    return {
        "key": f"{case}-insurance_funeral-1-pay-1",
        "case_code": case,
        "procedure": "insurance_funeral",
        "decision_number": f"BHXH.MT.00004.2026.{number:06}",
        "ordered_by": "insurance",
        "amount": 25_300_000,
        "payee": payee | changes.pop("payee", {}),
        "purpose": f"Trợ cấp mai táng {case}",
    } | changes


async def put(country: Country, said: dict[str, Any]) -> httpx.Response:
    """Order a payment."""
    return await country.client.put(
        url(country, said), json=said, headers={"Idempotency-Key": said["key"]}
    )


async def standing(country: Country, said: dict[str, Any]) -> Any:
    """Where a payment stands."""  # Any: a PaymentAnswer's JSON
    return (await country.client.get(url(country, said))).json()


async def stop(country: Country, said: dict[str, Any], key: str = "s1") -> httpx.Response:
    """Stop a payment."""
    body = {"request_id": key, "reason": "Cải chính khai tử"}
    return await country.client.post(
        f"{url(country, said)}/stop", json=body, headers={"Idempotency-Key": key}
    )


async def decide(
    country: Country, said: dict[str, Any], outcome: str, *, key: str = "d1", **more: Any
) -> httpx.Response:
    """A cashier's decision at the desk."""
    body = {"outcome": outcome, "decided_by": "cb-kb-01"} | more
    return await country.client.post(
        f"{url(country, said).replace('/v1/', '/v1/desk/')}/decision",
        json=body,
        headers={"Idempotency-Key": key},
    )


def url(country: Country, said: dict[str, Any]) -> str:
    """Where a payment is."""
    return f"{country.url('treasury')}/v1/payments/{said['key']}"
