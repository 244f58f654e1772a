"""What is assumed of the set: how many files, how many are sound, what is wrong with the others.

Only the pilot's totals have a source; none says why files were invalid, so the rest is chosen.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from models.kernel.base import Definition

ASSUMED = Path(__file__).with_name("assumed.toml")
_WHOLE = 100.0


class Province(Definition):
    """A province of the pilot, with what the pilot counted there."""

    code: str
    """2 digits, as today."""
    title: str
    agency_code: str
    pilot_files: int = Field(gt=0)
    pilot_valid: int = Field(ge=0)

    @property
    def pilot_share(self) -> float:
        """The valid share of the pilot's funeral files."""
        return self.pilot_valid / self.pilot_files


class Kind(Definition):
    """A kind of file, with its share of all that are sound, or of all that are not."""

    name: str
    title: str
    share: float = Field(gt=0)
    """Per cent."""


class Sound(Kind):
    """A kind of file the agencies grant as it is."""

    surprise: bool = False
    """Whether a record is amended between pre-check and decision, or means less than it says."""


class Defect(Kind):
    """A kind of file the agencies refuse."""

    code: str
    """The reason code they are expected to refuse with."""
    visible: bool
    """Whether the records and the declaration show it before anything is filed."""
    cure: str | None = None
    """What would have cured it beforehand; None: nothing."""


class Seed(Definition):
    """One draw of the set."""

    seed: int
    first_household: int
    """Index of the invented household it begins with: two draws share nobody."""


class Mix(Definition):
    """All that is assumed."""

    received_at: datetime
    """When every declaration is received."""
    survivors_ask: float = Field(ge=0, le=1)
    """Share of the families of the insured that ask for the survivors' lump sum, too."""
    old_but_right: float = Field(ge=0, le=1)
    """Share of the files about whom the funds' records are old, and right all the same."""
    seeds: dict[str, Seed]
    province: tuple[Province, ...]
    sound: tuple[Sound, ...]
    defect: tuple[Defect, ...]

    @model_validator(mode="after")
    def _shares_are_whole(self) -> Self:
        for kinds in (self.sound, self.defect):
            if abs(sum(kind.share for kind in kinds) - _WHOLE) > 1e-6:  # noqa: PLR2004 - rounding
                raise ValueError("the shares must add up to 100")
        return self

    @classmethod
    def read(cls, path: Path = ASSUMED) -> Self:
        """Read the assumptions.

        Raises:
            ValidationError: a field is missing, unknown or impossible.
        """
        return cls.model_validate(tomllib.loads(path.read_text("utf-8")))
