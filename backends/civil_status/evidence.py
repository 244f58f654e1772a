"""What the registry needs of a birth declaration."""

import hashlib
import json
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, model_validator

from backends.dossiers.filing import Filing
from backends.population.contracts import Parent
from backends.shared.fields import AS_WHOLE, CommuneCode, ExactInstant, Line, Sex
from models.kernel.base import Message


class BirthNotice(Message):
    """The hospital's giấy chứng sinh."""

    number: Line
    facility: Line | None = None


class Child(Message):
    """The child as declared."""

    full_name: Line
    sex: Sex
    born_at: ExactInstant
    birth_place: Line | None = None
    birth_order: Annotated[int, Field(ge=1, le=20), AS_WHOLE] | None = None

    @property
    def born_on(self) -> date:
        """The day of birth in Vietnam."""
        return self.born_at.date()


class Registration(Message):
    """Where the birth is to be registered."""

    commune: CommuneCode


class BirthEvidence(Message):
    """A birth with its proof: the notice, or what stands in for it."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["notice"], "properties": {"notice": {"type": "object"}}},
                {
                    "required": ["substitute_evidence"],
                    "properties": {"substitute_evidence": {"not": {"type": "null"}}},
                },
            ]
        }
    )

    notice: BirthNotice | None = None
    substitute_evidence: JsonValue = None
    child: Child
    mother: Parent | None = None
    father: Parent | None = None
    registration: Registration | None = None

    @model_validator(mode="after")
    def _has_proof(self) -> "BirthEvidence":
        if self.notice is None and self.substitute_evidence is None:
            raise ValueError("neither notice nor substitute_evidence")
        return self

    def event(self) -> str:
        """Which birth this is: by its notice, or by the facts that make it unique."""
        if self.notice:
            return "notice:" + _digest(self.notice.number.strip().upper())
        child = self.child
        facts = [self._origin(), child.born_on.isoformat(), child.sex, child.birth_order]
        return "evidence:" + _digest(json.dumps(facts))

    def _origin(self) -> list[str]:
        """A mother bears one child of an order on a day; without her the father, or the place."""
        parent = self.mother or self.father
        if parent is None:
            return [self.child.birth_place or "", self.child.born_at.isoformat()]
        return [parent.personal_number or f"{parent.full_name.casefold()} {parent.date_of_birth}"]


class BirthFiling(Filing[BirthEvidence]):
    """A dossier of `register_birth`."""

    procedure: Literal["register_birth"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
