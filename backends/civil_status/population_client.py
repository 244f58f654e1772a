"""Asking the population database, over its own HTTP interface, to verify and to number."""

import httpx
from pydantic import ValidationError

from backends.civil_status.evidence import BirthFiling
from backends.corrected import PersonFacts
from backends.dossiers.filing import CorrectionPosting
from backends.places import province_of
from backends.population.contracts import NewbornAnswer, NewbornRequest
from backends.population.corrections import NewbornCorrection
from backends.problems import ProblemError, later

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
        request = _request(filing, event)
        try:
            response = await self._client.put(
                f"/v1/newborns/{request.key}",
                content=request.model_dump_json(),
                headers={"Content-Type": "application/json", "Idempotency-Key": request.key},
            )
        except httpx.TransportError:
            raise _away() from None
        if response.status_code == _CONFLICT:
            raise ProblemError(409, "the key was sent to the population database otherwise")
        if response.status_code != _OK:
            raise _away()
        return _answer(response)

    async def correct_newborn(
        self, key: str, notice: CorrectionPosting, facts: PersonFacts
    ) -> None:
        """Have the child numbered under this dossier's key corrected, or the number closed.

        Said again, it is done once.

        Raises:
            ProblemError: 503, the database is away, or knows no such child.
        """
        said = NewbornCorrection(
            correction_id=notice.correction_id, kind=notice.kind, **facts.model_dump()
        )
        try:
            response = await self._client.post(
                f"/v1/newborns/{key}/corrections",
                content=said.model_dump_json(),
                headers={"Content-Type": "application/json", "Idempotency-Key": key},
            )
        except httpx.TransportError:
            raise _away() from None
        if response.status_code != _OK:
            raise _away()


def _request(filing: BirthFiling, event: str) -> NewbornRequest:
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


def _answer(response: httpx.Response) -> NewbornAnswer:
    try:
        return NewbornAnswer.model_validate_json(response.content)
    except ValidationError:
        raise _away() from None


def _away() -> ProblemError:
    return later("the population database is away", seconds=_RETRY_SECONDS)
