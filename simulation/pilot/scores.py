"""The figures of a run, as they are printed and written down."""

from models.kernel.base import Message


class Share(Message):
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """In per cent; nothing of nothing is none."""
        return 100 * self.count / self.of if self.of else 0.0


class ProvinceScore(Message):
    """One province beside its pilot."""

    title: str
    pilot: Share
    as_filed: Share
    followed: Share
    """Valid, of those that were filed at all after the pre-check."""
    paid: Share
    """Valid after the pre-check, of all declarations."""


class Seen(Message):
    """How the pre-check met the defects of one code or one kind."""

    name: str
    defects: int
    visible: int
    told: int
    """The same code was told beforehand."""
    sent_elsewhere: int
    """No code, but the family was sent to the fund that pays."""
    told_otherwise: int
    """Only other codes were told."""
    called_old: int
    """The advice said that a fund's records are old."""
    cured: int
    """Granted after the advice was followed."""

    @property
    def recall(self) -> Share:
        """Told with the very code or sent to the right fund, of all defects."""
        return Share(count=self.told + self.sent_elsewhere, of=self.defects)

    @property
    def recall_of_visible(self) -> Share:
        """The same, of those that could be seen."""
        return Share(count=self.told + self.sent_elsewhere, of=self.visible)


class Score(Message):
    """All figures of one run."""

    seed: int
    files: int
    provinces: tuple[ProvinceScore, ...]
    codes: tuple[Seen, ...]
    kinds: tuple[Seen, ...]
    overall: Seen
    unseen: Share
    """Defects no record shows before filing, of all defects."""
    warned_off: Share
    """Sound declarations told of an obstacle, of all that are sound."""
    turned_away: Share
    """Sound declarations that were never filed because of it."""
    made_worse: Share
    """Sound declarations that were filed and refused after the advice."""
    called_old: Share
    """Sound declarations whose advice said that a fund's records are old."""
    warned_kinds: dict[str, int]
    """Which stories the warned ones are."""
    disagreeing: int
    """Files about which the agencies' own decision is not what the label says."""
