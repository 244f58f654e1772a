"""Filing one family's dossiers and hearing what becomes of them: the agencies decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import Field

from models.contracts.dossiers import DossierAnswer, DossierRequest, Facts, key_for
from models.kernel.base import CaseCode, Message, ProcedureId
from models.kernel.vocabulary import Outcome
from simulation.pilot.country import Country
from simulation.pilot.families import (
    INSURANCE_FUNERAL,
    REGISTER_DEATH,
    SOCIAL_FUNERAL,
    SURVIVOR_LUMP_SUM,
    Family,
    Raw,
)
from simulation.pilot.worlds import World

_REGISTRATION = (
    "notice",
    "substitute_evidence",
    "deceased",
    "cause_of_death",
    "declarant",
    "registration",
)
_FUNERAL = ("deceased", "funeral", "declarant")
SECTIONS: Final[Mapping[ProcedureId, tuple[str, ...]]] = {
    REGISTER_DEATH: _REGISTRATION,
    INSURANCE_FUNERAL: _FUNERAL,
    SOCIAL_FUNERAL: _FUNERAL,
    SURVIVOR_LUMP_SUM: ("deceased", "relatives", "declarant"),
}
"""Which parts of a declaration each agency is given."""


class Filed(Message):
    """What became of one family's money file."""

    granted: tuple[ProcedureId, ...] = ()
    refused: dict[ProcedureId, str] = Field(default_factory=dict)
    """The agency's reason code by procedure."""

    @property
    def is_filed(self) -> bool:
        """Whether anything was filed at all."""
        return bool(self.granted or self.refused)

    @property
    def is_valid(self) -> bool:
        """Whether all money the family filed for was granted."""
        return bool(self.granted) and not self.refused


async def file(
    country: Country, family: Family, world: World, money: tuple[ProcedureId, ...]
) -> Filed:
    """Register the death, file for the money, let time pass, and hear the officers' decisions."""
    registered = await country.file(_request(family, REGISTER_DEATH, _evidence(family)))
    if registered.outcome is not Outcome.GRANTED:
        return _filed([(REGISTER_DEATH, registered)])
    issued: Facts = {"register_death": registered.issued}
    requests = [_request(family, id, _claim(family, world, id, issued)) for id in money]
    for request in requests:
        await country.file(request)
    for written in world.afterwards:
        await country.enter(written)
    return _filed([(request.procedure, await country.decide(request)) for request in requests])


def _filed(answers: list[tuple[ProcedureId, DossierAnswer]]) -> Filed:
    granted = tuple(id for id, said in answers if said.outcome is Outcome.GRANTED)
    return Filed(
        granted=tuple(id for id in granted if id != REGISTER_DEATH),
        refused={id: said.reason_code or "" for id, said in answers if id not in granted},
    )


def _evidence(family: Family) -> Facts:
    return {name: family.declaration[name] for name in _REGISTRATION}


def _claim(family: Family, world: World, id: ProcedureId, issued: Facts) -> Facts:
    evidence: Facts = {name: family.declaration[name] for name in SECTIONS[id]}
    evidence["issued"] = issued
    if id == SURVIVOR_LUMP_SUM:
        evidence["representation"] = _representation(family.declaration, world)
    return evidence


def _representation(declaration: Raw, world: World) -> Facts | None:
    chosen = declaration["representative"]
    if chosen is None or world.is_disputed:
        return None
    return {"representative": chosen, "by": "relatives", "reference": None}


def _request(family: Family, procedure: ProcedureId, evidence: Facts) -> DossierRequest:
    code = CaseCode(family.case_code)
    return DossierRequest(
        key=key_for(code, procedure, 1),
        case_code=code,
        procedure=procedure,
        round=1,
        unit=family.declaration["registration"]["commune"],
        received_at=datetime.fromisoformat(family.declaration["reception"]["received_at"]),
        due_at=None,
        evidence=evidence,
    )
