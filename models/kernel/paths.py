"""Following a dotted path into JSON."""

from collections.abc import Mapping
from typing import Any


def value_at(path: str, document: Mapping[str, Any]) -> Any:  # Any: whatever JSON holds there
    """The value a dotted path leads to; None where it leads nowhere."""
    value: Any = document
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value
