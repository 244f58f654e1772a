"""The page on declarations names every rule there is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.declarations.rules.structure import _ANYTHING_ELSE, _FAMILIES, _OURS, _SENTENCES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "declaration.md").read_text("utf-8")


def _rules_in(source: Path) -> Iterator[str]:
    """The second argument of every `error(…)` and `warning(…)`."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"error", "warning"}:
            yield ast.literal_eval(node.args[1])


STATED = {
    rule
    for path in (ROOT / "models" / "declarations" / "rules").glob("*.py")
    for rule in _rules_in(path)
}
STRUCTURAL = {rule for rule, _ in (*_SENTENCES.values(), _ANYTHING_ELSE)}
STRUCTURAL |= {rule for _, (rule, _) in _FAMILIES} | _OURS


@pytest.mark.parametrize("rule", sorted(STATED | STRUCTURAL))
def test_every_rule_is_explained(rule: str) -> None:
    assert f"`{rule}`" in PAGE
