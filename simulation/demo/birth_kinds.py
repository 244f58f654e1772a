"""The kinds of declaration a demonstration hands in, and how many of each."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from models.declarations.births import BirthProcedure

REGISTER, RESIDENCE, CARD = (
    BirthProcedure.REGISTER_BIRTH,
    BirthProcedure.REGISTER_RESIDENCE,
    BirthProcedure.ISSUE_CARD,
)


class BirthKind(StrEnum):
    """What is special about a declaration, if anything."""

    ALL_THREE = "all_three"
    WITH_RESIDENCE = "with_residence"
    WITH_CARD = "with_card"
    ALONE = "alone"
    TWINS = "twins"
    PLAIN = "plain"
    """Sent without encryption, which only some servers take in."""
    WRONG_HOUSEHOLDER = "wrong_householder"
    """The householder's number has a wrong digit: there is no such household."""
    LATE = "late"
    """Received so long ago that it is overdue; an officer has not decided yet."""
    DUE_SOON = "due_soon"
    """Due within a working day; an officer has not decided yet."""
    SUPPLEMENT = "supplement"
    """An officer wants more from the citizen, so the clock stands still."""
    EXTENDED = "extended"
    """The officer apologises and names one new date."""
    STOPPED = "stopped"
    """Operations cancel the case while an officer holds one procedure."""
    WITHDRAWN = "withdrawn"
    """The citizen takes one procedure back while an officer holds it."""
    MISMATCH = "mismatch"
    """The mother's date of birth is not the one the population database holds."""
    INVALID = "invalid"
    """Several fields are wrong at once."""
    REPEATED = "repeated"
    """The same declaration a second time."""
    CONTRADICTED = "contradicted"
    """Another declaration with a birth notice already used."""


PROCEDURES: Mapping[BirthKind, tuple[BirthProcedure, ...]] = {
    BirthKind.WITH_RESIDENCE: (REGISTER, RESIDENCE),
    BirthKind.WITH_CARD: (REGISTER, CARD),
    BirthKind.ALONE: (REGISTER,),
    BirthKind.SUPPLEMENT: (REGISTER, RESIDENCE),
}
"""What is asked for; every other kind asks for all three."""
ALL_PROCEDURES = (REGISTER, RESIDENCE, CARD)
ECHOES = (BirthKind.REPEATED, BirthKind.CONTRADICTED)
"""Kinds that follow a declaration handed in before."""
LEFT_OPEN = (BirthKind.LATE, BirthKind.DUE_SOON, BirthKind.EXTENDED, BirthKind.SUPPLEMENT)
"""Kinds a demonstration leaves open on purpose, for people to go on with."""
HELD = (*LEFT_OPEN, BirthKind.STOPPED, BirthKind.WITHDRAWN)
"""Kinds whose residence dossier an officer is given, and the agency does not decide by itself."""
PAIR = 2

_USUAL = {
    BirthKind.ALL_THREE: 62,
    BirthKind.WITH_CARD: 20,
    BirthKind.WITH_RESIDENCE: 12,
    BirthKind.ALONE: 6,
}
_UNUSUAL = {
    BirthKind.TWINS: 4,
    BirthKind.INVALID: 3,
    BirthKind.MISMATCH: 2,
    BirthKind.WRONG_HOUSEHOLDER: 2,
}
_ONCE = (BirthKind.PLAIN, BirthKind.REPEATED, BirthKind.CONTRADICTED)
_HELD = dict.fromkeys(HELD, 1) | {BirthKind.LATE: 2, BirthKind.DUE_SOON: 2}
_FEWEST_FOR_UNUSUAL, _FEWEST_FOR_HELD = 12, 20


def how_many(count: int) -> dict[BirthKind, int]:
    """How many declarations of each kind there are among so many; few are all sound ones."""
    numbers = dict.fromkeys(BirthKind, 0)
    if count >= _FEWEST_FOR_UNUSUAL:
        numbers |= {kind: max(1, share * count // 100) for kind, share in _UNUSUAL.items()}
        numbers |= dict.fromkeys(_ONCE, 1)
        numbers[BirthKind.TWINS] += numbers[BirthKind.TWINS] % PAIR
    if count >= _FEWEST_FOR_HELD:
        numbers |= {kind: max(1, min(most, most * count // 100)) for kind, most in _HELD.items()}
    return numbers | _usual(count - sum(numbers.values()))


def families_needed(count: int) -> int:
    """Twins share a family, and echoes have none of their own."""
    numbers = how_many(count)
    return count - numbers[BirthKind.TWINS] // PAIR - sum(numbers[kind] for kind in ECHOES)


def own_kinds(count: int) -> Iterator[BirthKind]:
    """One kind for each family, in the order of the kinds."""
    for kind, number in how_many(count).items():
        if kind not in ECHOES:
            yield from [kind] * (number // PAIR if kind is BirthKind.TWINS else number)


def _usual(count: int) -> dict[BirthKind, int]:
    total = sum(_USUAL.values())
    numbers = {kind: share * count // total for kind, share in _USUAL.items()}
    numbers[BirthKind.ALL_THREE] += count - sum(numbers.values())
    return numbers
