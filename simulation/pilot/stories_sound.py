"""Files that the agencies grant as they are, some of them against what the records say at first."""

from simulation.pilot import lives
from simulation.pilot.families import INSURANCE_FUNERAL, SOCIAL_FUNERAL
from simulation.pilot.scenes import Scene
from simulation.pilot.worlds import Story


def insured(scene: Scene) -> Story:
    """The insurer pays; some of its people are declared by their insurance number alone."""
    said = scene.declared(survivors=scene.asks_for_survivors())
    unnumbered = {"personal_number": None} if scene.chance.random() < 0.03 else {}  # noqa: PLR2004 - a plausible share
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=said | {"deceased": said["deceased"] | unnumbered},
    )


def supported(scene: Scene) -> Story:
    """Social affairs know the deceased, and pay; some of them once paid insurance for months."""
    once_worked = scene.chance.random() < 0.1  # noqa: PLR2004 - a plausible share
    return scene.story(
        SOCIAL_FUNERAL,
        scene.insurer(lives.months(scene.chance, 1, 11) if once_worked else None),
        scene.support(lives.supported(scene.chance, scene.born)),
    )


def posted_late(scene: Scene) -> Story:
    """The last months are on their way to the insurer's table, and there before the decision."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.months(scene.chance, 6, 11), as_of=scene.old()),
        scene.support(),
        afterwards=(scene.insurer(lives.months(scene.chance, 12, 16)),),
    )


def rival_withdrawn(scene: Scene) -> Story:
    """Somebody else has claimed, and withdraws before the decision."""
    life = lives.insured(scene.chance, scene.born)
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(life, claims=scene.rival(INSURANCE_FUNERAL)),
        scene.support(),
        afterwards=(scene.insurer(life),),
    )


def rival_elsewhere(scene: Scene) -> Story:
    """Somebody else has claimed at social affairs, which will refuse; the insurer pays."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(claims=scene.rival(SOCIAL_FUNERAL)),
    )
