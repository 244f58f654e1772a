"""Rules about persons: known well enough, and not contradicting their own numbers."""

from collections.abc import Iterator
from datetime import date

from models.declarations.identifiers import Sex, read_personal_number
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.reception import reception_day
from models.declarations.rules.rules import Rule, error, warning
from models.kernel.findings import Finding


def identified(person: str) -> Rule:
    """Who is named is known by a number, or else by a date of birth."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        ways = (f"{person}.personal_number", f"{person}.date_of_birth")
        if facts.is_given(person) and not any(facts.is_given(way) for way in ways):
            message = "Cần số định danh cá nhân, hoặc ngày sinh nếu chưa có số"
            yield error(ways[0], "identity_incomplete", message)

    return rule


def of_sex(person: str, sex: Sex) -> Rule:
    """The number's sex digit fits the role."""
    path = f"{person}.personal_number"

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        number = read_personal_number(facts.get(path, str) or "")
        if number is not None and number.sex is not sex:
            message = "Chữ số giới tính trong số định danh không khớp với vai trò của người này"
            yield warning(path, "sex_mismatch", message)

    return rule


def of_own_sex(person: str) -> Rule:
    """The number's sex digit is the sex stated."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        stated = facts.get(f"{person}.sex", Sex)
        number = read_personal_number(facts.get(f"{person}.personal_number", str) or "")
        if stated is not None and number is not None and number.sex is not stated:
            message = "Giới tính không khớp với chữ số giới tính trong số định danh cá nhân"
            yield warning(f"{person}.sex", "sex_mismatch", message)

    return rule


def of_stated_age(person: str) -> Rule:
    """The number's year of birth is the one stated, and nobody named is born tomorrow."""

    def rule(facts: Facts, context: CheckContext) -> Iterator[Finding]:
        born = facts.get(f"{person}.date_of_birth", date)
        number = read_personal_number(facts.get(f"{person}.personal_number", str) or "")
        if born is not None and born > reception_day(facts, context):
            message = "Ngày sinh không được ở tương lai"
            yield error(f"{person}.date_of_birth", "not_in_future", message)
        if born is not None and number is not None and number.birth_year != born.year:
            message = "Năm sinh không khớp với năm sinh trong số định danh cá nhân"
            yield warning(f"{person}.date_of_birth", "birth_year_mismatch", message)

    return rule


def two_persons(one: str, other: str) -> Rule:
    """Two roles that cannot be one person do not bear one number."""
    paths = (f"{one}.personal_number", f"{other}.personal_number")

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        first, second = (facts.get(path, str) for path in paths)
        if first is not None and first == second:
            message = "Hai người khác nhau không thể có cùng một số định danh cá nhân"
            yield error(paths[1], "same_person", message)

    return rule


def full_years(born: date, day: date) -> int:
    """Age in whole years, as on a birthday."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
