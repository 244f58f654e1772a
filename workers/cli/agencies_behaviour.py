"""From a word on the command line to a behaviour of the switchboard, and back into words."""

from enum import StrEnum
from typing import Any

Behaviour = dict[str, Any]  # Any: the switchboard's JSON


class Mode(StrEnum):
    """What can be said of an agency in one word."""

    UP = "up"
    DOWN = "down"
    SLOW = "slow"
    DELAY = "delay"
    PEOPLE = "people"
    FAIL = "fail"


def behaviour_for(
    mode: Mode,
    now: Behaviour,
    *,
    latency: float,
    after: float,
    rate: float,
    calls: bool | None = None,
) -> Behaviour:
    """The whole behaviour to set: `up` is a good day, every other word adds to what is set."""
    said = {} if calls is None else {"calls_back": calls}
    if mode is Mode.UP:
        return said
    change: dict[Mode, Behaviour] = {
        Mode.DOWN: {"reachable": "down"},
        Mode.SLOW: {"latency": latency},
        Mode.DELAY: {"answers": {"when": "after_delay", "seconds": after}},
        Mode.PEOPLE: {"answers": {"when": "people"}},
        Mode.FAIL: {"failure_rate": rate},
    }
    return now | change[mode] | said


def in_words(behaviour: Behaviour) -> str:
    """What an operator reads about a behaviour."""
    answers = behaviour["answers"]
    parts = [
        "ngừng (cổng đóng)" if behaviour["reachable"] == "down" else "",
        f"chậm thêm {behaviour['latency']:g} giây" if behaviour["latency"] else "",
        *(f"{words} {behaviour[name]:.0%} lời gọi" for name, words in _SHARES if behaviour[name]),
        f"quyết định sau {answers['seconds']:g} giây" if answers["when"] == "after_delay" else "",
        "chờ cán bộ quyết định" if answers["when"] == "people" else "",
        "" if behaviour["calls_back"] else "không gọi báo quyết định",
    ]
    return ", ".join(part for part in parts if part) or "bình thường"


_SHARES = (
    ("failure_rate", "báo bận"),
    ("lost_rate", "mất câu trả lời"),
    ("nonsense_rate", "trả lời sai quy ước"),
)
