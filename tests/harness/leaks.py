"""Where what families declared under seal can be read by somebody without a key."""

import os
from collections.abc import Iterable
from pathlib import Path

from harness.country import Country


async def leaks(country: Country, secrets: Iterable[str]) -> list[str]:
    """Our files and tables that show one of the secrets; Temporal's own file is among them."""
    wanted = set(secrets)
    files = [path.name for path in _readable(country.settings.state) if _shows(path, wanted)]
    tables = await _dumped(country)
    return [*files, *(name for name, text in tables.items() if any(one in text for one in wanted))]


def _shows(path: Path, wanted: Iterable[str]) -> bool:
    content = path.read_bytes()
    return any(one.encode() in content for one in wanted)


def _readable(state: Path) -> Iterable[Path]:
    """Everything but the agencies' database, which is theirs and holds what they must know."""
    return [
        Path(folder) / name
        for folder, _, names in os.walk(state)
        for name in names
        if not Path(folder).is_relative_to(state / "postgres")
    ]


async def _dumped(country: Country) -> dict[str, str]:
    """Every table of our own schema as text, row by row."""
    names = await country.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'lienthong'"
    )
    return {name["table_name"]: await _text(country, name["table_name"]) for name in names}


async def _text(country: Country, table: str) -> str:
    rows = await country.rows(f"SELECT t::text AS line FROM lienthong.{table} t")  # noqa: S608
    return "\n".join(row["line"] for row in rows)
