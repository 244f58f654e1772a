"""Every group's declaration in one table; a further group is a model and a line here."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.declarations.births import BirthDeclaration, BirthProcedure
from models.declarations.deaths import DeathDeclaration, DeathProcedure
from models.declarations.declarations import Declaration
from models.declarations.identifiers import Sex
from models.declarations.parse import Parsed, parse, read_structure
from models.declarations.rules.births import BIRTH_EVENT_RULES
from models.declarations.rules.common import (
    COMMON_RULES,
    procedure_required,
    sections_follow_choice,
)
from models.declarations.rules.context import CheckContext
from models.declarations.rules.deaths import DEATH_EVENT_RULES
from models.declarations.rules.funerals import FUNERAL_RULES
from models.declarations.rules.lists import in_each
from models.declarations.rules.numbers import (
    insurance_number_of,
    known_places,
    written_as,
    written_as_when_issued,
)
from models.declarations.rules.people import (
    identified,
    of_own_sex,
    of_sex,
    of_stated_age,
    two_persons,
)
from models.declarations.rules.places import known_communes
from models.declarations.rules.rules import Rule, error
from models.declarations.rules.survivors import SURVIVOR_RULES
from models.kernel.base import GroupId
from models.kernel.findings import Finding

_PERSONAL_NUMBERS = (
    "mother.personal_number",
    "father.personal_number",
    "residence.householder_personal_number",
)

BIRTH_RULES: tuple[Rule, ...] = (
    *COMMON_RULES,
    *BIRTH_EVENT_RULES,
    procedure_required(
        BirthProcedure.REGISTER_BIRTH, "Phải có thủ tục đăng ký khai sinh (register_birth)"
    ),
    sections_follow_choice(
        {BirthProcedure.REGISTER_RESIDENCE: "residence", BirthProcedure.ISSUE_CARD: "card"}
    ),
    written_as("personal_number", *_PERSONAL_NUMBERS),
    known_places(*_PERSONAL_NUMBERS),
    written_as("insurance_number", "mother.insurance_number", "father.insurance_number"),
    insurance_number_of("mother"),
    insurance_number_of("father"),
    written_as_when_issued("birth_notice", "notice.number", "notice.issued_on"),
    known_communes("residence.commune"),
    identified("mother"),
    identified("father"),
    of_sex("mother", Sex.FEMALE),
    of_sex("father", Sex.MALE),
    of_stated_age("mother"),
    of_stated_age("father"),
    two_persons("mother", "father"),
)

_OF_THE_DEAD_AND_THE_PAYEE = ("deceased.personal_number", "funeral.organiser.personal_number")

DEATH_RULES: tuple[Rule, ...] = (
    *COMMON_RULES,
    *DEATH_EVENT_RULES,
    *FUNERAL_RULES,
    *SURVIVOR_RULES,
    procedure_required(
        DeathProcedure.REGISTER_DEATH, "Phải có thủ tục đăng ký khai tử (register_death)"
    ),
    sections_follow_choice({DeathProcedure.FUNERAL_MONEY: "funeral"}),
    written_as("personal_number", *_OF_THE_DEAD_AND_THE_PAYEE, "representative"),
    known_places(*_OF_THE_DEAD_AND_THE_PAYEE),
    in_each("relatives", lambda one: written_as("personal_number", f"{one}.personal_number")),
    in_each("relatives", lambda one: known_places(f"{one}.personal_number")),
    written_as("insurance_number", "deceased.insurance_number"),
    insurance_number_of("deceased"),
    written_as_when_issued("death_notice", "notice.number", "notice.issued_on"),
    written_as("account_number", "funeral.payment.account_number"),
    known_communes("deceased.last_residence_commune"),
    identified("deceased"),
    of_own_sex("deceased"),
    of_stated_age("deceased"),
    two_persons("deceased", "declarant"),
    two_persons("deceased", "funeral.organiser"),
    in_each("relatives", lambda one: two_persons("deceased", one)),
)


@dataclass(frozen=True, kw_only=True)
class DeclarationKind:
    """A group: how its declaration is read and checked, and what its cases are called."""

    model: type[Declaration]
    rules: tuple[Rule, ...]
    workflow: str
    """The workflow type, as starters name it."""
    summary: str
    """Vietnamese, what the list of workflows calls a case; the case card says the rest."""


DECLARATIONS: Mapping[GroupId, DeclarationKind] = {
    GroupId("birth"): DeclarationKind(
        model=BirthDeclaration,
        rules=BIRTH_RULES,
        workflow="BirthGroup",
        summary="Liên thông khai sinh",
    ),
    GroupId("death"): DeclarationKind(
        model=DeathDeclaration,
        rules=DEATH_RULES,
        workflow="DeathGroup",
        summary="Liên thông khai tử",
    ),
}


def check_declaration(group: str, raw: object, context: CheckContext) -> Parsed[Declaration]:
    """Read a declaration of a group: the one to file or None, and all that is wrong with it."""
    kind = DECLARATIONS.get(GroupId(group))
    if kind is None:
        return Parsed(None, (unknown_group(),))
    return parse(kind.model, raw, kind.rules, context)


def read_any(raw: object) -> Parsed[Declaration]:
    """Read the structure of a declaration whose own `schema` says which group it is of."""
    group = group_of(raw)
    if group is None and isinstance(raw, Mapping):
        return Parsed(None, (unknown_group(),))
    return read_structure(DECLARATIONS[group].model if group else Declaration, raw)


def group_of(raw: object) -> GroupId | None:
    """The group a raw declaration says it belongs to, by its `schema`; None if none of ours."""
    schema = raw.get("schema") if isinstance(raw, Mapping) else None
    named = schema.partition("/")[0] if isinstance(schema, str) else ""
    return GroupId(named) if named in DECLARATIONS else None


def unknown_group() -> Finding:
    """Say which groups there are to someone whose declaration names none of them."""
    names = ", ".join(DECLARATIONS)
    return error("schema", "unknown_group", f"Không biết nhóm thủ tục này; hiện có: {names}")
