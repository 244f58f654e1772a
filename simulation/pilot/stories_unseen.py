"""Files that were sound when they were filed: no record shows the defect before."""

from datetime import timedelta

from simulation.pilot import lives
from simulation.pilot.families import INSURANCE_FUNERAL, SOCIAL_FUNERAL
from simulation.pilot.scenes import Scene
from simulation.pilot.worlds import Story


def claimed_afterwards(scene: Scene) -> Story:
    """Somebody else claims at the same fund while the family's file waits to be decided."""
    if scene.chance.random() < 0.2:  # noqa: PLR2004 - a plausible share
        life = lives.supported(scene.chance, scene.born)
        rival = scene.support(life, claims=scene.rival(SOCIAL_FUNERAL))
        return scene.story(
            SOCIAL_FUNERAL, scene.insurer(), scene.support(life), afterwards=(rival,)
        )
    life = lives.insured(scene.chance, scene.born)
    rival = scene.insurer(life, claims=scene.rival(INSURANCE_FUNERAL))
    return scene.story(INSURANCE_FUNERAL, scene.insurer(life), scene.support(), afterwards=(rival,))


def disputed(scene: Scene) -> Story:
    """A representative is declared, and the relatives do not confirm."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.insured(scene.chance, scene.born)),
        scene.support(),
        declaration=scene.declared(survivors=True),
        is_disputed=True,
    )


def months_annulled(scene: Scene) -> Story:
    """Months that were paid by mistake are taken out of the table."""
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(lives.months(scene.chance, 12, 18)),
        scene.support(),
        afterwards=(scene.insurer(lives.months(scene.chance, 2, 11)),),
    )


def lump_sum_found(scene: Scene) -> Story:
    """Another province's office reports late that the deceased drew insurance at once."""
    drew = lives.drew_at_once(scene.chance)
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(drew | {"lump_sum_on": None}),
        scene.support(),
        afterwards=(scene.insurer(drew),),
    )


def support_ended(scene: Scene) -> Story:
    """The support had ended before the death; the list is put right late."""
    return scene.story(
        SOCIAL_FUNERAL,
        scene.insurer(),
        scene.support(lives.supported(scene.chance, scene.born)),
        afterwards=(scene.support({}),),
    )


def identity_merged(scene: Scene) -> Story:
    """Two records of the insurer become one, with the other's birthday."""
    life = lives.insured(scene.chance, scene.born)
    other = scene.born - timedelta(days=scene.chance.randint(1, 300))
    return scene.story(
        INSURANCE_FUNERAL,
        scene.insurer(life),
        scene.support(),
        afterwards=(scene.insurer(life, date_of_birth=other),),
    )
