"""An agency told that an act was corrected or revoked: undone, renewed, or refused while open."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TypeAlias

from pydantic import BaseModel

from backends.dossiers.answers import decided
from backends.dossiers.effects import NOTHING, Amend, Done, Effect
from backends.dossiers.filing import CorrectionPosting
from backends.dossiers.office import Office
from backends.dossiers.procedure import refused
from backends.dossiers.store import Stored
from backends.shared.database import Connection
from backends.shared.problems import later
from backends.shared.reasons import Reason
from models.contracts.corrections import CorrectionReceipt
from models.kernel.vocabulary import Outcome

Carried: TypeAlias = Callable[[Connection, Stored, datetime], Awaitable[BaseModel]]
"""What is said about a dossier, carried out on it as it stands; answers what is told."""
_LOST_ITS_BASE = "Kết quả mà hồ sơ này căn cứ vào đã bị thu hồi."
_LATER = "Nội dung cải chính được áp dụng khi hồ sơ được giải quyết."


class Corrections:
    """Carries out corrections on the dossiers of one office, each once by its own id."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def prepare(self, stored: Stored, notice: CorrectionPosting) -> Carried:
        """Have other agencies do their part first; what comes back does ours.

        Raises:
            ProblemError: 503 another agency is away; 409 with the reason why it cannot be.
        """
        if stored.outcome is not Outcome.GRANTED or not _concerns(stored, notice):
            return partial(self._while_open, notice=notice)
        procedure = self._office.procedures[stored.procedure]
        return partial(_amend, await procedure.correct(stored, notice))

    async def _while_open(
        self, connection: Connection, stored: Stored, now: datetime, *, notice: CorrectionPosting
    ) -> CorrectionReceipt:
        """Refuse what is open and lost its base; nothing else has come of the act here."""
        if stored.outcome is Outcome.GRANTED and _concerns(stored, notice):
            raise later("the dossier was decided just now", seconds=1)
        if not stored.is_open or not stored.relies_on(notice.act):
            return NOTHING.receipt(now)
        if not notice.revokes:
            return Effect(done=Done.NONE, note=_LATER).receipt(now)
        refusal = refused(Reason.BASE_REVOKED, _LOST_ITS_BASE)
        answer = decided(stored.key, refusal, version=stored.version + 1, at=now)
        await self._office.record(connection, stored, answer)
        return Effect(done=Done.CANCELLED, note=_LOST_ITS_BASE).receipt(now)


async def _amend(
    amend: Amend, connection: Connection, _stored: Stored, now: datetime
) -> CorrectionReceipt:
    return (await amend(connection)).receipt(now)


def _concerns(stored: Stored, notice: CorrectionPosting) -> bool:
    return stored.procedure == notice.act or stored.relies_on(notice.act)
