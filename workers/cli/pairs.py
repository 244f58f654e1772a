"""Options written `NAME=VALUE`, as many as there are."""

from collections.abc import Sequence

from models.kernel.findings import Finding

Pairs = list[tuple[str, str]]


def read_pairs(words: Sequence[str], field: str) -> tuple[Pairs, list[Finding]]:
    """What was named, and a finding for each that names nothing or says nothing."""
    parted = [word.partition("=") for word in words]
    pairs = [(name.strip(), value.strip()) for name, _, value in parted]
    return pairs, [
        Finding(
            field=f"{field}.{number}",
            rule="name_and_value",
            message="Viết dạng TÊN=NỘI DUNG, cả hai đều phải có.",
        )
        for number, (name, value) in enumerate(pairs)
        if not name or not value
    ]
