"""Rules about who is left behind: the relatives, who collects for them, and who declares."""

from collections import Counter
from collections.abc import Iterator

from models.declarations.deaths import DeathProcedure, Kinship
from models.declarations.declarations import Relation
from models.declarations.rules.common import are_procedures_readable, chosen_procedures
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.rules import Rule, error, warning
from models.kernel.findings import Finding
from models.kernel.spelling import phonetic_form

PEOPLE = ("deceased", "declarant", "funeral.organiser")
ONLY_ONE = frozenset({Kinship.MOTHER, Kinship.FATHER})
OF_NO_KIN = frozenset({Relation.RELATIVE, Relation.GUARDIAN, Relation.REPRESENTATIVE})


def relatives_follow_choice(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Relatives are named exactly if money for survivors is asked for."""
    asked = DeathProcedure.SURVIVOR_LUMP_SUM in chosen_procedures(facts)
    named = any(facts.parts("relatives"))
    if asked and not named:
        message = "Đề nghị tuất một lần thì phải nêu ít nhất một thân nhân"
        yield error("relatives", "section_required", message)
    if asked or not are_procedures_readable(facts):
        return
    given = {"relatives": named, "representative": facts.is_given("representative")}
    for section in (name for name, is_given in given.items() if is_given):
        message = "Không chọn tuất một lần nên phải để trống phần này"
        yield error(section, "section_not_asked", message)


def representative_is_a_relative(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Whoever collects for the relatives is one of them."""
    chosen = facts.get("representative", str)
    known = {number for _, number in _relatives(facts)}
    if chosen is not None and any(facts.parts("relatives")) and chosen not in known:
        message = "Người đại diện phải là một trong các thân nhân đã nêu"
        yield error("representative", "representative_not_a_relative", message)


def no_relative_twice(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Each relative is named once."""
    seen: set[str] = set()
    for path, number in _relatives(facts):
        if number in seen:
            message = "Thân nhân này đã được nêu ở trên"
            yield error(f"{path}.personal_number", "duplicate", message)
        seen.add(number)


def one_mother_and_one_father(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """More than one of either is looked at twice: in-laws are relatives."""
    seen: Counter[Kinship] = Counter()
    for path in facts.parts("relatives"):
        kinship = facts.get(f"{path}.relation", Kinship)
        if kinship in ONLY_ONE and seen[kinship]:
            message = (
                "Chỉ có một mẹ và một cha; cha mẹ vợ hoặc chồng khai là thân nhân khác (relative)"
            )
            yield warning(f"{path}.relation", "relation_implausible", message)
        seen.update([kinship] if kinship else [])


def declarant_is_the_relative_named(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """A declarant who is among the relatives is there what the declarant says to be."""
    declarant = facts.get("declarant.personal_number", str)
    relation = facts.get("declarant.relation", Relation)
    for path, number in _relatives(facts):
        kinship = facts.get(f"{path}.relation", Kinship)
        if number != declarant or relation is None or kinship is None or relation in OF_NO_KIN:
            continue
        if kinship != relation.value:
            message = "Người khai cũng là thân nhân này nhưng khai quan hệ khác"
            yield warning("declarant.relation", "relation_mismatch", message)


def one_name_for_a_number(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Who is named twice under one number bears one name."""
    names: dict[str, str] = {}
    for path in (*PEOPLE, *facts.parts("relatives")):
        number = facts.get(f"{path}.personal_number", str)
        name = facts.get(f"{path}.full_name", str)
        if number is None or name is None:
            continue
        if names.setdefault(number, phonetic_form(name)) != phonetic_form(name):
            message = "Cùng một số định danh nhưng họ tên ghi khác nhau, xin kiểm tra lại"
            yield warning(f"{path}.full_name", "name_mismatch", message)


def _relatives(facts: Facts) -> Iterator[tuple[str, str]]:
    """Each relative's path with the personal number, as far as it could be read."""
    for path in facts.parts("relatives"):
        if (number := facts.get(f"{path}.personal_number", str)) is not None:
            yield path, number


SURVIVOR_RULES: tuple[Rule, ...] = (
    relatives_follow_choice,
    representative_is_a_relative,
    no_relative_twice,
    one_mother_and_one_father,
    declarant_is_the_relative_named,
    one_name_for_a_number,
)
