"""What holds of a person after a correction, as every agency that keeps persons is told."""

from typing import Self

from pydantic import ValidationError

from backends.dossiers.filing import CorrectionPosting
from backends.shared.fields import Day, Line, Sex
from backends.shared.problems import invalid
from models.kernel.base import Message


class PersonFacts(Message):
    """The facts of a person that a correction may replace; what is left out holds as it was."""

    full_name: Line | None = None
    sex: Sex | None = None
    date_of_birth: Day | None = None

    @classmethod
    def of(cls, notice: CorrectionPosting) -> Self:
        """Read them out of a notice; facts that concern no register of persons are left.

        Raises:
            ProblemError: 422 with every wrong field.
        """
        try:
            return cls.model_validate(notice.facts)
        except ValidationError as error:
            raise invalid(error) from None
