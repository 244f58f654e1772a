"""Sending the reminders that cases have written to the outbox together with their ledger."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import structlog

from activities.ports.agencies import NoticeGateway
from activities.ports.stores import Outbox
from models.kernel.errors import BackendUnavailableError
from models.operations.outbox import Fate, LeasedNotice, delivery_of

AT_ONCE = 10
"""Sent side by side: none waits for another, and a crash repeats no more than these."""
SEND_LIMIT = 20.0
"""Seconds one sending may take."""
LEASE = timedelta(minutes=1)
"""How long nobody else takes what we are sending: well above the limit of one sending."""
PAUSE = 1.0
"""Seconds between two looks into an empty outbox."""
LONG_PAUSE = 10.0
"""Seconds to leave alone whoever is away."""

Fates = Counter[Fate]
TROUBLE = {Fate.REFUSED: "reminder.refused", Fate.PUT_OFF: "reminder.put_off"}

log = structlog.get_logger()


async def relay(outbox: Outbox, notices: NoticeGateway) -> None:
    """Empty the outbox, for ever. A reminder sent twice is one: it carries its key."""
    while True:
        try:
            fates = await send_some(outbox, notices)
        except BackendUnavailableError:
            log.warning("relay.waiting", exc_info=True)
            await asyncio.sleep(LONG_PAUSE)
        else:
            await asyncio.sleep(pause_after(fates))


def pause_after(fates: Fates) -> float:
    """Seconds until the next look: none where there may be more, long where nobody answers."""
    if fates and set(fates) == {Fate.PUT_OFF}:
        log.warning("relay.waiting", put_off=fates[Fate.PUT_OFF])
        return LONG_PAUSE
    return 0.0 if fates else PAUSE


async def send_some(outbox: Outbox, notices: NoticeGateway) -> Fates:
    """Send some of what is there, and count what they came to.

    One that fails takes no other along: refused, it waits for a person; otherwise it rests.

    Raises:
        BackendUnavailableError: our database is away; what was sent and could not be marked will
            be sent again when its lease has ended.
    """
    leased = await outbox.lease(AT_ONCE, LEASE)
    tries = (_deliver(one, outbox, notices) for one in leased)
    return _counted(await asyncio.gather(*tries, return_exceptions=True))


async def _deliver(leased: LeasedNotice, outbox: Outbox, notices: NoticeGateway) -> Fate:
    """Send outside any transaction, then say what became of it."""
    failure: Exception | None = None
    try:
        await asyncio.wait_for(notices.send(leased.notice), SEND_LIMIT)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one is recorded with it
        failure = error
    delivery = delivery_of(leased, failure)
    await outbox.settle(delivery)
    if failure is not None:
        log.warning(TROUBLE[delivery.fate], key=delivery.key, exc_info=failure)
    return delivery.fate


def _counted(results: Iterable[Fate | BaseException]) -> Fates:
    fates: Fates = Counter()
    for result in results:
        if isinstance(result, BaseException):
            raise result
        fates[result] += 1
    return fates
