"""What a correction must know of a case, open, closed or archived: its dossiers and their links."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import Field

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import Event, LedgerEntry, state_after
from models.contracts.dossiers import Facts, key_for
from models.contracts.payments import PaymentState
from models.intake.intake import Opening, PlannedDossier
from models.kernel.base import AgencyId, CaseCode, DossierKey, GroupId, Message, ProcedureId
from models.kernel.findings import Finding
from models.kernel.refs import CaseRef, DossierRef
from models.kernel.vocabulary import DossierState

TAKES_LISTS = AgencyId("insurance")
"""Periodic lists are lists for the insurer."""


class ArchivedPayment(Message):
    """Money that was ordered for a dossier, as far as the case knows."""

    key: str
    state: PaymentState | None = None
    amount: int | None = None
    """Whole đồng."""


class ArchivedDossier(DossierRef):
    """One dossier, with everything that says who relied on it."""

    key: DossierKey
    """What the agency knows it by."""
    state: DossierState
    was_filed: bool = True
    """It reached, or may have reached, its agency."""
    after: tuple[ProcedureId, ...] = ()
    paid_by: AgencyId | None = None
    """Who pays what a grant of it orders."""
    listed_at: AgencyId | None = None
    """Who is given its grants on periodic lists."""
    issued: Facts = Field(default_factory=dict)
    payment: ArchivedPayment | None = None
    corrected_by: tuple[str, ...] = ()
    """Every correction of this very act, oldest first."""
    revoked_by: str | None = None
    """The correction that undid it: its own, or that of an act it relied on."""

    @property
    def is_open(self) -> bool:
        """Its agency has it, and has not decided."""
        return self.state.is_open


class ArchivedCase(Message):
    """A case as the book has it."""

    ref: CaseRef
    case_code: CaseCode
    group: GroupId
    province: str = ""
    commune: str = ""
    is_open: bool
    """As far as the book knows: the case itself says better."""
    dossiers: tuple[ArchivedDossier, ...]
    to: Facts = Field(default_factory=dict)
    """Where the declarant is told, as the declaration gave it."""


def archived(case: Case) -> tuple[ArchivedDossier, ...]:
    """The dossiers of a case that is at hand."""
    opening = case.opening
    return tuple(_booked(opening, one) for one in case.dossiers.values()) if opening else ()


def archived_from_ledger(
    opening: Opening, entries: Iterable[LedgerEntry]
) -> tuple[ArchivedDossier, ...]:
    """The same from what was opened and what stands in the ledger; what was issued is not there.

    For cases closed before the book was kept, and for those that were terminated.
    """
    written = tuple(entries)
    return tuple(
        _from_ledger(opening, plan, [one for one in written if one.procedure in procedures])
        for plan, procedures in chosen_plans(opening, written)
    )


def _from_ledger(
    opening: Opening, plan: PlannedDossier, entries: list[LedgerEntry]
) -> ArchivedDossier:
    state = state_after(entries)
    was_filed = any(one.event is Event.DOSSIER_FILED for one in entries)
    archived = _planned(opening, plan, state, round_=1)
    return archived.model_copy(update={"was_filed": was_filed, "payment": _last_payment(entries)})


def _last_payment(entries: Iterable[LedgerEntry]) -> ArchivedPayment | None:
    """The one that counts: earlier ones came back. What has become of it its payer says."""
    ordered = [str(one.facts["payment"]) for one in entries if one.event is Event.PAYMENT_ORDERED]
    return ArchivedPayment(key=ordered[-1]) if ordered else None


def _booked(opening: Opening, dossier: Dossier) -> ArchivedDossier:
    """A payment is read off the status, which holds one as soon as dossiers are paid."""
    told = dossier.status().model_dump()
    payment = told.get("payment")
    base = _planned(opening, dossier.plan, dossier.state, round_=dossier.round)
    return base.model_copy(
        update={
            "was_filed": dossier.filed_at is not None,
            "issued": dossier.issued,
            "corrected_by": dossier.corrected_by,
            "revoked_by": dossier.revoked_by,
            "payment": ArchivedPayment.model_validate(payment) if payment else None,
        }
    )


def _planned(
    opening: Opening, plan: PlannedDossier, state: DossierState, *, round_: int
) -> ArchivedDossier:
    rule = _rule_of(opening.law, plan.procedure)
    return ArchivedDossier(
        procedure=plan.procedure,
        title=plan.title,
        agency=plan.agency,
        agency_name=plan.agency_name,
        key=key_for(opening.case_code, plan.procedure, round_),
        state=state,
        after=plan.after,
        paid_by=rule.get("paid_by"),
        listed_at=TAKES_LISTS if rule.get("listing") else None,
    )


def _rule_of(law: Mapping[str, Any], procedure: ProcedureId) -> Mapping[str, Any]:
    """The rule the case was opened with, as JSON; rules of older releases lack the newer words."""
    rules = law.get("procedures") or ()
    return next((rule for rule in rules if rule.get("id") == procedure), {})


def check_act(
    procedure: ProcedureId, dossiers: Iterable[ArchivedDossier], correction_id: str | None = None
) -> Finding | None:
    """Why an act cannot be corrected; None: it can. What this very correction undid stands so."""
    act = next((one for one in dossiers if one.procedure == procedure), None)
    if act is None:
        return _no("unknown_act", "Hồ sơ không có thủ tục này")
    if act.state is not DossierState.GRANTED:
        return _no("not_granted", "Thủ tục này chưa được giải quyết, nên không có gì để cải chính")
    if act.revoked_by not in (None, correction_id):
        said = f"Kết quả này không còn hiệu lực, theo quyết định {act.revoked_by}"
        return _no("already_revoked", said)
    return None


def downstream(act: ProcedureId, dossiers: Iterable[ArchivedDossier]) -> list[ArchivedDossier]:
    """Every dossier that rests on the act, directly or through others, in the order of the law."""
    everything = list(dossiers)
    reached = {act}
    while True:
        further = {
            one.procedure
            for one in everything
            if one.procedure not in reached and reached.intersection(one.after)
        }
        if not further:
            return [one for one in everything if one.procedure in reached - {act}]
        reached |= further


def _no(rule: str, message: str) -> Finding:
    return Finding(field="act", rule=rule, message=message)


def plan_of(opening: Opening, procedure: ProcedureId) -> PlannedDossier:
    """The plan of a procedure that was planned, or is one of those that may be chosen."""
    return next(plan for plan in _all(opening.dossiers) if plan.procedure == procedure)


def chosen_plans(
    opening: Opening, entries: Iterable[LedgerEntry]
) -> Iterator[tuple[PlannedDossier, frozenset[ProcedureId]]]:
    """Each plan as it was last known, and every procedure its entries may be under.

    What happened before the choice stands under the family's word.
    """
    chosen = {entry.procedure for entry in entries if entry.event is Event.PROCEDURE_CHOSEN}
    for plan in opening.dossiers:
        now = next((one for one in plan.alternatives if one.procedure in chosen), plan)
        yield now, frozenset({plan.procedure, now.procedure})


def _all(plans: Iterable[PlannedDossier]) -> Iterator[PlannedDossier]:
    for plan in plans:
        yield plan
        yield from plan.alternatives
