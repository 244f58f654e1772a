"""A child's card after the birth it rests on was corrected or revoked."""

from datetime import date
from typing import NamedTuple

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.insurance.card_image import card_image
from backends.insurance.validity import valid_to
from backends.shared import clock
from backends.shared.corrected import PersonFacts
from backends.shared.database import Connection, Queryable

_CARD = """
SELECT personal_number, card_number, insurance_number, version, cancelled_on,
       full_name, date_of_birth, first_care_facility
FROM agency_insurance.card JOIN agency_insurance.member USING (personal_number)
WHERE dossier_key = $1
"""
_KEEP = """
INSERT INTO agency_insurance.card_before
    (personal_number, version, correction_id, full_name, date_of_birth, valid_from, valid_to,
     replaced_on)
SELECT personal_number, version, $2, full_name, date_of_birth, valid_from, valid_to, $3
FROM agency_insurance.card JOIN agency_insurance.member USING (personal_number)
WHERE personal_number = $1
"""
_RENAME = """
UPDATE agency_insurance.member SET full_name = $2, date_of_birth = $3 WHERE personal_number = $1
"""
_REPRINT = """
UPDATE agency_insurance.card SET version = $2, valid_from = $3, valid_to = $4, issued_on = $5
WHERE personal_number = $1
"""
_CANCEL = "UPDATE agency_insurance.card SET cancelled_on = $2 WHERE personal_number = $1"


class Card(NamedTuple):
    """A card as it is now, with what is printed on it."""

    personal_number: str
    card_number: str
    insurance_number: str
    version: int
    cancelled_on: date | None
    full_name: str
    date_of_birth: date
    first_care_facility: str

    def corrected(self, facts: PersonFacts) -> "Card":
        """The next print; number and mã số stay, for there is one card for each person."""
        return self._replace(
            version=self.version + 1,
            full_name=facts.full_name or self.full_name,
            date_of_birth=facts.date_of_birth or self.date_of_birth,
        )

    def issued(self) -> dict[str, str]:
        """What is handed out with it."""
        last_day = valid_to(self.date_of_birth)
        return {
            "insurance_number": self.insurance_number,
            "card_number": self.card_number,
            "valid_from": self.date_of_birth.isoformat(),
            "valid_to": last_day.isoformat(),
            "first_care_facility": self.first_care_facility,
            "card_image": card_image(
                card_number=self.card_number,
                full_name=self.full_name,
                born_on=self.date_of_birth,
                valid_to=last_day,
                facility=self.first_care_facility,
            ),
        }


async def find_card(connection: Queryable, key: str) -> Card | None:
    """The card a dossier brought about, whatever has become of it."""
    row = await connection.fetchrow(_CARD, key)
    return Card(*row) if row else None


async def standing(connection: Queryable, key: str) -> Standing | None:
    """What holds now of the card a dossier brought about."""
    card = await find_card(connection, key)
    if card is None:
        return None
    state, issued = ("cancelled", {}) if card.cancelled_on else ("valid", card.issued())
    return Standing.model_validate(
        {"key": key, "state": state, "version": card.version, "issued": issued}
    )


async def correct(
    connection: Connection, *, key: str, notice: CorrectionPosting, facts: PersonFacts
) -> Effect:
    """Cancel the card where the birth was revoked; else print it anew under its number."""
    card, day = await find_card(connection, key), clock.today()
    if card is None or card.cancelled_on:
        return NOTHING
    person = card.personal_number
    if notice.revokes:
        await connection.execute(_CANCEL, person, day)
        return Effect(done=Done.CANCELLED)
    renewed = card.corrected(facts)
    born_on = renewed.date_of_birth
    await connection.execute(_KEEP, person, notice.correction_id, day)
    await connection.execute(_RENAME, person, renewed.full_name, born_on)
    await connection.execute(_REPRINT, person, renewed.version, born_on, valid_to(born_on), day)
    return Effect(done=Done.RENEWED, issued=renewed.issued())
