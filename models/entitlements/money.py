"""How much a funeral is granted, in whole đồng, and by which formula. Pure.

The month of death chooses the rates; of several regimes only the highest is ever paid.
"""

from collections.abc import Iterable
from datetime import date

from models.kernel.base import Message, ProcedureId
from models.kernel.vocabulary import Fund
from models.law.rates import Benefit, Level, Rates, TopUp


class FuneralMoney(Message):
    """What one fund pays for one funeral, with everything needed to check it by hand."""

    procedure: ProcedureId
    fund: Fund
    title: str
    amount: int
    """Whole đồng."""
    formula: str
    """In Vietnamese number style, e.g. `10 × 2.530.000`."""
    basis: str
    """The texts the multiple, the level and what a province adds rest on."""
    verified: bool
    """False: one of these texts has not been checked."""


def funeral_moneys(rates: Rates, died_on: date, province: str) -> tuple[FuneralMoney, ...]:
    """What each fund would pay, had the person been entitled to it.

    `province` is the 2-digit code of the last residence. A fund without a rate for the month of
    death is left out: nobody guesses money.
    """
    return tuple(
        money
        for benefit in rates.benefits_on(died_on)
        if (money := _money(benefit, rates, died_on, province)) is not None
    )


def highest(moneys: Iterable[FuneralMoney]) -> FuneralMoney | None:
    """The only one that is paid; of equal ones the first, None of none."""
    return max(moneys, key=lambda money: money.amount, default=None)


def in_dong(amount: int) -> str:
    """Write an amount as Vietnamese do: `25.300.000`."""
    return f"{amount:,}".replace(",", ".")


def _money(benefit: Benefit, rates: Rates, died_on: date, province: str) -> FuneralMoney | None:
    level = rates.level_on(benefit.level, died_on)
    if level is None:
        return None
    top_up = rates.top_up_on(benefit.level, province, died_on)
    sources = [one.basis for one in (benefit, level, top_up) if one is not None]
    return FuneralMoney(
        procedure=benefit.procedure,
        fund=benefit.fund,
        title=benefit.title,
        amount=benefit.times * (level.amount + (top_up.adds if top_up else 0)),
        formula=_formula(benefit, level, top_up),
        basis="; ".join(dict.fromkeys(source.cited() for source in sources)),
        verified=all(source.verified for source in sources),
    )


def _formula(benefit: Benefit, level: Level, top_up: TopUp | None) -> str:
    if top_up is None:
        return f"{benefit.times} × {in_dong(level.amount)}"
    return f"{benefit.times} × ({in_dong(level.amount)} + {in_dong(top_up.adds)})"
