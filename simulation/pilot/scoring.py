"""Laying the labels beside what the agencies decided and what families were told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.kernel.vocabulary import Fund
from simulation.pilot.arms import Followed
from simulation.pilot.filing import Filed
from simulation.pilot.labels import Label
from simulation.pilot.mix import Mix
from simulation.pilot.scores import ProvinceScore, Score, Seen, Share
from simulation.pilot.worlds import Story


@dataclass(frozen=True, kw_only=True)
class _File:
    """One file of the set with everything that is known about it."""

    label: Label
    story: Story
    as_filed: Filed
    followed: Followed

    @property
    def codes(self) -> set[str]:
        return {one.reason_code for one in self.followed.advice.would_refuse}

    @property
    def is_told(self) -> bool:
        return self.label.defect in self.codes

    @property
    def is_sent_elsewhere(self) -> bool:
        advice = self.followed.advice
        named = advice.fund is not Fund.NONE and advice.route != self.story.family.guess
        return named and not self.is_told

    @property
    def is_called_old(self) -> bool:
        return bool(self.followed.advice.stale)

    @property
    def agrees(self) -> bool:
        """Whether the agencies decided as the label says, and for no other reason."""
        if self.label.is_sound:
            return self.as_filed.is_valid
        return {self.label.defect} == {*self.as_filed.refused.values()}


def score(
    mix: Mix,
    seed: int,
    labels: Sequence[Label],
    stories: Sequence[Story],
    arms: tuple[Sequence[Filed], Sequence[Followed]],
) -> Score:
    """Lay the labels beside what the agencies decided."""
    files = [
        _File(label=label, story=story, as_filed=one, followed=other)
        for label, story, one, other in zip(labels, stories, *arms, strict=True)
    ]
    sound = [file for file in files if file.label.is_sound]
    bad = [file for file in files if not file.label.is_sound]
    warned = [file for file in sound if file.codes]
    codes = list(dict.fromkeys(kind.code for kind in mix.defect))
    return Score(
        seed=seed,
        files=len(files),
        provinces=tuple(_provinces(mix, files)),
        codes=tuple(_seen(code, [f for f in bad if f.label.defect == code]) for code in codes),
        kinds=tuple(
            _seen(kind.name, [f for f in bad if f.label.kind == kind.name]) for kind in mix.defect
        ),
        overall=_seen("all", bad),
        unseen=_share(bad, [f for f in bad if not f.label.visible_before_filing]),
        warned_off=_share(sound, warned),
        turned_away=_share(sound, [f for f in sound if not f.followed.filed.is_filed]),
        made_worse=_share(sound, [f for f in sound if f.followed.filed.refused]),
        called_old=_share(sound, [f for f in sound if f.is_called_old]),
        warned_kinds=Counter(file.label.kind for file in warned),
        disagreeing=sum(not file.agrees for file in files),
    )


def _provinces(mix: Mix, files: Sequence[_File]) -> Iterable[ProvinceScore]:
    for place in mix.province:
        here = [file for file in files if file.label.province == place.code]
        valid = [file for file in here if file.followed.filed.is_valid]
        yield ProvinceScore(
            title=place.title,
            pilot=Share(count=place.pilot_valid, of=place.pilot_files),
            as_filed=_share(here, [file for file in here if file.as_filed.is_valid]),
            followed=_share([file for file in here if file.followed.filed.is_filed], valid),
            paid=_share(here, valid),
        )


def _seen(name: str, files: Sequence[_File]) -> Seen:
    quiet = [file for file in files if not (file.is_told or file.is_sent_elsewhere)]
    return Seen(
        name=name,
        defects=len(files),
        visible=sum(bool(file.label.visible_before_filing) for file in files),
        told=sum(file.is_told for file in files),
        sent_elsewhere=sum(file.is_sent_elsewhere for file in files),
        told_otherwise=sum(bool(file.codes) for file in quiet),
        called_old=sum(file.is_called_old for file in files),
        cured=sum(file.followed.filed.is_valid for file in files),
    )


def _share(of: Sequence[_File], which: Sequence[_File]) -> Share:
    return Share(count=len(which), of=len(of))
