"""What agencies are told about somebody who died, and what the registration of it handed out."""

from datetime import date

from backends.shared.fields import CommuneCode, Day, ExactInstant, Line, PersonalNumber
from models.kernel.base import Message


class Deceased(Message):
    """The deceased as declared; each agency is given a part of it."""

    personal_number: PersonalNumber | None = None
    full_name: Line
    date_of_birth: Day | None = None
    died_at: ExactInstant
    insurance_number: Line | None = None
    last_residence_commune: CommuneCode | None = None

    @property
    def died_on(self) -> date:
        """The day of death in Vietnam."""
        return self.died_at.date()


class RegisteredDeath(Message):
    """The part of the death certificate an agency relies on."""

    registration_number: Line | None = None
    certificate_number: Line | None = None


class IssuedAfterDeath(Message):
    """`evidence.issued`: the results of the procedures before this one."""

    register_death: RegisteredDeath | None = None

    @property
    def is_proven(self) -> bool:
        """Whether there is a certificate at all."""
        return bool(self.register_death and self.register_death.certificate_number)
