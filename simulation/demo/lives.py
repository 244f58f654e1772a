"""What a person's life comes to when they die: which fund pays, if any, by the truth of it."""

from simulation.demo.death_kinds import DeathKind
from simulation.demo.households import Household, Life

_MONTHS, _VOLUNTARY_MONTHS = 12, 60
"""From how many months on the insurer pays for a funeral."""
_AGREEING = 2
_OF_THE_INSURED = frozenset({DeathKind.RETURNED, DeathKind.CASH, DeathKind.CLAIMED})
_OF_ANYBODY_PAID = frozenset({DeathKind.AT_HOME, DeathKind.MISDATED, DeathKind.ILL_FILLED})


def kind_of_life(life: Life) -> DeathKind:
    """What an ordinary declaration for three procedures comes to."""
    if life.pensioner or life.work_accident:
        return DeathKind.INSURED
    if life.lump_sum_on:
        return DeathKind.DREW
    if life.compulsory_months >= _MONTHS or life.voluntary_months >= _VOLUNTARY_MONTHS:
        return DeathKind.INSURED
    if life.social_groups or life.social_pension:
        return DeathKind.SUPPORTED
    if life.compulsory_months or life.voluntary_months:
        return DeathKind.TOO_FEW
    return DeathKind.NOBODYS


def fits(kind: DeathKind, home: Household) -> bool:
    """Whether a declaration of this kind can be made about this household."""
    life, relatives = kind_of_life(home.life), len(home.relatives)
    is_insured = life is DeathKind.INSURED
    if kind is DeathKind.FOUR:
        return is_insured and relatives == 1
    if kind in (DeathKind.CONFIRMED, DeathKind.DISPUTED):
        return is_insured and relatives >= _AGREEING
    if kind in _OF_THE_INSURED:
        return is_insured
    if kind in _OF_ANYBODY_PAID:
        return is_insured or life is DeathKind.SUPPORTED
    return kind in (DeathKind.TWO, life)
