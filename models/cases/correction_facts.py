"""What holds now, put over what was declared."""

from collections.abc import Mapping

from models.contracts.dossiers import Facts


def with_facts(declaration: Facts, facts: Facts) -> Facts:
    """The declaration with every corrected fact in its place; neither argument is changed.

    A fact is named by its dotted path, or stands nested as it does in the declaration.
    """
    corrected = declaration
    for path, value in facts.items():
        corrected = _put(corrected, path.split("."), value)
    return corrected


def of_subject(facts: Facts, subject: str) -> Facts:
    """Facts named as agencies name them are about the person the acts are about."""
    return {
        f"{subject}.{name}" if subject and "." not in name else name: value
        for name, value in facts.items()
    }


def _put(part: Facts, path: list[str], value: object) -> Facts:
    name, *rest = path
    inner = part.get(name)
    if rest:
        return {**part, name: _put(inner if isinstance(inner, dict) else {}, rest, value)}
    if isinstance(value, Mapping) and isinstance(inner, dict):
        return {**part, name: with_facts(inner, dict(value))}
    return {**part, name: value}  # type: ignore[dict-item]  # JSON, as it was parsed
