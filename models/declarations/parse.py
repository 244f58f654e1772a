"""Reading a declaration: everything wrong with it at once, and nothing raised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import facts_of
from models.declarations.rules.rules import Rule
from models.declarations.rules.structure import structural_findings
from models.kernel.findings import Finding, Severity, errors_of

Model = TypeVar("Model", bound=BaseModel)
MOST_FINDINGS = 200
"""More than any form has fields; only a hostile input has more, and answers must stay small."""


@dataclass(frozen=True)
class Parsed(Generic[Model]):
    """A declaration that may be filed, or None, with everything found on the way."""

    declaration: Model | None
    """None as soon as one finding is an error."""
    findings: tuple[Finding, ...]
    """Errors and warnings, in the order of the form's fields."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses the declaration."""
        return errors_of(self.findings)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What goes with the declaration to the officer."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)


def parse(
    model: type[Model], raw: object, checks: Iterable[Rule], context: CheckContext
) -> Parsed[Model]:
    """Check structure and rules together; the rules run on whatever part could be read."""
    structure = read_structure(model, raw)
    if not isinstance(raw, Mapping):
        return structure
    facts = facts_of(model, raw)
    ruled = [finding for rule in checks for finding in rule(facts, context)]
    findings = _in_order(model, (*structure.findings, *ruled))
    return Parsed(None if errors_of(findings) else structure.declaration, findings)


def read_structure(model: type[Model], raw: object) -> Parsed[Model]:
    """Check the structure alone, for what needs neither a clock nor a catalogue."""
    if not isinstance(raw, Mapping):
        sentence = "Tờ khai phải là một đối tượng JSON gồm các trường của mẫu khai"
        return Parsed(None, (Finding(field="", rule="not_an_object", message=sentence),))
    try:
        return Parsed(model.model_validate(raw), ())
    except ValidationError as error:
        return Parsed(None, _in_order(model, structural_findings(model, error)))


def _in_order(model: type[BaseModel], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say each thing once, in the form's order, and not endlessly."""
    fields = [field.alias or name for name, field in model.model_fields.items()]
    places = {name: place for place, name in enumerate(fields)}
    once = dict.fromkeys(findings)
    ordered = sorted(once, key=lambda one: places.get(one.field.split(".")[0], len(places)))
    if len(ordered) <= MOST_FINDINGS:
        return tuple(ordered)
    more = f"Còn {len(ordered) - MOST_FINDINGS} lỗi khác; hãy sửa các lỗi trên trước"
    return (*ordered[:MOST_FINDINGS], Finding(field="", rule="more_findings", message=more))
