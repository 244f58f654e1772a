"""Carrying out one line of a list against the insurer's own registers, or saying why not."""

from typing import TypeVar

from pydantic import ValidationError

from backends.insurance.list_contracts import (
    CardFacts,
    LinePosting,
    ListName,
    StrikeOffFacts,
)
from backends.shared.database import Connection
from backends.shared.reasons import Reason
from backends.shared.spelling import plain
from models.kernel.base import Message

_MEMBER = """
SELECT personal_number, full_name FROM agency_insurance.member
WHERE personal_number = $1 OR ($1 IS NULL AND insurance_number = $2)
"""
_CARD = """
SELECT personal_number, full_name, date_of_birth, insurance_number, cancelled_on
FROM agency_insurance.card JOIN agency_insurance.member USING (personal_number)
WHERE card_number = $1
"""
_TAKE = """
INSERT INTO agency_insurance.list_line
    (list_number, line, kind, case_code, personal_number, occurred_on)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (kind, personal_number) WHERE rejected_because IS NULL AND revoked_at IS NULL
    DO NOTHING
RETURNING true
"""
_REJECT = """
INSERT INTO agency_insurance.list_line
    (list_number, line, kind, case_code, occurred_on, rejected_because)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_END = """
INSERT INTO agency_insurance.membership_end
    (list_number, line, personal_number, ended_on, because)
VALUES ($1, $2, $3, $4, 'death')
ON CONFLICT (personal_number) WHERE restored_at IS NULL DO NOTHING
"""
F = TypeVar("F", bound=Message)


async def carry_out(
    connection: Connection, number: str, kind: ListName, line: LinePosting
) -> Reason | None:
    """Take a line, or keep it with the reason why it is rejected.

    A person stands on one list of a kind for ever; who is insured no more already stays so.
    """
    find = _struck_off if kind == "strike_offs" else _card
    found = await find(connection, line)
    is_found = not isinstance(found, Reason)
    reason = await _take(connection, number, kind, line, found) if is_found else Reason(found)
    if reason:
        await connection.execute(
            _REJECT, number, line.number, kind, line.case_code, line.occurred_on, reason
        )
    return reason


async def _take(
    connection: Connection, number: str, kind: ListName, line: LinePosting, person: str
) -> Reason | None:
    if not await connection.fetchval(
        _TAKE, number, line.number, kind, line.case_code, person, line.occurred_on
    ):
        return Reason.ALREADY_DONE
    facts = _read(StrikeOffFacts, line)
    if kind == "strike_offs" and facts:
        died_at = facts.deceased.died_at
        day = died_at.date() if died_at else line.occurred_on
        await connection.execute(_END, number, line.number, person, day)
    return None


async def _struck_off(connection: Connection, line: LinePosting) -> str | Reason:
    """The member who died; the name must be theirs, for nobody else may lose a card."""
    facts = _read(StrikeOffFacts, line)
    if facts is None:
        return Reason.NO_SUCH_MEMBER
    deceased = facts.deceased
    row = await connection.fetchrow(_MEMBER, deceased.personal_number, deceased.insurance_number)
    if row is None:
        return Reason.NO_SUCH_MEMBER
    if plain(row["full_name"]) != plain(deceased.full_name):
        return Reason.IDENTITY_MISMATCH
    return str(row["personal_number"])


async def _card(connection: Connection, line: LinePosting) -> str | Reason:
    """Whose card it is; card and registration must say the same."""
    facts = _read(CardFacts, line)
    row = await connection.fetchrow(_CARD, facts.issued.card_number) if facts else None
    if facts is None or row is None:
        return Reason.NO_SUCH_MEMBER
    if row["cancelled_on"]:
        return Reason.BASE_REVOKED
    child, issued = facts.child, facts.issued
    same = (
        plain(row["full_name"]) == plain(child.full_name)
        and (child.born_at is None or child.born_at.date() == row["date_of_birth"])
        and issued.insurance_number in (None, row["insurance_number"])
        and issued.register_birth.personal_number in (None, row["personal_number"])
    )
    return str(row["personal_number"]) if same else Reason.WRONG_CARD


def _read(kind: type[F], line: LinePosting) -> F | None:
    try:
        return kind.model_validate(line.facts)
    except ValidationError:
        return None
