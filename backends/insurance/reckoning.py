"""How much is paid after a death: this agency's own arithmetic, in whole đồng."""

from typing import Final

from backends.funds.book import Benefit
from backends.insurance.insured import Insured
from backends.insurance.levels import Level, dong

FUNERAL_LEVELS: Final = 10
SURVIVORS_FLOOR: Final = 3
"""Unverified: see the README of this agency."""
MONTHS_FOR_A_LEVEL: Final = 6
"""Unverified: two levels for each year paid, in place of two months' average earnings."""


def funeral_money(_insured: Insured, level: Level) -> Benefit:
    """Ten reference levels of the month of death."""
    formula = f"{FUNERAL_LEVELS} × {dong(level.amount)}"
    return Benefit(FUNERAL_LEVELS * level.amount, formula, level.basis)


def survivors_money(insured: Insured, level: Level) -> Benefit:
    """Two reference levels for each year paid, months in proportion, and at least three.

    Who drew a pension or a work-accident benefit has been paid for those years: three levels.
    """
    draws = insured.pensioner or insured.work_accident
    months = 0 if draws else insured.compulsory_months + insured.voluntary_months
    counted = max(months, SURVIVORS_FLOOR * MONTHS_FOR_A_LEVEL)
    formula = f"{counted} tháng × 2 / 12 × {dong(level.amount)}"
    return Benefit(counted * level.amount // MONTHS_FOR_A_LEVEL, formula, level.basis)
