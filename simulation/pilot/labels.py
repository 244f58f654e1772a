"""The truth about every file of the set, drawn first: sound or defective, seen beforehand or not.

How many are sound in each province is the pilot's count, met exactly; which kinds the sound and the
defective files are is drawn by the assumed shares.
"""

import csv
import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from models.kernel.base import Message
from simulation.pilot.mix import Defect, Kind, Mix, Province

NO_DEFECT = "none"


class Label(Message):
    """One file's label. Neither an agency nor the pre-check ever reads it."""

    number: int
    """The file's place in the set, from 0."""
    province: str
    kind: str
    """Which story is behind it: a name of `assumed.toml`."""
    defect: str
    """The reason code of what is wrong, or `none`."""
    visible_before_filing: bool | None
    """None: there is nothing to see."""
    curable: bool
    cure: str | None

    @property
    def is_sound(self) -> bool:
        """Whether the agencies grant the file as it is."""
        return self.defect == NO_DEFECT


def labels_of(mix: Mix, *, files: int, seed: int) -> tuple[Label, ...]:
    """The labels of a set of so many files, the same for the same seed, provinces mixed."""
    chance = random.Random(f"{seed}:labels")  # noqa: S311 - a synthetic set, not secrets
    sizes = dict(apportioned({place.code: place.pilot_files for place in mix.province}, files))
    drawn = [
        (place.code, kind)
        for place in mix.province
        for kind in _kinds(chance, mix, place, sizes[place.code])
    ]
    chance.shuffle(drawn)
    return tuple(_label(number, *each) for number, each in enumerate(drawn))


def apportioned(weights: Mapping[str, float], total: int) -> Iterator[tuple[str, int]]:
    """Whole numbers that add up to a total, in proportion: the largest remainders round up."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    left = total - sum(int(share) for share in exact.values())
    first = sorted(exact, key=lambda name: int(exact[name]) - exact[name])[:left]
    yield from ((name, int(share) + (name in first)) for name, share in exact.items())


def write(labels: Iterable[Label], to: TextIO) -> None:
    """Write labels as CSV with a heading."""
    sheet = csv.DictWriter(to, list(Label.model_fields), lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(_row(label) for label in labels)


def _row(label: Label) -> dict[str, str]:
    return {name: _cell(value) for name, value in label.model_dump().items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kinds(chance: random.Random, mix: Mix, place: Province, files: int) -> Iterator[Kind]:
    sound = round(files * place.pilot_share)
    yield from _drawn(chance, mix.sound, sound)
    yield from _drawn(chance, mix.defect, files - sound)


def _drawn(chance: random.Random, kinds: Sequence[Kind], count: int) -> list[Kind]:
    return chance.choices(kinds, [kind.share for kind in kinds], k=count)


def _label(number: int, province: str, kind: Kind) -> Label:
    defect = kind if isinstance(kind, Defect) else None
    return Label(
        number=number,
        province=province,
        kind=kind.name,
        defect=defect.code if defect else NO_DEFECT,
        visible_before_filing=defect.visible if defect else None,
        curable=bool(defect and defect.cure),
        cure=defect.cure if defect else None,
    )
