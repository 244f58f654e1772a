"""Rules over each item of a list on the form."""

from collections.abc import Callable, Iterator

from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.rules import Rule
from models.kernel.findings import Finding


def in_each(path: str, rule_of: Callable[[str], Rule]) -> Rule:
    """A rule kept by every item of the list; `rule_of` makes it from the item's own path."""

    def rule(facts: Facts, context: CheckContext) -> Iterator[Finding]:
        for item in facts.parts(path):
            yield from rule_of(item)(facts, context)

    return rule
