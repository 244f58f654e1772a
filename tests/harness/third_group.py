"""A group that exists only in the tests: a marriage, then a new place of residence.

Everything a further group takes is here and in its definition (`tests/data/law_third`): a model of
what is declared, the rules it is checked by, and a line in the list of groups.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from typing_extensions import override

from adapters.law.files import parse, read_toml
from models.declarations.declarations import Declaration, EventFacts, Part, Person
from models.declarations.declared_types import Day, Number, Text
from models.declarations.rules.common import (
    COMMON_RULES,
    procedure_required,
    sections_follow_choice,
)
from models.declarations.rules.kinds import DeclarationKind
from models.law.rules import GroupRule

DEFINITION = Path(__file__).parents[1] / "data" / "law_third" / "marriage-example.toml"


class MarriageProcedure(StrEnum):
    """What can be asked for."""

    REGISTER_MARRIAGE = "register_marriage"
    CHANGE_RESIDENCE = "change_residence"


class NewHome(Part):
    """Where the couple will live."""

    commune: Number
    address: Text


class MarriageDeclaration(Declaration):
    """What a couple states once."""

    schema_: Literal["marriage/1"] = Field(alias="schema")
    spouse: Person
    married_on: Day
    procedures: tuple[MarriageProcedure, ...] = Field(min_length=1)
    new_home: NewHome | None = None

    @override
    def event_facts(self) -> EventFacts:
        """One couple marries once on a day."""
        couple = sorted([self.declarant.personal_number, *self.spouse.identity()])
        return EventFacts(notice=None, otherwise=(*couple, f"{self.married_on}"))


MARRIAGE = DeclarationKind(
    model=MarriageDeclaration,
    rules=(
        *COMMON_RULES,
        procedure_required(MarriageProcedure.REGISTER_MARRIAGE, "Phải có đăng ký kết hôn"),
        sections_follow_choice({MarriageProcedure.CHANGE_RESIDENCE: "new_home"}),
    ),
    workflow="MarriageGroup",
    summary="Liên thông kết hôn",
)


def marriage_rule() -> GroupRule:
    """The group's definition, read as those in `law/` are."""
    return parse(DEFINITION, GroupRule, read_toml(DEFINITION))


def marriage() -> dict[str, Any]:  # Any: a declaration as JSON
    """What a couple declares."""
    return {
        "schema": "marriage/1",
        "spouse": {
            "personal_number": "001092004321",
            "full_name": "Lê Văn Thử",
            "date_of_birth": "1992-01-05",
        },
        "married_on": "2026-11-16",
        "declarant": {
            "personal_number": "001195004321",
            "full_name": "Phạm Thị Ví Dụ",
            "relation": "spouse",
            "phone": "0987654321",
        },
        "procedures": ["register_marriage", "change_residence"],
        "reception": {"channel": "portal", "commune": "00004"},
        "registration": {"commune": "00004"},
        "new_home": {"commune": "00004", "address": "Số 12 ngõ Mẫu"},
        "delivery": {"method": "electronic"},
    }
