"""The structure of a personal number: where, which century and sex, which year, and a series."""

from datetime import date

FIRST_INVENTED = 400_000
"""Series from here on belong to the invented couples; the register issues below.

From 100000 on stand the invented elders and their children, all of age: under the prefixes of
their years of birth the register numbers hardly anybody.
"""


def prefix_of(province: str, sex: str, date_of_birth: date) -> str:
    """AAA-B-CC: province of registration, century with sex, year of birth."""
    century = (date_of_birth.year // 100 - 19) * 2
    return f"{int(province):03}{century + (sex == 'female')}{date_of_birth.year % 100:02}"


def number_of(prefix: str, series: int) -> str:
    """The twelve digits."""
    return f"{prefix}{series:06}"
