"""Births under regulation 1123: Tuyên Quang, 2021, a commune and a district that are no more."""

from datetime import date, datetime

from models.kernel.base import VIETNAM

from harness.families import Raw, birth, changed

COMMUNE, DISTRICT = "02200", "070"
RECEIVED_AT = datetime(2021, 3, 2, 9, 0, tzinfo=VIETNAM)
MARCH = date(2021, 3, 31)
WANTED = ("register_birth", "issue_card")


def birth_of_2021(number: int) -> Raw:
    """The declaration of a family received in Tuyên Quang in March 2021."""
    raw = birth(number, RECEIVED_AT, WANTED)
    for path in ("reception.commune", "registration.commune"):
        raw = changed(raw, path, COMMUNE)
    return changed(raw, "reception.received_at", RECEIVED_AT.isoformat())
