"""The kinds of declaration of a death, and how many of each."""

from collections.abc import Mapping
from enum import StrEnum

from models.declarations.deaths import DeathProcedure

REGISTER, RESIDENCE, MONEY, SURVIVORS = DeathProcedure


class DeathKind(StrEnum):
    """What is special about a declaration, or what the person who died was entitled to."""

    INSURED = "insured"
    """The insurer pays for the funeral."""
    SUPPORTED = "supported"
    """The commune supported the person, and pays for the funeral."""
    TWO = "two"
    """Registration and residence alone."""
    FOUR = "four"
    """All four; the only relative is the representative."""
    AT_HOME = "at_home"
    """No hospital noticed the death: the commune's paper stands in."""
    CASH = "cash"
    """The funeral money is collected in cash."""
    CONFIRMED = "confirmed"
    """All four; the other relatives confirm the representative in time."""
    DISPUTED = "disputed"
    """A relative did not agree, the time is over: the written form is waited for."""
    RETURNED = "returned"
    """The account's number is wrong: the bank sends the money back."""
    TOO_FEW = "too_few"
    """The person had paid for too few months."""
    DREW = "drew"
    """The person had drawn social insurance at once."""
    NOBODYS = "nobodys"
    """Neither fund knows the person."""
    CLAIMED = "claimed"
    """The employer has claimed the same money before."""
    MISDATED = "misdated"
    """The date of birth of the deceased is not the one the population database holds."""
    ILL_FILLED = "ill_filled"
    """Several fields are wrong at once."""
    RIVAL = "rival"
    """The employer declares a death the family has declared, on another paper."""


PROCEDURES: Mapping[DeathKind, tuple[DeathProcedure, ...]] = {
    DeathKind.TWO: (REGISTER, RESIDENCE),
    DeathKind.FOUR: (REGISTER, RESIDENCE, MONEY, SURVIVORS),
    DeathKind.CONFIRMED: (REGISTER, RESIDENCE, MONEY, SURVIVORS),
    DeathKind.DISPUTED: (REGISTER, RESIDENCE, MONEY, SURVIVORS),
}
"""What is asked for; every other kind asks for three."""
THREE = (REGISTER, RESIDENCE, MONEY)
LEFT_OPEN = (DeathKind.DISPUTED, DeathKind.RETURNED)
"""Kinds a demonstration leaves open on purpose."""
UNUSUAL: Mapping[DeathKind, int] = {
    DeathKind.DISPUTED: 1,
    DeathKind.RETURNED: 1,
    DeathKind.CONFIRMED: 3,
    DeathKind.CLAIMED: 2,
    DeathKind.FOUR: 15,
    DeathKind.TOO_FEW: 3,
    DeathKind.DREW: 3,
    DeathKind.NOBODYS: 2,
    DeathKind.AT_HOME: 15,
    DeathKind.CASH: 4,
    DeathKind.TWO: 12,
    DeathKind.MISDATED: 2,
    DeathKind.ILL_FILLED: 2,
    DeathKind.RIVAL: 1,
}
"""Of a hundred deaths; all others are sound, and of the fund that the life of the person says."""
_MOST = {
    DeathKind.DISPUTED: 2,
    DeathKind.RETURNED: 2,
    DeathKind.CONFIRMED: 5,
    DeathKind.CLAIMED: 3,
    DeathKind.RIVAL: 1,
}
"""Kinds that somebody must do something for, or that are left for people: a few are enough."""
_FEWEST_FOR_UNUSUAL = 16


def how_many(count: int) -> dict[DeathKind, int]:
    """How many declarations of each unusual kind there are among so many; of few none is."""
    if count < _FEWEST_FOR_UNUSUAL:
        return dict.fromkeys(UNUSUAL, 0)
    return {
        kind: max(1, min(_MOST.get(kind, count), share * count // 100))
        for kind, share in UNUSUAL.items()
    }


def households_needed(count: int) -> int:
    """So many that somebody of every kind of life is among them, and a few stay to try with."""
    return count + _TO_CHOOSE_FROM if count else 0


_TO_CHOOSE_FROM = 120
