"""What invented people paid and drew in their lives, in plausible shares."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from models.kernel.base import Message

GROUPS = ("elderly_alone", "elderly_poor", "severe_disability", "hiv_poor")
"""Codes as social affairs keep them, of those an old person may belong to."""
_FIRST_LUMP_SUM = date(2012, 1, 2)


class Life(Message):
    """The truth about a person; a fund's own record of it may be stale or missing."""

    compulsory_months: int = 0
    voluntary_months: int = 0
    pensioner: bool = False
    work_accident: bool = False
    lump_sum_on: date | None = None
    social_groups: tuple[str, ...] = ()
    social_pension: bool = False

    @property
    def is_insured(self) -> bool:
        """Whether social insurance has anything to say about the person."""
        return bool(self.compulsory_months or self.voluntary_months or self.lump_sum_on)

    @property
    def is_supported(self) -> bool:
        """Whether social affairs support the person."""
        return bool(self.social_groups) or self.social_pension


class Generation(NamedTuple):
    """Between which years people of a kind of life were born."""

    first: int
    last: int


def life(chance: random.Random) -> tuple[Generation, Life]:
    """One of the kinds of life, drawn by its share, and whose it is."""
    (generation, make, _), *_ = chance.choices(_KINDS, [share for *_, share in _KINDS])
    return generation, make(chance)


def _pensioner(chance: random.Random) -> Life:
    return Life(compulsory_months=chance.randint(240, 420), pensioner=True)


def _insured(chance: random.Random) -> Life:
    return Life(compulsory_months=chance.randint(12, 300))


def _hurt_at_work(chance: random.Random) -> Life:
    return Life(compulsory_months=chance.randint(1, 200), work_accident=True)


def _volunteer(chance: random.Random) -> Life:
    return Life(voluntary_months=chance.randint(60, 120))


def _supported(chance: random.Random) -> Life:
    return Life(social_groups=(chance.choice(GROUPS),))


def _social_pensioner(_chance: random.Random) -> Life:
    return Life(social_pension=True)


def _briefly_insured(chance: random.Random) -> Life:
    return Life(compulsory_months=chance.randint(1, 11))


def _drew_at_once(chance: random.Random) -> Life:
    drawn = _FIRST_LUMP_SUM + timedelta(days=chance.randrange(5_000))
    return Life(compulsory_months=chance.randint(12, 120), lump_sum_on=drawn)


def _nothing(_chance: random.Random) -> Life:
    return Life()


_OLD, _WORKING = Generation(1936, 1960), Generation(1964, 1984)
_KINDS: tuple[tuple[Generation, Callable[[random.Random], Life], int], ...] = (
    (_OLD, _pensioner, 36),
    (_WORKING, _insured, 15),
    (_WORKING, _hurt_at_work, 3),
    (_WORKING, _volunteer, 5),
    (_OLD, _supported, 22),
    (_OLD, _social_pensioner, 6),
    (_WORKING, _briefly_insured, 5),
    (_WORKING, _drew_at_once, 5),
    (_OLD, _nothing, 3),
)
