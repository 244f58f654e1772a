"""Writing extracts of registered deaths: each on the next page of the commune's book."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from backends.shared import clock
from backends.shared.database import Connection

_PAGES_IN_A_BOOK = 200
_NEXT = """
INSERT INTO agency_civil_status.death_series AS series (commune, year, last) VALUES ($1, $2, 1)
ON CONFLICT (commune, year) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_CERTIFY = """
INSERT INTO agency_civil_status.death_certificate
    (certificate_number, registration, commune, year, number, book, version, correction_id, facts)
VALUES ($1, $2, $3, $4, $5, $6,
        (SELECT count(*) + 1 FROM agency_civil_status.death_certificate WHERE registration = $2),
        $7, $8)
"""


async def certify(
    connection: Connection,
    registration: int,
    commune: str,
    *,
    correction_id: str | None = None,
    facts: Mapping[str, JsonValue] | None = None,
) -> dict[str, JsonValue]:
    """Write the next extract of a registration; what it hands out."""
    day = clock.today()
    number = await connection.fetchval(_NEXT, commune, day.year)
    book = f"{(number - 1) // _PAGES_IN_A_BOOK + 1:02}/{day.year}"
    certificate = f"KT.{commune}.{day.year}.{number:06}"
    written = json.dumps(facts) if facts is not None else None
    page = (commune, day.year, number, book)
    await connection.execute(_CERTIFY, certificate, registration, *page, correction_id, written)
    return {
        "registration_number": f"{number}/{day.year}",
        "book": book,
        "certificate_number": certificate,
        "registered_on": day.isoformat(),
    }
