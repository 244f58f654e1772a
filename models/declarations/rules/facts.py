"""What could be read of a declaration, field by field, whatever is wrong elsewhere in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

Value = TypeVar("Value")


@dataclass(frozen=True)
class Facts:
    """The valid fields of a declaration by dotted path; rules are written against this view."""

    _values: Mapping[str, object]
    """Valid fields, parsed."""
    _given: frozenset[str]
    """Every known field that holds something other than null, valid or not."""

    def get(self, path: str, kind: type[Value]) -> Value | None:
        """The field's parsed value; None if it is absent, null or wrong."""
        value = self._values.get(path)
        return value if isinstance(value, kind) else None

    def is_given(self, path: str) -> bool:
        """Whether the declarant said anything there, be it right or wrong."""
        return path in self._given

    def items(self, path: str, kind: type[Value]) -> Iterator[tuple[str, Value]]:
        """The valid items of a list, each with its own path."""
        prefix = f"{path}."
        for item, value in self._values.items():
            tail = item.removeprefix(prefix)
            if tail != item and tail.isdigit() and isinstance(value, kind):
                yield item, value

    def parts(self, path: str) -> Iterator[str]:
        """Paths of the objects in a list, e.g. `relatives.0`."""
        prefix = f"{path}."
        return (part for part in sorted(self._given) if part.removeprefix(prefix).isdigit())


def facts_of(model: type[BaseModel], raw: Mapping[str, object]) -> Facts:
    """Read every field on its own, so that one wrong field hides no other."""
    values: dict[str, object] = {}
    given: list[str] = []
    for path, value, valid in _fields(model, raw, ""):
        given.append(path)
        if valid:
            values[path] = value
    return Facts(values, frozenset(given))


def model_in(annotation: Any) -> type[BaseModel] | None:  # Any: a type form
    """The model a field holds, also where it is optional or in a list."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


_Field = tuple[str, object, bool]


def _fields(model: type[BaseModel], raw: Mapping[str, object], prefix: str) -> Iterator[_Field]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        if (value := raw.get(key)) is not None:
            yield from _field(_reader(model, name), value, prefix + key)


def _field(reader: "_Reader", value: object, path: str) -> Iterator[_Field]:
    if reader.item is not None and isinstance(value, list | tuple):
        yield path, value, False
        for position, item in enumerate(value):
            yield from _field(reader.item, item, f"{path}.{position}")
    elif reader.part is not None and isinstance(value, Mapping):
        yield path, value, False
        yield from _fields(reader.part, value, f"{path}.")
    else:
        yield _leaf(reader, value, path)


def _leaf(reader: "_Reader", value: object, path: str) -> _Field:
    try:
        return path, reader.adapter.validate_python(value), True
    except ValidationError:
        return path, None, False


@dataclass(frozen=True)
class _Reader:
    """How one field is read: an object by its model, a list item by item, the rest at once."""

    adapter: TypeAdapter[Any]  # Any: whatever the field's type says
    part: type[BaseModel] | None
    item: "_Reader | None"


@cache
def _reader(model: type[BaseModel], name: str) -> _Reader:
    field = model.model_fields[name]
    return _reader_of(field.annotation, tuple(field.metadata))


def _reader_of(annotation: Any, metadata: tuple[Any, ...] = ()) -> _Reader:  # Any: a type form
    whole: Any = Annotated[annotation, *metadata] if metadata else annotation  # Any: likewise
    item = get_args(annotation)[0] if get_origin(annotation) is tuple else None
    return _Reader(
        adapter=TypeAdapter(whole),
        part=model_in(annotation) if item is None else None,
        item=None if item is None else _reader_of(item),
    )
