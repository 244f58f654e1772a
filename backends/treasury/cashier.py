"""Paying: an order is taken once, money goes out once, and what came back stays back."""

from datetime import datetime, timedelta
from typing import Final

from backends.shared import clock
from backends.shared.database import Connection, Pool
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError, unknown
from backends.shared.reasons import Reason
from backends.switchboard.behaviour import AfterDelay, AtOnce
from backends.switchboard.fault_injector import Switch
from backends.treasury import bank, store
from backends.treasury.contracts import CashierPosting, OrderPosting, StopPosting
from backends.treasury.store import Saying, Stored
from models.contracts.payments import PaymentAnswer, PaymentState

UNTIL_COLLECTED: Final = timedelta(seconds=2)
"""On a good day, how soon somebody comes for cash."""
_BATCH = 50
_STOPPED_NOTE = "Lệnh chi đã dừng theo yêu cầu."


class Cashier:
    """Takes an order once however often it is sent; what is due goes out before it is asked for."""

    def __init__(self, pool: Pool, switch: Switch) -> None:
        self._pool = pool
        self._switch = switch

    async def order(self, order: OrderPosting) -> str:
        """Take an order, or answer again what is known of it.

        Raises:
            ProblemError: 409, the key is known with other content, or the decision is being
                paid, or was, under another.
        """
        now, digest = clock.now(), digest_of(order)
        answer = PaymentAnswer(key=order.key, state=PaymentState.ACCEPTED, at=now)
        ready_at = self._ready_at(order, now)
        async with self._pool.acquire() as connection, connection.transaction():
            taken = await store.receive(
                connection, order, digest=digest, answer=answer, at=now, ready_at=ready_at
            )
            stored = await store.lock(connection, order.key)
            if stored is None:
                raise ProblemError(409, "paid already", reason_code=Reason.ALREADY_DONE)
            if not taken and stored.digest not in (None, digest):
                raise ProblemError(409, "the key is known with other content")
            return await _current(connection, stored, now)

    async def answer(self, key: str) -> str:
        """Where a payment stands.

        Raises:
            ProblemError: 404, never received.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            stored = await store.lock(connection, key)
            if stored is None:
                raise unknown("payment")
            return await _current(connection, stored, clock.now())

    async def stop(self, key: str, idempotency_key: str, said: StopPosting) -> str:
        """Stop a payment that has not gone out; one never received is stopped beforehand."""
        now, note = clock.now(), said.reason or _STOPPED_NOTE
        stopped = PaymentAnswer(
            key=key, state=PaymentState.STOPPED, at=now, reason_code=Reason.STOPPED, note=note
        )
        saying = Saying(key, "stop", idempotency_key, digest_of(said), said.model_dump_json())
        async with self._pool.acquire() as connection, connection.transaction():
            await store.refuse_beforehand(connection, stopped)
            stored = await _held(connection, key)
            known = await store.said_before(connection, saying)
            if known:
                return _again(known, saying)
            answer = await _current(connection, stored, now)
            if _state(answer) is PaymentState.ACCEPTED:
                answer = await _moved(connection, stopped)
            await store.keep_saying(connection, saying, answer=answer, at=now)
            return answer

    async def decide(self, key: str, idempotency_key: str, said: CashierPosting) -> str:
        """A cashier pays what waits, or notes that money came back, before or after it went out.

        Raises:
            ProblemError: 404 never received; 409 said otherwise before, or not possible now.
        """
        now = clock.now()
        saying = Saying(key, "decision", idempotency_key, digest_of(said), said.model_dump_json())
        async with self._pool.acquire() as connection, connection.transaction():
            stored = await _held(connection, key)
            known = await store.said_before(connection, saying)
            if known:
                return _again(known, saying)
            answer = await _decided(connection, stored, said, now)
            await store.keep_saying(connection, saying, answer=answer, at=now)
            return answer

    async def pay_due(self) -> None:
        """Let go out what has come due."""
        for key in await store.ready(self._pool, at=clock.now(), limit=_BATCH):
            await self.answer(key)

    def _ready_at(self, order: OrderPosting, now: datetime) -> datetime | None:
        """When the money goes out; None: when a cashier says so."""
        match self._switch.behaviour.answers:
            case AtOnce():
                return now if order.payee.method == "account" else now + UNTIL_COLLECTED
            case AfterDelay(seconds=seconds):
                return now + timedelta(seconds=seconds)
            case _:
                return None


async def _held(connection: Connection, key: str) -> Stored:
    stored = await store.lock(connection, key)
    if stored is None:
        raise unknown("payment")
    return stored


async def _current(connection: Connection, stored: Stored, now: datetime) -> str:
    return await _paid(connection, stored, now) if stored.is_due(now) else stored.answer


async def _paid(connection: Connection, stored: Stored, now: datetime) -> str:
    """Let the money go out; where the bank objects it comes back at once."""
    order = OrderPosting.model_validate_json(stored.ordered or "")
    objection = await bank.objection(connection, order.payee)
    if objection:
        return await _moved(
            connection, _returned(stored.key, objection, bank.NOTES[objection], now)
        )
    reference = await store.next_reference(connection, now)
    paid = PaymentAnswer(key=stored.key, state=PaymentState.PAID, at=now, reference=reference)
    return await _moved(connection, paid)


async def _decided(
    connection: Connection, stored: Stored, said: CashierPosting, now: datetime
) -> str:
    standing = _state(stored.answer)
    if said.outcome == "returned" and standing in (PaymentState.ACCEPTED, PaymentState.PAID):
        if said.reason_code is None:
            raise ProblemError(409, "money that comes back needs its reason code")
        return await _moved(connection, _returned(stored.key, said.reason_code, said.note, now))
    if said.outcome == "paid" and standing is PaymentState.ACCEPTED:
        return await _paid(connection, stored, now)
    raise ProblemError(409, "the payment is settled", reason_code=Reason.ALREADY_SETTLED)


async def _moved(connection: Connection, answer: PaymentAnswer) -> str:
    await store.move(connection, answer)
    return answer.model_dump_json()


def _returned(key: str, reason: str, note: str | None, now: datetime) -> PaymentAnswer:
    return PaymentAnswer(
        key=key, state=PaymentState.RETURNED, at=now, reason_code=reason, note=note
    )


def _state(answer: str) -> PaymentState:
    return PaymentAnswer.model_validate_json(answer).state


def _again(known: tuple[str, str], saying: Saying) -> str:
    digest, answer = known
    if digest != saying.digest:
        raise ProblemError(409, "the key is known with other content")
    return answer
