"""Issuing a card: one mã số BHXH and one card for each person, whoever asks and however often."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from backends.country.elders import ElderHousehold
from backends.country.people import Family
from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.insurance import corrections
from backends.insurance.card_image import card_image
from backends.insurance.evidence import CardFiling
from backends.insurance.validity import valid_to
from backends.shared import clock
from backends.shared.corrected import PersonFacts
from backends.shared.database import Connection, Queryable
from backends.shared.places import province_of
from backends.shared.reasons import Reason

CHILD_GROUP = "TE1"
_JOIN = """
INSERT INTO agency_insurance.member
    (personal_number, insurance_number, household, full_name, date_of_birth)
SELECT $1, number, coalesce(mother.household, 'BH' || number), $4, $5
FROM (
    SELECT $2 || lpad(nextval('agency_insurance.insurance_number')::text, 8, '0') AS number
    WHERE NOT EXISTS (SELECT FROM agency_insurance.member WHERE personal_number = $1)
) AS fresh
LEFT JOIN agency_insurance.member AS mother ON mother.personal_number = $3
ON CONFLICT (personal_number) DO NOTHING
RETURNING insurance_number
"""
_ISSUE = """
INSERT INTO agency_insurance.card
    (personal_number, card_number, dossier_key, valid_from, valid_to, first_care_facility,
     issued_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_ALREADY = "Trẻ đã có mã số BHXH và thẻ BHYT; mỗi người chỉ được cấp một thẻ."
_TOO_OLD = "Trẻ đã hết độ tuổi được cấp thẻ BHYT trẻ em dưới 6 tuổi."
_UNKNOWN_COMMUNE = "Mã xã không có trong danh mục đơn vị hành chính."


class IssueCard:
    """The procedure `issue_card`."""

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A card for a registered child."""
        return CardFiling

    async def examine(self, filing: CardFiling) -> Act:
        """Everything is decided on this agency's own data."""
        return partial(_issue, filing=filing)

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """The birth was corrected or revoked: print the card anew, or cancel it."""
        facts = PersonFacts.of(notice)
        return partial(corrections.correct, key=stored.key, notice=notice, facts=facts)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """The card as it is now."""
        return await corrections.standing(connection, key)


async def _issue(connection: Connection, *, filing: CardFiling) -> Decision:
    evidence, province = filing.evidence, province_of(filing.unit)
    if province is None:
        return refused(Reason.WRONG_PLACE, _UNKNOWN_COMMUNE)
    if valid_to(evidence.child.born_on) < clock.today():
        return refused(Reason.TOO_OLD, _TOO_OLD)
    person = evidence.issued.register_birth.personal_number
    insurance_number = await connection.fetchval(
        _JOIN,
        person,
        province,
        evidence.mother.personal_number if evidence.mother else None,
        evidence.child.full_name,
        evidence.child.born_on,
    )
    if insurance_number is None:
        return refused(Reason.ALREADY_DONE, _ALREADY)
    card_number = f"{CHILD_GROUP}{province}{insurance_number}"
    return await _hand_out(connection, filing, insurance_number, card_number)


async def _hand_out(
    connection: Connection, filing: CardFiling, insurance_number: str, card_number: str
) -> Decision:
    child, facility = filing.evidence.child, filing.evidence.card.first_care_facility
    person, last_day = filing.evidence.issued.register_birth, valid_to(child.born_on)
    await connection.execute(
        _ISSUE,
        person.personal_number,
        card_number,
        filing.key,
        child.born_on,
        last_day,
        facility,
        clock.today(),
    )
    return granted(
        insurance_number=insurance_number,
        card_number=card_number,
        valid_from=child.born_on.isoformat(),
        valid_to=last_day.isoformat(),
        first_care_facility=facility,
        card_image=card_image(
            card_number=card_number,
            full_name=child.full_name,
            born_on=child.born_on,
            valid_to=last_day,
            facility=facility,
        ),
    )


async def settle(connection: Connection, households: Iterable[Family | ElderHousehold]) -> None:
    """Enter invented people as insured households."""
    await connection.copy_records_to_table(
        "member",
        schema_name="agency_insurance",
        columns=("personal_number", "insurance_number", "household", "full_name", "date_of_birth"),
        records=[
            (
                person.personal_number,
                person.insurance_number,
                household.household_code.replace("HK", "BHG"),
                person.full_name,
                person.date_of_birth,
            )
            for household in households
            for person in household.people()
        ],
    )
