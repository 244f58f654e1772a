"""The treasury over HTTP: orders of agencies, and the desk of its cashiers."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from backends.shared.agency import Agency, Surroundings
from backends.shared.contract import (
    Body,
    IdempotencyKey,
    Limit,
    Offset,
    PathKey,
    as_json,
    problems,
    require_same_key,
)
from backends.shared.database import Pool
from backends.treasury import bank, store
from backends.treasury.cashier import Cashier
from backends.treasury.contracts import (
    AccountPosting,
    AccountShown,
    CashierPosting,
    OrderPosting,
    PaymentList,
    StopPosting,
)
from models.contracts.payments import PaymentAnswer
from models.kernel.base import AgencyId

TREASURY: Final = AgencyId("treasury")
_ORDER = Body(OrderPosting, "PaymentOrder")
_STOP = Body(StopPosting, "StopPayment")
_DECISION = Body(CashierPosting, "CashierDecision")
_ACCOUNT = Body(AccountPosting, "Account")
_Bank = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,40}$")]
_AccountNumber = Annotated[str, Path(pattern=r"^[0-9A-Z]{1,40}$")]


def treasury(surroundings: Surroundings) -> Agency:
    """The agency that pays."""
    cashier = Cashier(surroundings.pool, surroundings.switch)
    return Agency(
        id=TREASURY,
        title="Kho bạc Nhà nước",
        routers=(_routes(cashier), _desk_routes(surroundings.pool, cashier)),
        bodies=(_ORDER, _STOP, _DECISION, _ACCOUNT),
    )


def _routes(cashier: Cashier) -> APIRouter:
    router = APIRouter(prefix="/v1/payments", tags=["payments"])

    @router.put(
        "/{key}",
        response_model=PaymentAnswer,
        responses=problems(409, 422),
        openapi_extra=_ORDER.documented,
    )
    async def order(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(_ORDER)]
    ) -> Response:
        """Order a payment. Sent again it is the same payment, answered as it stands."""
        require_same_key(key, idempotency_key, said.key)
        return as_json(await cashier.order(said))

    @router.get("/{key}", response_model=PaymentAnswer, responses=problems(404, 422))
    async def answer(key: PathKey) -> Response:
        """Where a payment stands."""
        return as_json(await cashier.answer(key))

    @router.post(
        "/{key}/stop",
        response_model=PaymentAnswer,
        responses=problems(409, 422),
        openapi_extra=_STOP.documented,
    )
    async def stop(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(_STOP)]
    ) -> Response:
        """Stop a payment, also one never received: `paid` where the money is gone already."""
        return as_json(await cashier.stop(key, idempotency_key, said))

    return router


def _desk_routes(pool: Pool, cashier: Cashier) -> APIRouter:
    router = APIRouter(prefix="/v1/desk", tags=["desk"])

    @router.get("/payments", response_model=PaymentList, responses=problems(422))
    async def payments(
        state: store.Shown = "accepted", offset: Offset = 0, limit: Limit = 100
    ) -> Response:
        """The treasury's payments, oldest first."""
        await cashier.pay_due()
        listed = await store.entries(pool, state, offset=offset, limit=limit)
        return as_json(PaymentList(payments=tuple(listed)))

    @router.post(
        "/payments/{key}/decision",
        response_model=PaymentAnswer,
        responses=problems(404, 409, 422),
        openapi_extra=_DECISION.documented,
    )
    async def decide(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(_DECISION)]
    ) -> Response:
        """A cashier pays what waits, or notes that money came back, even long after."""
        return as_json(await cashier.decide(key, idempotency_key, said))

    @router.put(
        "/accounts/{bank_name}/{account_number}",
        response_model=AccountShown,
        responses=problems(422),
        openapi_extra=_ACCOUNT.documented,
    )
    async def account(
        bank_name: _Bank, account_number: _AccountNumber, said: Annotated[Any, Depends(_ACCOUNT)]
    ) -> Response:
        """Whose account it is, from now on; said again it changes nothing."""
        return as_json(await bank.put_account(pool, bank_name, account_number, said.account_name))

    return router
