"""A declaration as a family sends it: JSON, right or wrong."""

from typing import Any

Raw = dict[str, Any]  # Any: the JSON of a declaration
