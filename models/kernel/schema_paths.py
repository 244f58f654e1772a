"""Dotted paths looked up in a JSON Schema, through references and alternatives."""

from collections.abc import Iterator, Mapping

Schema = Mapping[str, object]


def has_path(schema: Schema, path: str) -> bool:
    """Whether a document of this schema may have something under a dotted path."""
    places: list[Schema] = [schema]
    for name in path.split("."):
        places = [
            inner
            for place in places
            for one in _alternatives(schema, place)
            if (inner := _mapping(_mapping(one.get("properties")).get(name)))
        ]
    return bool(places)


def _alternatives(root: Schema, place: Schema) -> Iterator[Schema]:
    yield place
    reference = place.get("$ref")
    if isinstance(reference, str):
        yield from _alternatives(root, _referred(root, reference))
    for key in ("anyOf", "oneOf", "allOf"):
        options = place.get(key)
        for option in options if isinstance(options, list) else ():
            yield from _alternatives(root, _mapping(option))


def _referred(root: Schema, reference: str) -> Schema:
    place = root
    for name in reference.removeprefix("#/").split("/"):
        place = _mapping(place.get(name))
    return place


def _mapping(value: object) -> Schema:
    return value if isinstance(value, Mapping) else {}
