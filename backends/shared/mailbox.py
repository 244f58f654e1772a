"""Things handed in under a key and kept in order: what post and notifications have in common."""

from datetime import datetime
from typing import NamedTuple

from backends.shared import clock
from backends.shared.database import Pool
from backends.shared.digests import digest_of
from backends.shared.fields import CaseCodeText, Key
from backends.shared.problems import ProblemError
from models.kernel.base import Message

_KEEP = """
INSERT INTO {table} (key, case_code, digest, said, received_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO NOTHING
"""
_FIND = "SELECT number, digest, said, received_at FROM {table} WHERE key = $1"
_LIST = """
SELECT said FROM {table}
WHERE $1::text IS NULL OR case_code = $1
ORDER BY number OFFSET $2 LIMIT $3
"""


class Kept(NamedTuple):
    """One thing as kept."""

    number: int
    digest: str
    said: str
    received_at: datetime


class Thing(Message):
    """What can be handed in: it has its key once and for ever, and belongs to a case."""

    key: Key
    case_code: CaseCodeText


class Mailbox:
    """Keeps each thing once; handed in again it is acknowledged with the first instant."""

    def __init__(self, table: str, pool: Pool) -> None:
        self._keep, self._find, self._list = (
            sql.format(table=table) for sql in (_KEEP, _FIND, _LIST)
        )
        self._pool = pool

    async def hand_in(self, thing: Thing) -> Kept:
        """Keep it, and say under which number since when.

        Raises:
            ProblemError: 409, the key is known with other content.
        """
        digest, said = digest_of(thing), thing.model_dump_json()
        await self._pool.execute(self._keep, thing.key, thing.case_code, digest, said, clock.now())
        kept = await self.find(thing.key)
        if kept is None or kept.digest != digest:
            raise ProblemError(409, "the key is known with other content")
        return kept

    async def find(self, key: str) -> Kept | None:
        """One thing, by key."""
        row = await self._pool.fetchrow(self._find, key)
        return Kept(*row) if row else None

    async def list(self, case_code: str | None, *, offset: int, limit: int) -> list[str]:
        """Things in the order they came, of one case or of all."""
        return [row["said"] for row in await self._pool.fetch(self._list, case_code, offset, limit)]
