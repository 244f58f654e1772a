"""How an agency behaves: independent parts, each with the default of a good day."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.kernel.base import Definition


class Reachable(StrEnum):
    """Whether the agency's port is open."""

    UP = "up"
    DOWN = "down"


class AtOnce(Definition):
    """Every dossier is decided in the answer to its filing."""

    when: Literal["at_once"]


class AfterDelay(Definition):
    """A dossier is accepted first, and decided this many seconds later."""

    when: Literal["after_delay"]
    seconds: Annotated[float, Field(gt=0, le=30 * 86_400)]


class People(Definition):
    """A dossier is accepted, and waits at the desk until an officer decides."""

    when: Literal["people"]


Answers = Annotated[AtOnce | AfterDelay | People, Field(discriminator="when")]
Share = Annotated[float, Field(ge=0, le=1)]


class Behaviour(Definition):
    """One agency's behaviour. Every part stands alone, so any combination has a meaning.

    Shares are exact, not random: of any N calls in a row, rate × N (±1) are struck.
    """

    reachable: Reachable = Reachable.UP
    latency: Annotated[float, Field(ge=0, le=600)] = 0.0
    """Seconds added before each answer."""
    failure_rate: Share = 0.0
    """Share of calls answered 503 with Retry-After, with nothing done."""
    lost_rate: Share = 0.0
    """Share of calls whose work is done and whose answer is lost on the way (504)."""
    nonsense_rate: Share = 0.0
    """Share of calls answered 200 with a page no contract knows, with nothing done."""
    answers: Answers = AtOnce(when="at_once")
    """When dossiers received from now on are decided; those already received keep their way."""
    calls_back: bool = True
    """Whether cases are called about decisions on accepted dossiers; else calls are kept back."""
