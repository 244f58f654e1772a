"""Rules about communes: written as prescribed, and in the catalogue of the reception day."""

from collections.abc import Iterator
from datetime import date

from models.declarations.identifiers import is_written_as, pattern_on
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.reception import reception_day
from models.declarations.rules.rules import Rule, error
from models.kernel.findings import Finding


def known_communes(*paths: str) -> Rule:
    """Each commune named exists on the reception day; a badly written code is said once."""

    def rule(facts: Facts, context: CheckContext) -> Iterator[Finding]:
        day = reception_day(facts, context)
        for path in paths:
            if (commune := facts.get(path, str)) is not None:
                yield from _unknown(path, commune, context, day)

    return rule


def _unknown(path: str, commune: str, context: CheckContext, day: date) -> Iterator[Finding]:
    pattern = pattern_on(context.patterns, "commune", day)
    if pattern is not None and not is_written_as(pattern, commune):
        yield error(path, "commune_form", pattern.message)
    elif not context.places.exists(commune, day):
        message = "Không có xã nào mang mã này trong danh mục của ngày tiếp nhận"
        yield error(path, "unknown_commune", message)
