"""Reminders leave the outbox whatever one of them, or the office, is like."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from typing_extensions import override

from models.contracts.dossiers import Notice
from models.kernel.base import CaseCode
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)
from models.operations.outbox import (
    LONGEST_REST,
    Delivery,
    Fate,
    LeasedNotice,
    delivery_of,
    rest_after,
)
from workers.runtime.relay import (
    AT_ONCE,
    LEASE,
    LONG_PAUSE,
    PAUSE,
    SEND_LIMIT,
    pause_after,
    send_some,
)

from fakes.agencies import MemoryNoticeGateway


def reminder(key: str) -> Notice:
    return Notice(key=key, case_code=CaseCode("H26"), kind="late", to={}, title="t", body="b")


@dataclass
class Box:
    """An outbox in memory: whoever was leased stays so until it is settled."""

    waiting: list[Notice] = field(default_factory=list)
    settled: dict[str, Delivery] = field(default_factory=dict)
    away: bool = False

    async def lease(self, most: int, term: timedelta) -> list[LeasedNotice]:
        leased, self.waiting = self.waiting[:most], self.waiting[most:]
        return [LeasedNotice(notice=notice, attempt=1) for notice in leased if term]

    async def settle(self, delivery: Delivery) -> None:
        if self.away:
            raise BackendUnavailableError("our database is away: mark a reminder")
        self.settled[delivery.key] = delivery

    def fates(self) -> dict[str, Fate]:
        return {key: delivery.fate for key, delivery in self.settled.items()}


@dataclass
class Office(MemoryNoticeGateway):
    """Fails at some keys in its own way."""

    errors: dict[str, Exception] = field(default_factory=dict)

    @override
    async def send(self, notice: Notice) -> None:
        if notice.key in self.errors:
            raise self.errors[notice.key]
        await super().send(notice)


def box(*keys: str) -> Box:
    return Box([reminder(key) for key in keys])


async def test_everything_in_the_outbox_is_sent() -> None:
    outbox, office = box("a", "b"), Office()

    fates = await send_some(outbox, office)

    assert fates == {Fate.SENT: 2}
    assert list(office.sent) == ["a", "b"]


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (BackendRefusedRequestError("422"), Fate.REFUSED),
        (BackendContractError("nonsense"), Fate.REFUSED),
        (BackendUnavailableError("503"), Fate.PUT_OFF),
        (TimeoutError(), Fate.PUT_OFF),
        (KeyError("a bug"), Fate.PUT_OFF),
    ],
)
async def test_whatever_is_wrong_with_one_the_others_are_sent(error: Exception, fate: Fate) -> None:
    outbox, office = box("a", "b", "c"), Office(errors={"a": error})

    await send_some(outbox, office)

    assert outbox.fates() == {"a": fate, "b": Fate.SENT, "c": Fate.SENT}
    assert outbox.settled["a"].error == type(error).__name__


async def test_a_database_that_goes_away_after_the_sending_is_said() -> None:
    outbox, office = box("a", "b"), Office()
    outbox.away = True

    with pytest.raises(BackendUnavailableError):
        await send_some(outbox, office)

    assert list(office.sent) == ["a", "b"]


async def test_no_more_are_leased_than_are_sent_side_by_side() -> None:
    outbox = box(*(str(number) for number in range(AT_ONCE + 1)))

    await send_some(outbox, Office())

    assert len(outbox.waiting) == 1


def test_a_lease_outlasts_any_sending_and_its_mark() -> None:
    assert timedelta(seconds=2 * SEND_LIMIT) < LEASE


@pytest.mark.parametrize(
    ("fates", "pause"),
    [
        ([], PAUSE),
        ([Fate.SENT], 0.0),
        ([Fate.PUT_OFF, Fate.SENT], 0.0),
        ([Fate.REFUSED], 0.0),
        ([Fate.PUT_OFF, Fate.PUT_OFF], LONG_PAUSE),
    ],
)
async def test_an_office_that_answers_nobody_is_left_alone_for_a_while(
    fates: list[Fate], pause: float
) -> None:
    errors: dict[Fate, Exception] = {
        Fate.PUT_OFF: BackendUnavailableError("503"),
        Fate.REFUSED: BackendRefusedRequestError("422"),
    }
    keys = [str(number) for number in range(len(fates))]
    failing = {key: errors[fate] for key, fate in zip(keys, fates, strict=True) if fate in errors}

    counted = await send_some(box(*keys), Office(errors=failing))

    assert pause_after(counted) == pause


def test_each_rest_is_longer_than_the_one_before_up_to_a_limit() -> None:
    rests = [rest_after(attempt) for attempt in range(1, 40)]

    assert rests == sorted(rests)
    assert (rests[0], rests[1], rests[-1]) == (
        timedelta(seconds=5),
        timedelta(seconds=10),
        LONGEST_REST,
    )


def test_an_office_that_asks_for_more_time_is_given_it() -> None:
    asked = BackendUnavailableError("429", retry_after=timedelta(hours=2))

    delivery = delivery_of(LeasedNotice(notice=reminder("a"), attempt=1), asked)

    assert delivery.rest == timedelta(hours=2)
