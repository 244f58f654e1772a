"""What the residence authority needs: the child's number, the household, the consent."""

from typing import Literal

from backends.dossiers.filing import Filing
from backends.shared.fields import CommuneCode, Line, PersonalNumber
from backends.shared.issued import IssuedBefore
from models.kernel.base import Message


class Followed(Message):
    """A parent the child may follow."""

    personal_number: PersonalNumber | None = None


class Residence(Message):
    """Where the child is to live, and with whom."""

    commune: CommuneCode
    address: Line
    follows: Line
    householder_personal_number: PersonalNumber
    consent: bool


class ResidenceEvidence(Message):
    """The declaration's residence section with the result of the birth registration."""

    residence: Residence
    issued: IssuedBefore
    mother: Followed | None = None
    father: Followed | None = None

    def followed(self) -> str | None:
        """The number of the parent the child follows, where the dossier says who that is."""
        parent = {"mother": self.mother, "father": self.father}.get(self.residence.follows)
        return parent.personal_number if parent else None


class ResidenceFiling(Filing[ResidenceEvidence]):
    """A dossier of `register_residence`."""

    procedure: Literal["register_residence"]
