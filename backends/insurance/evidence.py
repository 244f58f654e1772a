"""What social insurance needs: who the child is, whose household, where they will be treated."""

from datetime import date
from typing import Literal

from backends.dossiers.filing import Filing
from backends.shared.fields import ExactInstant, FacilityCode, Line, PersonalNumber
from backends.shared.issued import IssuedBefore
from models.kernel.base import Message


class InsuredChild(Message):
    """The child as declared."""

    full_name: Line
    born_at: ExactInstant

    @property
    def born_on(self) -> date:
        """The day of birth in Vietnam."""
        return self.born_at.date()


class Mother(Message):
    """The mother, whose household the child joins where she has a number and is insured."""

    personal_number: PersonalNumber | None = None


class Card(Message):
    """What the card is to say."""

    first_care_facility: FacilityCode


class CardEvidence(Message):
    """The declaration's card section with the result of the birth registration."""

    child: InsuredChild
    card: Card
    issued: IssuedBefore
    mother: Mother | None = None


class CardFiling(Filing[CardEvidence]):
    """A dossier of `issue_card`."""

    procedure: Literal["issue_card"]
