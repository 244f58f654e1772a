"""What has become of a demonstration's declarations so far: one object, changed as news comes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.cases.status import CaseStatus
from models.kernel.base import CaseId
from models.kernel.vocabulary import CaseState
from simulation.demo.planned import Planned

RunKey = tuple[CaseId, str]
"""One run of a case: its id with the server's id of the run."""


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """A declaration the intake has decided about."""

    run_id: str
    started_at: datetime
    seconds: float
    """From handing it in until the intake had decided and sent the receipt, as seen from here."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What finally became of one declaration; no status: a case of its id was still open."""

    status: CaseStatus | None

    @property
    def state(self) -> CaseState:
        """The state it ended in; still being open already makes the second a duplicate."""
        return self.status.state if self.status else CaseState.DUPLICATE

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """Why agencies said no, each code once."""
        dossiers = self.status.dossiers if self.status else ()
        return tuple(sorted({each.reason_code for each in dossiers if each.reason_code}))


@dataclass(frozen=True, kw_only=True)
class Open:
    """An open case as its search attributes say."""

    case_code: str | None
    holders: tuple[str, ...]
    """Whom it waits for."""


@dataclass(kw_only=True)
class Progress:
    """Declarations by their place in the plan."""

    planned: Sequence[Planned]
    taken: dict[int, TakenIn] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    waiting: dict[int, Open] = field(default_factory=dict)
    """The open cases, as they were seen last."""
    kept: dict[int, CaseStatus] = field(default_factory=dict)
    """The cases left open on purpose, as they stood when they were left."""
    first_completed: float | None = None
    """The local clock when the first completed case was seen."""

    def tell(self, at: int, status: CaseStatus | None, clock: float) -> None:
        """One more has come to its end."""
        self.waiting.pop(at, None)
        self.kept.pop(at, None)
        self.told[at] = Told(status=status)
        if self.first_completed is None and self.told[at].state is CaseState.COMPLETED:
            self.first_completed = clock

    def keep(self, at: int, status: CaseStatus) -> None:
        """One stands where it is meant to be left, unless it has ended all the same."""
        if at not in self.told:
            self.kept[at] = status

    @property
    def is_over(self) -> bool:
        """Everything handed in has come to its end, or is left open on purpose."""
        return len(self.told) + len(self.kept) == len(self.planned)

    @property
    def handed_in(self) -> int:
        """How many the intake has decided about, or a case of the same id has forestalled."""
        return len(self.taken.keys() | self.told.keys())

    def open_runs(self) -> dict[RunKey, int]:
        """Runs of cases whose end nobody has told yet."""
        return {
            (self.planned[at].case_id, taken.run_id): at
            for at, taken in self.taken.items()
            if at not in self.told
        }

    def states(self) -> Counter[CaseState]:
        """How many ended in which state."""
        return Counter(told.state for told in self.told.values())

    def holders(self) -> Counter[str]:
        """How many open cases wait for whom; a case may wait for two, and be out of touch."""
        return Counter(holder for case in self.waiting.values() for holder in case.holders)

    def mark(self) -> tuple[object, ...]:
        """Something that differs as soon as anything has moved."""
        return (
            self.handed_in,
            len(self.told),
            len(self.kept),
            tuple(sorted(self.holders().items())),
        )
