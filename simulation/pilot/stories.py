"""The whole set: for each label, drawn first, a household and the story that makes it true."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from simulation.pilot import stories_seen as seen
from simulation.pilot import stories_sound as sound
from simulation.pilot import stories_unseen as unseen
from simulation.pilot.households import Household
from simulation.pilot.labels import Label
from simulation.pilot.mix import Mix
from simulation.pilot.scenes import Scene
from simulation.pilot.worlds import Story

STORIES: Mapping[str, Callable[[Scene], Story]] = {
    story.__name__: story
    for story in (
        sound.insured,
        sound.supported,
        sound.posted_late,
        sound.rival_withdrawn,
        sound.rival_elsewhere,
        seen.insured_at_social,
        seen.supported_at_insurance,
        seen.supported_unnumbered,
        seen.nobody_pays,
        seen.record_missing,
        seen.too_few_months,
        seen.months_not_posted,
        seen.drew_lump_sum,
        seen.drew_and_supported,
        seen.misspelt,
        seen.wrong_number,
        seen.misspelt_and_short,
        seen.old_identity,
        seen.unrepresented,
        seen.claimed_before,
        seen.unproven,
        unseen.claimed_afterwards,
        unseen.disputed,
        unseen.months_annulled,
        unseen.lump_sum_found,
        unseen.support_ended,
        unseen.identity_merged,
    )
}
"""By the names of `assumed.toml`."""


def households_needed(labels: Iterable[Label]) -> Mapping[str, int]:
    """How many households of each province a set takes."""
    return Counter(label.province for label in labels)


def stories_of(
    mix: Mix, labels: Sequence[Label], households: Mapping[str, Sequence[Household]], *, seed: int
) -> list[Story]:
    """A story for each label, in their order; nobody dies twice."""
    free = {province: iter(known) for province, known in households.items()}
    agency_codes = {place.code: place.agency_code for place in mix.province}
    return [
        STORIES[label.kind](
            Scene(
                chance=random.Random(f"{seed}:{label.number}"),  # noqa: S311 - invented, not secret
                household=next(free[label.province]),
                number=label.number,
                agency_code=agency_codes[label.province],
                received_at=mix.received_at,
                survivors_ask=mix.survivors_ask,
                old_but_right=mix.old_but_right,
            )
        )
        for label in labels
    ]
