"""Files with a defect that the records or the declaration show before anything is filed."""

from datetime import date, timedelta

from simulation.pilot import lives
from simulation.pilot.families import INSURANCE_FUNERAL, SOCIAL_FUNERAL, Papers, Raw
from simulation.pilot.scenes import Scene
from simulation.pilot.worlds import Story


def insured_at_social(scene: Scene) -> Story:
    """Insured, filed at social affairs; some were supported, too, and still the insurer pays."""
    also = lives.supported(scene.chance, scene.born) if scene.chance.random() < 0.3 else None  # noqa: PLR2004 - a plausible share
    return scene.story(
        SOCIAL_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(also),
    )


def supported_at_insurance(scene: Scene) -> Story:
    """Supported, filed at the insurer, which does not know the deceased."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(),
        scene.support(lives.supported(scene.chance, scene.born)),
    )


def supported_unnumbered(scene: Scene) -> Story:
    """Supported, and declared without the number by which alone social affairs find somebody."""
    right = scene.declared()
    unnumbered = right["deceased"] | {"personal_number": None, "insurance_number": None}
    return scene.story(
        SOCIAL_FUNERAL,
        scene.insurer(),
        scene.support(lives.supported(scene.chance, scene.born)),
        declaration=right | {"deceased": unnumbered},
        papers=Papers(deceased=right["deceased"]),
    )


def nobody_pays(scene: Scene) -> Story:
    """Neither fund ever had to do with the deceased."""
    guess = scene.chance.choice((INSURANCE_FUNERAL, SOCIAL_FUNERAL))
    return scene.story(guess, scene.insurer(), scene.support())


def record_missing(scene: Scene) -> Story:
    """Insured, and the record is not found; the family has the insurance book at home."""
    proven = scene.insurer(lives.insured(scene.chance, scene.born))
    return scene.story(
        INSURANCE_FUNERAL, scene.insurer(), scene.support(), papers=Papers(record=proven)
    )


def too_few_months(scene: Scene) -> Story:
    """Paid for some months, and no more."""
    few = scene.insurer(lives.months(scene.chance, 1, 11))
    return scene.story(INSURANCE_FUNERAL, few, scene.support())


def months_not_posted(scene: Scene) -> Story:
    """Paid long enough; the insurer's table lags behind until the employer's proof is entered."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.months(scene.chance, 6, 11), as_of=scene.old()),
        scene.support(),
        papers=Papers(record=scene.insurer(lives.months(scene.chance, 12, 16))),
    )


def drew_lump_sum(scene: Scene) -> Story:
    """Drew insurance at once, and nobody supported the deceased afterwards."""
    drew = scene.insurer(lives.drew_at_once(scene.chance))
    return scene.story(INSURANCE_FUNERAL, drew, scene.support())


def drew_and_supported(scene: Scene) -> Story:
    """Drew insurance at once, and was supported later: filed at the fund that owes nothing."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.drew_at_once(scene.chance)),
        scene.support(lives.supported(scene.chance, scene.born)),
    )


def misspelt(scene: Scene) -> Story:
    """The family writes one thing about the deceased otherwise than the identity card."""
    right = scene.declared()
    wrong = scene.chance.choice((_other_name, _other_birthday, _other_insurance_number))
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=right | {"deceased": wrong(right["deceased"])},
        papers=Papers(deceased=right["deceased"]),
    )


def wrong_number(scene: Scene) -> Story:
    """The family writes a personal number that is nobody's."""
    right = scene.declared()
    number = right["deceased"]["personal_number"]
    wrong = {"personal_number": f"{number[:6]}99{number[8:]}"}
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=right | {"deceased": right["deceased"] | wrong},
        papers=Papers(deceased=right["deceased"]),
    )


def misspelt_and_short(scene: Scene) -> Story:
    """Two defects: the first hides the second until it is mended."""
    right = scene.declared()
    wrong = scene.chance.choice((_other_name, _other_birthday))
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.months(scene.chance, 1, 11)),
        scene.support(),
        declaration=right | {"deceased": wrong(right["deceased"])},
        papers=Papers(deceased=right["deceased"]),
    )


def old_identity(scene: Scene) -> Story:
    """The insurer still has the birthday of an old paper; the population database has the right."""
    life = lives.insured(scene.chance, scene.born)
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(life, date_of_birth=_first_of_january(scene.born), as_of=scene.old()),
        scene.support(),
        papers=Papers(record=scene.insurer(life)),
    )


def unrepresented(scene: Scene) -> Story:
    """The relatives have named nobody to collect for all, and could."""
    named = scene.declared(survivors=True)
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=named | {"representative": None},
        papers=Papers(representative=named["representative"]),
    )


def claimed_before(scene: Scene) -> Story:
    """Somebody else, mostly the employer, has claimed already."""
    life = lives.insured(scene.chance, scene.born)
    claimed = scene.insurer(life, claims=scene.rival(INSURANCE_FUNERAL))
    return scene.story(INSURANCE_FUNERAL, claimed, scene.support())


def unproven(scene: Scene) -> Story:
    """The family hands in no proof of the death; the hospital still issues one."""
    proven = scene.declared()
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=proven | {"notice": None},
        papers=Papers(notice=proven["notice"]),
    )


def _other_name(deceased: Raw) -> Raw:
    *first, last = deceased["full_name"].split()
    return deceased | {"full_name": " ".join([last, *first])}


def _other_birthday(deceased: Raw) -> Raw:
    born = date.fromisoformat(deceased["date_of_birth"])
    return deceased | {"date_of_birth": (born + timedelta(days=10)).isoformat()}


def _other_insurance_number(deceased: Raw) -> Raw:
    *kept, last = deceased["insurance_number"]
    return deceased | {"insurance_number": f"{''.join(kept)}{(int(last) + 1) % 10}"}


def _first_of_january(born: date) -> date:
    """What old papers say where only the year was known."""
    known = date(born.year, 1, 1)
    return known if known != born else date(born.year - 1, 1, 1)
