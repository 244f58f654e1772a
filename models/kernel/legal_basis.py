"""To be described."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from models.kernel.base import Definition


class Dated(Definition):
    """Something that holds between two days, both inclusive; an open end is None."""

    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to phải từ valid_from trở đi")
        return self

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class LegalBasis(Dated):
    """Where a rule comes from, and whether somebody has checked it against the text."""

    document: str = Field(min_length=1)
    """Number and issuer, e.g. `NĐ 63/2024/NĐ-CP`."""
    article: str = ""
    verified: bool = True
    """False: taken from a secondary source or assumed; shown as "chưa kiểm chứng"."""
    note: str = ""

    def cited(self) -> str:
        """Cite it as an official would."""
        return ", ".join(filter(None, (self.article, self.document)))
