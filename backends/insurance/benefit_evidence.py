"""What social insurance needs to pay after a death: who died, who claims, and the proof."""

from typing import Literal

from backends.dossiers.filing import Filing
from backends.shared.deceased import Deceased, IssuedAfterDeath
from backends.shared.fields import Line, PersonalNumber
from models.kernel.base import Message


class Organiser(Message):
    """Who arranged the funeral, and is paid."""

    personal_number: PersonalNumber | None = None
    full_name: Line


class Funeral(Message):
    """The funeral; how it is paid is the payment's business."""

    organiser: Organiser


class FuneralEvidence(Message):
    """A death with the result of its registration, and who arranged the funeral."""

    deceased: Deceased
    funeral: Funeral
    issued: IssuedAfterDeath


class FuneralFiling(Filing[FuneralEvidence]):
    """A dossier of `insurance_funeral`."""

    procedure: Literal["insurance_funeral"]


class Relative(Message):
    """Somebody the deceased left behind."""

    personal_number: PersonalNumber | None = None
    full_name: Line
    relation: Line | None = None


class Representation(Message):
    """Who acts for all relatives, and how they settled it."""

    representative: PersonalNumber
    by: Literal["relatives", "written_form"]
    reference: Line | None = None
    """The written form, where they settled it on paper."""


class SurvivorEvidence(Message):
    """A death with the result of its registration, the relatives and their representative."""

    deceased: Deceased
    relatives: tuple[Relative, ...] = ()
    representation: Representation | None = None
    issued: IssuedAfterDeath

    @property
    def is_represented(self) -> bool:
        """Whether one of the relatives acts for all, on proof where it was settled on paper."""
        chosen = self.representation
        return (
            chosen is not None
            and chosen.representative in {each.personal_number for each in self.relatives}
            and (chosen.by == "relatives" or chosen.reference is not None)
        )


class SurvivorFiling(Filing[SurvivorEvidence]):
    """A dossier of `survivor_lump_sum`."""

    procedure: Literal["survivor_lump_sum"]
