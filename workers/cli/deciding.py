"""Where a decision goes: to the desk of the agency that holds the dossier, or to the case."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from adapters.law.files import read_entries
from models.cases.events import STATE_OF_OUTCOME
from models.cases.requests import Decide
from models.cases.status import CaseStatus, DossierStatus
from models.contracts.dossiers import WantedItem, key_for
from models.kernel.base import CaseCode, Definition
from models.kernel.findings import Finding
from models.kernel.vocabulary import CaseState, DossierState, Outcome
from models.law.law import ReasonCode
from workers.cli.pairs import Pairs
from workers.client.agency_desks import AgencyDeskClient
from workers.client.cases import CaseClient, CaseRef
from workers.client.updates import CaseRejectsError, request_id, send_update
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

_HEARD_WITHIN = 5.0
"""Seconds in which an agency that calls has told the case; else the case finds out by asking."""
_LOOK_EVERY = 0.2


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer decided, in words that are already sound by themselves."""

    procedure: str
    outcome: str
    reason: str | None
    items: Pairs
    issued: Pairs
    by: str


class Decided(Definition):
    """What the command tells afterwards."""

    accepted: bool = True
    case_code: CaseCode
    state: CaseState
    decision_id: str
    through: Literal["agency", "case"]
    known_to_case: bool
    dossier_state: DossierState


def unknown_reason(settings: Settings, reason: str | None) -> list[Finding]:
    """A finding where the law files do not know the coded reason."""
    known = sorted(entry.code for entry in _reasons(settings))
    if reason is None or reason in known:
        return []
    text = f"Không có mã lý do này; có: {', '.join(known)}."
    return [Finding(field="reason_code", rule="unknown_reason", message=text)]


def reason_in_words(settings: Settings, reason: str | None) -> str | None:
    """What a coded reason says to people, and how it is cured; None where no law file knows it."""
    found = next((entry for entry in _reasons(settings) if entry.code == reason), None)
    return f"Cơ quan không nhận: {found.title} ({found.code}). {found.cure}." if found else None


async def decide_case(settings: Settings, case: str, decision: Decision) -> Decided:
    """Decide where the dossier lies, and see whether the case has heard of it.

    Raises:
        CaseRejectsError: no such procedure, or the decision does not fit.
        DeskRefusesError: the agency does not take it.
    """
    desk = CaseClient(await connect(settings))
    ref = await desk.find(case)
    status = await desk.status(ref.case_id, ref.run_id)
    code, dossier = _dossier(status, decision.procedure)
    key = key_for(code, dossier.procedure, dossier.round)
    office = AgencyDeskClient.at(settings.addresses(), dossier.agency)
    id_ = request_id(now(), "decide", key, decision)
    if not await asyncio.to_thread(office.holds, key):
        return await _tell_case(desk, case, decision, dossier, id_)
    if decision.issued:
        text = "Cơ quan này tự lập kết quả: bỏ --issued."
        raise CaseRejectsError(Finding(field="issued", rule="agency_issues", message=text))
    answer = await asyncio.to_thread(office.decide, key, _at_desk(decision), id_)
    return await _heard(desk, ref, decision, str(answer["decision_id"]))


def _reasons(settings: Settings) -> tuple[ReasonCode, ...]:
    return read_entries(settings.law / "reasons.toml", "reason", ReasonCode)


def _dossier(status: CaseStatus, procedure: str) -> tuple[CaseCode, DossierStatus]:
    for dossier in status.dossiers:
        if dossier.procedure == procedure and status.case_code:
            return status.case_code, dossier
    known = ", ".join(dossier.procedure for dossier in status.dossiers) or "không có thủ tục nào"
    text = f"Hồ sơ không có thủ tục này; có: {known}."
    raise CaseRejectsError(Finding(field="procedure", rule="unknown", message=text))


def _at_desk(decision: Decision) -> dict[str, object]:
    return {
        "outcome": decision.outcome,
        "reason_code": decision.reason,
        "items": [{"code": code, "description": text} for code, text in decision.items],
        "decided_by": decision.by,
    }


async def _tell_case(
    desk: CaseClient, case: str, decision: Decision, dossier: DossierStatus, id_: str
) -> Decided:
    said = Decide(
        request_id=id_,
        procedure=dossier.procedure,
        round=dossier.round,
        decision_id=id_,
        outcome=Outcome(decision.outcome),
        reason_code=decision.reason,
        items=tuple(WantedItem(code=code, description=text) for code, text in decision.items),
        issued=dict(decision.issued),
        decided_by=decision.by,
        decided_at=now(),
    )
    answer = await send_update(desk, case, "decide", said)
    return Decided(
        case_code=answer.case_code or CaseCode(case),
        state=answer.state,
        decision_id=id_,
        through="case",
        known_to_case=True,
        dossier_state=STATE_OF_OUTCOME[said.outcome],
    )


async def _heard(desk: CaseClient, ref: CaseRef, decision: Decision, decision_id: str) -> Decided:
    wanted = STATE_OF_OUTCOME[Outcome(decision.outcome)]
    patience = _HEARD_WITHIN
    while True:
        status = await desk.status(ref.case_id, ref.run_id)
        code, dossier = _dossier(status, decision.procedure)
        if dossier.state is wanted or patience <= 0:
            return Decided(
                case_code=code,
                state=status.state,
                decision_id=decision_id,
                through="agency",
                known_to_case=dossier.state is wanted,
                dossier_state=dossier.state,
            )
        await asyncio.sleep(_LOOK_EVERY)
        patience -= _LOOK_EVERY
