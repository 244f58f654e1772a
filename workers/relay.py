"""Sending the reminders that cases have written to the outbox together with their ledger."""

import asyncio

import structlog

from activities.ports import NoticeOffice
from activities.stores import Outbox
from models.errors import BackendUnavailableError, LienthongError

AT_ONCE = 50
PAUSE = 1.0
"""Seconds between two looks into an empty outbox."""
LONG_PAUSE = 10.0
"""Seconds to leave alone whoever is away."""

log = structlog.get_logger()


async def relay(outbox: Outbox, notices: NoticeOffice) -> None:
    """Empty the outbox, for ever. A reminder sent twice is one: it carries its key."""
    while True:
        try:
            sent = await send_some(outbox, notices)
        except BackendUnavailableError:
            log.warning("relay.waiting", exc_info=True)
            await asyncio.sleep(LONG_PAUSE)
        else:
            await asyncio.sleep(0 if sent else PAUSE)


async def send_some(outbox: Outbox, notices: NoticeOffice) -> int:
    """Send what is there; one that the office refuses is logged and does not hold up the rest.

    Raises:
        BackendUnavailableError: the office, or our database, is away; what was sent before stays
            sent.
    """
    away: BackendUnavailableError | None = None
    async with outbox.taken(AT_ONCE) as (waiting, sent):
        for notice in waiting:
            try:
                await notices.send(notice)
            except BackendUnavailableError as error:
                away = error
                break
            except LienthongError:
                log.exception("reminder.refused", key=notice.key)
            sent.append(notice.key)
    if away is not None:
        raise away
    return len(waiting)
