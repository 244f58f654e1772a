"""The figures of a bench: medians of paired rounds, fit to be written down."""

from statistics import median

from models.kernel.base import Message


class Round(Message):
    """One pair: the pipeline, then the baseline, on the same server."""

    pipeline_rate: float
    bare_rate: float
    cpu_ms_per_case: dict[str, float]
    """By process of the local run, while the pipeline ran."""

    @property
    def ratio(self) -> float:
        """The pipeline's rate over the baseline's."""
        return self.pipeline_rate / self.bare_rate


class Figures(Message):
    """What one bench found."""

    cases_per_round: int
    rounds: tuple[Round, ...]
    receipt_p95_seconds: float
    events_per_case: int
    bytes_per_case: int
    bare_events_per_case: int

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: machines drift, pairs drift together."""
        return median(round_.ratio for round_ in self.rounds)

    @property
    def pipeline_rate(self) -> float:
        """Cases a second, median."""
        return median(round_.pipeline_rate for round_ in self.rounds)

    @property
    def bare_rate(self) -> float:
        """Bare workflows a second, median."""
        return median(round_.bare_rate for round_ in self.rounds)

    def cpu_ms(self) -> dict[str, float]:
        """CPU milliseconds a case by process, median."""
        names = self.rounds[0].cpu_ms_per_case
        return {
            name: median(round_.cpu_ms_per_case[name] for round_ in self.rounds) for name in names
        }
