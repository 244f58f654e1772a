"""Asking the population database, over its own HTTP interface, to verify, number and enter."""

from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from backends.civil_status.evidence import BirthFiling
from backends.dossiers.filing import CorrectionPosting
from backends.population.contracts import (
    DeathAnswer,
    DeathRequest,
    DeathRevocation,
    NewbornAnswer,
    NewbornCorrection,
    NewbornRequest,
)
from backends.shared.corrected import PersonFacts
from backends.shared.places import province_of
from backends.shared.problems import ProblemError, later
from models.contracts.dossiers import Acknowledgement

A = TypeVar("A", bound=BaseModel)
_RETRY_SECONDS = 5
_OK = 200
_CONFLICT = 409


class PopulationClient:
    """One connection pool to the population database for the life of the process."""

    def __init__(self, base_url: str) -> None:
        limits = httpx.Limits(max_keepalive_connections=20, keepalive_expiry=3)
        self._client = httpx.AsyncClient(
            base_url=base_url, timeout=5, limits=limits, trust_env=False
        )

    async def number(self, filing: BirthFiling, event: str) -> NewbornAnswer:
        """The child's number, or the database's refusal. Asking again gives the same.

        Raises:
            ProblemError: 503, the database is away or answers nonsense: come back later;
                409, it knows the key with other content.
        """
        request = _newborn(filing, event)
        path = f"/v1/newborns/{request.key}"
        return await self._say("PUT", path, request, request.key, NewbornAnswer)

    async def enter_death(self, request: DeathRequest) -> DeathAnswer:
        """Whose death it is, entered there, or the database's refusal; asked again, the same.

        Raises:
            ProblemError: as of `number`.
        """
        path = f"/v1/deaths/{request.key}"
        return await self._say("PUT", path, request, request.key, DeathAnswer)

    async def revoke_death(self, key: str, correction_id: str) -> Acknowledgement:
        """Have the person alive again whose death was entered under this dossier's key.

        Said again, it is the same acknowledgement.

        Raises:
            ProblemError: 503, the database is away, or knows no such death.
        """
        said = DeathRevocation(correction_id=correction_id)
        path = f"/v1/deaths/{key}/revocation"
        return await self._say("POST", path, said, f"{key}-revocation", Acknowledgement)

    async def correct_newborn(
        self, key: str, notice: CorrectionPosting, facts: PersonFacts
    ) -> Acknowledgement:
        """Have the child numbered under this dossier's key corrected, or the number closed.

        Said again, it is the same acknowledgement.

        Raises:
            ProblemError: 503, the database is away, or knows no such child.
        """
        said = NewbornCorrection(
            correction_id=notice.correction_id, kind=notice.kind, **facts.model_dump()
        )
        path = f"/v1/newborns/{key}/corrections"
        return await self._say("POST", path, said, key, Acknowledgement)

    async def _say(self, method: str, path: str, said: BaseModel, key: str, answer: type[A]) -> A:
        try:
            response = await self._client.request(
                method,
                path,
                content=said.model_dump_json(),
                headers={"Content-Type": "application/json", "Idempotency-Key": key[-128:]},
            )
        except httpx.TransportError:
            raise _away() from None
        if response.status_code == _CONFLICT:
            raise ProblemError(409, "the key was sent to the population database otherwise")
        if response.status_code != _OK:
            raise _away()
        try:
            return answer.model_validate_json(response.content)
        except ValidationError:
            raise _away() from None


def _newborn(filing: BirthFiling, event: str) -> NewbornRequest:
    evidence = filing.evidence
    return NewbornRequest(
        key=filing.key,
        event=event,
        province=province_of(filing.unit) or "",
        full_name=evidence.child.full_name,
        sex=evidence.child.sex,
        date_of_birth=evidence.child.born_on,
        mother=evidence.mother,
        father=evidence.father,
    )


def _away() -> ProblemError:
    return later("the population database is away", seconds=_RETRY_SECONDS)
