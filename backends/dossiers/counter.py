"""What is said about a dossier after it was filed: by the citizen's side, and by officers."""

from datetime import datetime
from functools import partial

from pydantic import BaseModel

from backends.dossiers.answers import acceptance, decided
from backends.dossiers.corrections import Carried, Corrections
from backends.dossiers.filing import (
    CorrectionPosting,
    DecisionPosting,
    SupplementPosting,
    WithdrawalPosting,
)
from backends.dossiers.office import Office
from backends.dossiers.procedure import Act, Decision, refused
from backends.dossiers.store import Kind, Posting, Stored
from backends.shared import clock
from backends.shared.database import Connection
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError, unknown
from backends.shared.reasons import Reason
from models.contracts.dossiers import Acknowledgement
from models.kernel.vocabulary import Outcome

Said = SupplementPosting | WithdrawalPosting | CorrectionPosting | DecisionPosting


class Counter:
    """Each thing said is kept under its key: said again it is answered the same, and done once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._store = office.store
        self._corrections = Corrections(office)

    async def say(self, key: str, idempotency_key: str, said: Said) -> str:
        """Take note of something about a dossier, with what follows from it.

        A correction is known by its own id, whatever key it is said under.

        Raises:
            ProblemError: 404 unknown dossier; 409 said otherwise before, or not possible now;
                503 another agency is needed for it and away.
        """
        name = said.correction_id if isinstance(said, CorrectionPosting) else idempotency_key
        posting = Posting(key, _KINDS[type(said)], name, digest_of(said), said.model_dump_json())
        known = await self._store.posted(self._office.pool, posting)
        if known:
            return _again(known, posting)
        effect = await self._prepare(key, said)
        async with self._office.pool.acquire() as connection, connection.transaction():
            stored = await self._store.lock(connection, key)
            if stored is None:
                raise unknown("dossier")
            known = await self._store.posted(connection, posting)
            if known:
                return _again(known, posting)
            now = clock.now()
            text = (await effect(connection, stored, now)).model_dump_json()
            await self._store.post(connection, posting, answer=text, at=now)
            return text

    async def _prepare(self, key: str, said: Said) -> Carried:
        """Do beforehand what needs other agencies; the rest is done in one transaction."""
        match said:
            case SupplementPosting():
                return _while_open(self._supplement)
            case WithdrawalPosting():
                return _while_open(self._withdraw)
            case DecisionPosting():
                act = await self._examined(key) if said.outcome == "granted" else None
                return _while_open(partial(self._decide, said=said, act=act))
            case CorrectionPosting():
                return await self._corrections.prepare(await self._known(key), said)

    async def _examined(self, key: str) -> Act | None:
        """An officer's yes is carried out by the agency's own procedure."""
        stored = await self._known(key)
        if not stored.is_open:
            return None
        procedure = self._office.procedures[stored.procedure]
        return await procedure.examine(procedure.filing.model_validate_json(stored.filed))

    async def _known(self, key: str) -> Stored:
        stored = await self._store.find(self._office.pool, key)
        if stored is None:
            raise unknown("dossier")
        return stored

    async def _supplement(
        self, connection: Connection, stored: Stored, now: datetime
    ) -> Acknowledgement:
        if stored.outcome is not Outcome.SUPPLEMENT:
            raise _conflict("nothing was asked for", Reason.NOTHING_WANTED)
        answer = acceptance(stored.key, version=stored.version + 1)
        await self._store.reopen(connection, answer, ready_at=self._office.ready_at(now))
        return Acknowledgement(acknowledged=True, at=now)

    async def _withdraw(
        self, connection: Connection, stored: Stored, now: datetime
    ) -> Acknowledgement:
        decision = refused(Reason.WITHDRAWN, "Hồ sơ đã dừng theo đề nghị rút của công dân.")
        answer = decided(stored.key, decision, version=stored.version + 1, at=now)
        await self._store.decide(connection, answer, withdrawn_at=now)
        return Acknowledgement(acknowledged=True, at=now)

    async def _decide(
        self,
        connection: Connection,
        stored: Stored,
        now: datetime,
        *,
        said: DecisionPosting,
        act: Act | None,
    ) -> BaseModel:
        if said.outcome == "refused" and said.reason_code is None:
            raise ProblemError(409, "a refusal needs its reason code")
        decision = await self._office.perform(connection, stored, act) if act else _as_said(said)
        if said.outcome == "granted" and decision.outcome is not Outcome.GRANTED:
            raise _conflict("the agency's own rules refuse", decision.reason)
        answer = decided(stored.key, decision, version=stored.version + 1, at=now)
        await self._office.record(connection, stored, answer, said.decided_by)
        return answer


_KINDS: dict[type[Said], Kind] = {
    SupplementPosting: "supplement",
    WithdrawalPosting: "withdrawal",
    CorrectionPosting: "correction",
    DecisionPosting: "decision",
}


def _while_open(effect: Carried) -> Carried:
    async def carried(connection: Connection, stored: Stored, now: datetime) -> BaseModel:
        if not stored.is_open:
            raise _conflict("the dossier is settled", Reason.ALREADY_SETTLED)
        return await effect(connection, stored, now)

    return carried


def _as_said(said: DecisionPosting) -> Decision:
    return Decision(
        outcome=Outcome(said.outcome),
        reason=said.reason_code,
        note=said.note,
        items=tuple(item.model_dump() for item in said.items),
    )


def _again(known: tuple[str, str], posting: Posting) -> str:
    digest, answer = known
    if digest != posting.digest:
        raise ProblemError(409, "the key is known with other content")
    return answer


def _conflict(title: str, reason: str | None) -> ProblemError:
    return ProblemError(409, title, reason_code=reason)
