"""A fund's book of claims and decisions: each benefit is granted once for each deceased."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backends.dossiers.filing import Standing
from backends.funds.contracts import OutsideClaim
from backends.shared import clock
from backends.shared.database import Connection, Queryable
from models.contracts.entitlements import Claim

CASE = "case"
"""The channel of claims that came as a dossier."""
_LIVE = """
SELECT kind, channel, received_on, paid FROM {schema}.claim
WHERE personal_number = $1 AND closed_at IS NULL ORDER BY id
"""
_CLAIM = """
INSERT INTO {schema}.claim (personal_number, kind, channel, received_on, paid, dossier_key)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (personal_number, kind) WHERE closed_at IS NULL DO NOTHING
RETURNING id
"""
_CLOSE_OUTSIDE = """
UPDATE {schema}.claim SET closed_at = $2
WHERE personal_number = $1 AND closed_at IS NULL AND channel <> 'case'
"""
_NEXT = """
INSERT INTO {schema}.decision_series AS series (prefix, last) VALUES ($1, 1)
ON CONFLICT (prefix) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_DECIDE = """
INSERT INTO {schema}.benefit_decision
    (decision_number, claim, amount, formula, basis, decided_on)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_REVOKE = """
WITH closed AS (
    UPDATE {schema}.claim SET closed_at = $2
    WHERE dossier_key = $1 AND closed_at IS NULL RETURNING id
)
UPDATE {schema}.benefit_decision SET revoked_at = $2, revoked_by = $3
WHERE claim IN (SELECT id FROM closed)
RETURNING decision_number
"""
_STANDING = """
SELECT decision_number, amount, revoked_at IS NOT NULL AS is_revoked
FROM {schema}.benefit_decision JOIN {schema}.claim ON claim.id = claim
WHERE dossier_key = $1
"""


class Benefit(NamedTuple):
    """Money granted: how much, how it was reckoned, and on which rule."""

    amount: int
    formula: str
    basis: str


class FundBook:
    """One agency's book, in its own schema."""

    def __init__(self, schema: str) -> None:
        self._live, self._claim, self._close_outside = (
            sql.format(schema=schema) for sql in (_LIVE, _CLAIM, _CLOSE_OUTSIDE)
        )
        self._next, self._decide, self._revoke, self._standing = (
            sql.format(schema=schema) for sql in (_NEXT, _DECIDE, _REVOKE, _STANDING)
        )

    async def claims(self, connection: Queryable, person: str) -> tuple[Claim, ...]:
        """The claims that stand, oldest first."""
        rows = await connection.fetch(self._live, person)
        return tuple(Claim.model_validate(dict(row)) for row in rows)

    async def claim(
        self, connection: Connection, person: str, kind: str, dossier_key: str
    ) -> int | None:
        """Claim a benefit for a dossier; None where somebody else has."""
        day = clock.today()
        number: int | None = await connection.fetchval(
            self._claim, person, kind, CASE, day, False, dossier_key
        )
        return number

    async def put_outside_claims(
        self, connection: Connection, person: str, claims: Sequence[OutsideClaim]
    ) -> bool:
        """Let exactly these stand beside the dossiers' own; False where a dossier was first."""
        await connection.execute(self._close_outside, person, clock.now())
        entered = [
            await connection.fetchval(
                self._claim, person, each.kind, each.channel, each.received_on, each.paid, None
            )
            for each in claims
        ]
        return None not in entered

    async def decide(
        self, connection: Connection, claim: int, benefit: Benefit, *, prefix: str
    ) -> str:
        """Write a decision on a claim; its number."""
        day = clock.today()
        series = f"{prefix}.{day.year}"
        number = f"{series}.{await connection.fetchval(self._next, series):06}"
        await connection.execute(self._decide, number, claim, *benefit, day)
        return number

    async def revoke(
        self, connection: Connection, dossier_key: str, *, by: str, at: datetime
    ) -> str | None:
        """Take back what was granted to a dossier; the decision's number, None where none stood."""
        number: str | None = await connection.fetchval(self._revoke, dossier_key, at, by)
        return number

    async def standing(self, connection: Queryable, dossier_key: str) -> Standing | None:
        """What holds now of what was granted to a dossier."""
        row = await connection.fetchrow(self._standing, dossier_key)
        if row is None:
            return None
        return Standing(
            key=dossier_key,
            state="cancelled" if row["is_revoked"] else "valid",
            issued={"decision_number": row["decision_number"], "amount": row["amount"]},
        )
