"""Whatever becomes of a demonstration, the agency it lent an officer decides as before."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from simulation.demo import switch

AT_ONCE = {"when": "at_once"}


class Switchboard:
    """One agency's switch; a lost answer comes after the switch was turned."""

    def __init__(self) -> None:
        self.behaviour: dict[str, Any] = {"latency": 0.5, "answers": AT_ONCE}
        self.loses_answers = False
        self.turned = asyncio.Event()

    async def ask(self, _client: object, method: str, _path: str, json: Any = None) -> Any:
        if method == "GET":
            return {"agencies": [{"agency": "residence", "behaviour": self.behaviour}]}
        self.behaviour = json
        if self.loses_answers and json["answers"] == switch.PEOPLE:
            self.turned.set()
            await asyncio.Event().wait()
        return {}


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Switchboard]:
    board = Switchboard()
    monkeypatch.setattr(switch, "_ask", board.ask)
    yield board
    assert board.behaviour == {"latency": 0.5, "answers": AT_ONCE}


async def lend() -> None:
    async with switch.officers_decide("http://127.0.0.1:1", "residence"):
        await asyncio.Event().wait()


async def test_officers_decide_only_while_the_block_lasts(board: Switchboard) -> None:
    async with switch.officers_decide("http://127.0.0.1:1", "residence"):
        assert board.behaviour == {"latency": 0.5, "answers": switch.PEOPLE}


async def test_who_gives_up_while_the_switch_is_being_turned_leaves_it_as_it_was(
    board: Switchboard,
) -> None:
    board.loses_answers = True
    lending = asyncio.create_task(lend())
    await board.turned.wait()

    lending.cancel()

    with pytest.raises(asyncio.CancelledError):
        await lending
