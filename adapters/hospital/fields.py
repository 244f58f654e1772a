"""Which elements of a hospital's notice state which fields of a declaration."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, JsonValue

from adapters.hospital.values import JsonObject, Reader, UnreadableError
from models.declarations.declarations import Declaration, Person
from models.declarations.rules.facts import model_in
from models.kernel.findings import Finding


@dataclass(frozen=True, kw_only=True)
class NoticeForm:
    """One kind of notice the gateway carries, and how it reads as a declaration."""

    element: str
    """The notice's element, also a file's root."""
    lists: frozenset[str]
    """Roots that hold several notices [assumed]."""
    model: type[Declaration]
    schema: str
    fields: tuple[tuple[str, str, Reader], ...]
    """Element, dotted path of the declaration, and how the text is read."""
    complete: Callable[[JsonObject, Mapping[str, str]], None]
    """States what follows from the other elements."""
    remarks: Callable[[Mapping[str, str]], Iterable[Finding]]
    """Says what is odd and still usable."""
    name: Callable[[JsonObject], tuple[str, ...] | None]
    """The parts of the notice's number in the facts; None where the hospital left one out."""

    def facts_in(self, texts: Mapping[str, str]) -> tuple[JsonObject, tuple[Finding, ...]]:
        """Turn the elements of one notice into a partial declaration."""
        facts: JsonObject = {"schema": self.schema}
        findings: list[Finding] = []
        for element, path, read in self.fields:
            if element not in texts:
                continue
            try:
                put(facts, path, read(texts[element]))
            except UnreadableError as error:
                message = f"{element}: {error}"
                findings.append(Finding(field=path, rule="unreadable_element", message=message))
        self.complete(facts, texts)
        return facts, (*findings, *self.remarks(texts))


def wanted_fields(
    model: type[BaseModel], facts: Mapping[str, JsonValue], prefix: str = ""
) -> Iterator[str]:
    """Dotted paths of what the model requires and the facts do not say."""
    for name, field in model.model_fields.items():
        key, part = field.alias or name, model_in(field.annotation)
        said = facts.get(key)
        if part and (isinstance(said, dict) or field.is_required()):
            known = said if isinstance(said, dict) else {}
            yield from wanted_fields(part, known, f"{prefix}{key}.")
        elif said is None and field.is_required():
            yield f"{prefix}{key}"
    if issubclass(model, Person) and not {"personal_number", "date_of_birth"} & set(facts):
        yield f"{prefix}personal_number"


def put(facts: JsonObject, path: str, value: JsonValue) -> None:
    """State a field by its dotted path; None says nothing, but that the part is there."""
    section, _, field = path.partition(".")
    if not field:
        facts[section] = value
        return
    part = facts.setdefault(section, {})
    if value is not None and isinstance(part, dict):
        part[field] = value


def part_of(facts: JsonObject, section: str) -> JsonObject:
    """A part of the facts; empty where nothing is stated of it."""
    part = facts.get(section)
    return part if isinstance(part, dict) else {}
