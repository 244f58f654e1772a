"""Birth notices of invented births: numbers that no two of them share."""

from datetime import date

from simulation.demo.families import Family

SEEDS = 36**3
"""How many seeds have notices of their own: three letters or digits of the facility's code."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEQUENCES = 100_000


def notice(family: Family, *, seed: int, order: int, issued_on: date) -> dict[str, str]:
    """Told apart by family, seed, year and order of birth, in the form in force since 2025."""
    issuer = facility_of(family.province, seed)
    sequence = (2 * family.index + order - 1) % _SEQUENCES
    return {
        "number": f"{sequence:05}.GCS.{issuer}.{issued_on:%y}",
        "facility": issuer,
        "issued_on": issued_on.isoformat(),
    }


def facility_of(province: str, seed: int) -> str:
    """A health facility of the province that notices births and deaths of this seed alone."""
    first, rest = divmod(seed % SEEDS, 36**2)
    return province + "".join(_LETTERS[at] for at in (first, *divmod(rest, 36)))
