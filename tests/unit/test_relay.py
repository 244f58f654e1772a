"""Reminders leave the outbox whatever one of them, or the office, is like."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from adapters.agencies_memory import MemoryNoticeOffice
from models.base import CaseCode
from models.errors import BackendRefusedRequestError, BackendUnavailableError
from models.wire import Notice
from workers.relay import send_some


def reminder(key: str) -> Notice:
    return Notice(key=key, case_code=CaseCode("H26"), kind="late", to={}, title="t", body="b")


@dataclass
class Box:
    """An outbox that forgets what was done where its transaction fails, as a database does."""

    unsent: dict[str, Notice] = field(default_factory=dict)

    @asynccontextmanager
    async def taken(self, most: int) -> AsyncIterator[tuple[list[Notice], list[str]]]:
        sent: list[str] = []
        yield list(self.unsent.values())[:most], sent
        for key in sent:
            del self.unsent[key]


@dataclass
class Office(MemoryNoticeOffice):
    """Fails at some keys in its own way."""

    errors: dict[str, Exception] = field(default_factory=dict)

    @override
    async def send(self, notice: Notice) -> None:
        if notice.key in self.errors:
            raise self.errors[notice.key]
        await super().send(notice)


def box(*keys: str) -> Box:
    return Box({key: reminder(key) for key in keys})


async def test_everything_in_the_outbox_is_sent_once() -> None:
    outbox, office = box("a", "b"), Office()

    sent = await send_some(outbox, office)

    assert sent == 2
    assert (list(office.sent), outbox.unsent) == (["a", "b"], {})


async def test_what_an_office_refuses_holds_up_nothing() -> None:
    outbox, office = box("a", "b"), Office(errors={"a": BackendRefusedRequestError("422")})

    await send_some(outbox, office)

    assert (list(office.sent), outbox.unsent) == (["b"], {})


async def test_what_was_sent_before_an_office_went_away_is_not_sent_again() -> None:
    outbox, office = box("a", "b", "c"), Office(errors={"b": BackendUnavailableError("503")})

    with pytest.raises(BackendUnavailableError):
        await send_some(outbox, office)

    assert list(outbox.unsent) == ["b", "c"]
