"""The office of an agency: takes dossiers in, decides each once, and answers the same again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from backends.dossiers.answers import acceptance, decided
from backends.dossiers.filing import Filing
from backends.dossiers.procedure import Act, Decision, Procedure
from backends.dossiers.store import DossierStore, Stored
from backends.shared import clock
from backends.shared.callbacks import CallBook, DecideCall
from backends.shared.database import Connection, Pool, schema_of
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError, unknown
from backends.switchboard.behaviour import AfterDelay, AtOnce
from backends.switchboard.fault_injector import Switch
from models.contracts.dossiers import DossierAnswer
from models.kernel.base import AgencyId
from models.kernel.vocabulary import Outcome

_BATCH = 50
_PUT_OFF = timedelta(seconds=2)
log = structlog.get_logger()


class Office:
    """Receiving and deciding. What people say at the counter and the desk is in `counter`."""

    def __init__(self, switch: Switch, pool: Pool, procedures: Mapping[str, Procedure]) -> None:
        self.agency: AgencyId = switch.agency
        self.pool = pool
        self.store = DossierStore(schema_of(switch.agency))
        self.procedures = procedures
        self.switch = switch
        self._calls: CallBook | None = None

    def owe_calls(self, book: CallBook) -> None:
        """From now on keep a call in this book for each decision on an accepted dossier."""
        self._calls = book

    async def submit(self, filing: Filing[Any]) -> str:
        """Take a dossier in, or answer again what is known of it.

        Raises:
            ProblemError: 409 the key is known with other content; 503 another agency is away.
        """
        digest = digest_of(filing)
        stored = await self.store.find(self.pool, filing.key)
        if stored is None and isinstance(self.switch.behaviour.answers, AtOnce):
            return await self._perform(filing, digest)
        if stored is None:
            return await self._accept(filing, digest)
        return _same(stored, digest)

    async def answer(self, key: str) -> str:
        """The current answer; a decision that has come due is made first.

        Raises:
            ProblemError: 404, never received.
        """
        stored = await self._known(key)
        if stored.is_open and stored.ready_at and stored.ready_at <= clock.now():
            await self.settle(stored)
            stored = await self._known(key)
        return stored.answer

    async def decide_due(self) -> int:
        """Make the decisions that have come due; says how many were looked at."""
        keys = await self.store.ready(self.pool, at=clock.now(), limit=_BATCH)
        for key in keys:
            await self.settle(await self._known(key))
        return len(keys)

    async def settle(self, stored: Stored) -> None:
        """Decide one due dossier, unless somebody else just did; put it off if that fails now."""
        try:
            await self.perform_stored(stored)
        except ProblemError as problem:
            log.info("decision.put_off", agency=self.agency, status=problem.status)
            await self.store.postpone(self.pool, stored.key, until=clock.now() + _PUT_OFF)

    async def perform_stored(self, stored: Stored) -> None:
        """Perform the procedure of a dossier whose time has come, once however often called."""
        procedure = self.procedures[stored.procedure]
        filing = procedure.filing.model_validate_json(stored.filed)
        act = await procedure.examine(filing)
        async with self.pool.acquire() as connection, connection.transaction():
            held = await self.store.lock(connection, stored.key)
            if held is None or not held.is_open or held.ready_at is None:
                return
            decision = await self.perform(connection, held, act)
            await self.record(connection, held, _decided(held, decision))

    async def perform(self, connection: Connection, stored: Stored, act: Act) -> Decision:
        """Perform an act, and at once what was corrected since its dossier was filed."""
        decision = await act(connection)
        if decision.outcome is not Outcome.GRANTED:
            return decision
        for notice in await self.store.corrections(connection, stored.key):
            if stored.relies_on(notice.act):
                amend = await self.procedures[stored.procedure].correct(stored, notice)
                issued = (await amend(connection)).issued
                decision = replace(decision, issued={**decision.issued, **issued})
        return decision

    async def record(
        self, connection: Connection, stored: Stored, answer: DossierAnswer, by: str | None = None
    ) -> None:
        """Write down the decision on an accepted dossier, and the call its case is owed."""
        await self.store.decide(connection, answer, by=by)
        if self._calls:
            said = DecideCall.about(answer, stored.procedure, stored.round, by)
            await self._calls.owe(connection, stored.key, stored.case_code, said)

    def ready_at(self, now: datetime) -> datetime | None:
        """When a dossier taken up now will be decided; None: when an officer does."""
        match self.switch.behaviour.answers:
            case AtOnce():
                return now
            case AfterDelay(seconds=seconds):
                return now + timedelta(seconds=seconds)
            case _:
                return None

    async def _perform(self, filing: Filing[Any], digest: str) -> str:
        act = await self.procedures[filing.procedure].examine(filing)
        now = clock.now()
        async with self.pool.acquire() as connection, connection.transaction():
            first = acceptance(filing.key, version=1)
            if await self.store.receive(
                connection, filing, digest=digest, at=now, ready_at=now, answer=first
            ):
                answer = decided(filing.key, await act(connection), version=1, at=now)
                await self.store.decide(connection, answer)
                return answer.model_dump_json()
        return _same(await self._known(filing.key), digest)

    async def _accept(self, filing: Filing[Any], digest: str) -> str:
        now = clock.now()
        first = acceptance(filing.key, version=1)
        async with self.pool.acquire() as connection:
            if await self.store.receive(
                connection,
                filing,
                digest=digest,
                at=now,
                ready_at=self.ready_at(now),
                answer=first,
            ):
                return first.model_dump_json()
        return _same(await self._known(filing.key), digest)

    async def _known(self, key: str) -> Stored:
        stored = await self.store.find(self.pool, key)
        if stored is None:
            raise unknown("dossier")
        return stored


def _decided(stored: Stored, decision: Decision) -> DossierAnswer:
    return decided(stored.key, decision, version=stored.version + 1, at=clock.now())


def _same(stored: Stored, digest: str) -> str:
    if stored.digest != digest:
        raise ProblemError(409, "the key is known with other content")
    return stored.answer
