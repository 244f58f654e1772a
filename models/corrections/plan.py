"""What a correction must do, as a pure fold: a decision and a case make ordered steps, or a no."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from models.cases.archive import ArchivedDossier, check_act, downstream
from models.contracts.corrections import CorrectionKind
from models.corrections.requests import CorrectionDecision
from models.kernel.base import AgencyId, Message, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import DossierState

FIRST_PAYMENT = 1
"""A payment nobody has told us of yet would be the first for its dossier."""


class StepKind(StrEnum):
    """How a step reaches who must act."""

    ACT = "act"
    """The agency whose act it is: its acknowledgement is the legal fact, so it comes first."""
    RELYING = "relying"
    """An agency that decided, or is deciding, relying on the act."""
    LIST = "list"
    """An agency that was given the act, or what followed from it, on a periodic list."""
    PAYMENT = "payment"
    """Who pays money that was granted relying on the act."""


class CorrectionStep(Message):
    """One thing to be done at one place, acknowledged once."""

    id: str
    """Unique within the correction, and fit for a person to type: `relying.issue_card`."""
    kind: StepKind
    agency: AgencyId
    key: str
    """A dossier's or payment's key; for a list the case's code."""
    procedure: ProcedureId
    title: str
    """Vietnamese: what it is about."""
    after_giving_back: bool = False
    """The dossier is still open: it is asked back first, and what came of that decides."""
    amount: int | None = None
    """Of a payment, in whole đồng; None: not known to us."""


class CorrectionPlan(Message):
    """The steps in their order: the act alone, then all others side by side."""

    act: CorrectionStep
    others: tuple[CorrectionStep, ...] = ()

    @property
    def steps(self) -> tuple[CorrectionStep, ...]:
        """All of them, the first first."""
        return (self.act, *self.others)


def plan_of(
    decision: CorrectionDecision, case_code: str, dossiers: tuple[ArchivedDossier, ...]
) -> CorrectionPlan | Finding:
    """The whole plan, or the one reason why this act cannot be corrected."""
    finding = check_act(decision.act, dossiers, decision.correction_id)
    if finding is not None:
        return finding
    act = next(one for one in dossiers if one.procedure == decision.act)
    ours = (None, decision.correction_id)
    relying = [one for one in downstream(decision.act, dossiers) if one.revoked_by in ours]
    revokes = decision.kind is CorrectionKind.REVOKED
    return CorrectionPlan(
        act=_at_agency(StepKind.ACT, act),
        others=(
            *(
                _at_agency(StepKind.RELYING, one, asked_back=revokes and one.is_open)
                for one in relying
                if relied(one)
            ),
            *_at_lists([act, *relying], case_code),
            *(_payment(one) for one in (act, *relying) if revokes and may_be_paid(one)),
        ),
    )


def relied(dossier: ArchivedDossier) -> bool:
    """Its agency used the act: it granted, is deciding, or was stopped without a word of its own.

    One that was stopped for a correction was given back by its agency.
    """
    if dossier.state is DossierState.STOPPED:
        return dossier.was_filed and dossier.revoked_by is None
    return dossier.state is DossierState.GRANTED or dossier.is_open


def may_be_paid(dossier: ArchivedDossier) -> bool:
    """Money may have been ordered for it: a payment is known, or a grant orders one."""
    granted = dossier.state is DossierState.GRANTED
    return dossier.paid_by is not None and (dossier.payment is not None or granted)


def payment_step(dossier: ArchivedDossier) -> CorrectionStep | None:
    """How its money is stopped; None where a grant of it pays nothing."""
    return None if dossier.paid_by is None else _payment(dossier)


def _payment(dossier: ArchivedDossier) -> CorrectionStep:
    """Stopped under its derived key even where we know of none: then it will never be paid."""
    payment = dossier.payment
    granted = dossier.issued.get("amount")
    return CorrectionStep(
        id=f"payment.{dossier.procedure}",
        kind=StepKind.PAYMENT,
        agency=dossier.paid_by or dossier.agency,
        key=payment.key if payment else f"{dossier.key}-pay-{FIRST_PAYMENT}",
        procedure=dossier.procedure,
        title=f"Dừng chi: {dossier.title}",
        amount=(payment.amount if payment else None)
        or (granted if isinstance(granted, int) else None),
    )


def _at_agency(
    kind: StepKind, dossier: ArchivedDossier, *, asked_back: bool = False
) -> CorrectionStep:
    return CorrectionStep(
        id=f"{kind}.{dossier.procedure}",
        kind=kind,
        agency=dossier.agency,
        key=dossier.key,
        procedure=dossier.procedure,
        title=f"{dossier.agency_name}: {dossier.title}",
        after_giving_back=asked_back,
    )


def _at_lists(dossiers: Iterable[ArchivedDossier], case_code: str) -> Iterator[CorrectionStep]:
    """One step for each agency that takes lists: it knows the lines by the code of their case."""
    told: set[AgencyId] = set()
    for one in dossiers:
        if one.listed_at is None or one.state is not DossierState.GRANTED or one.listed_at in told:
            continue
        told.add(one.listed_at)
        yield CorrectionStep(
            id=f"{StepKind.LIST}.{one.procedure}",
            kind=StepKind.LIST,
            agency=one.listed_at,
            key=case_code,
            procedure=one.procedure,
            title=f"Danh sách đã gửi: {one.title}",
        )


class PastCorrection(Message):
    """A correction that is in force: the agency of the act has acknowledged it."""

    correction_id: str
    act: ProcedureId
    kind: CorrectionKind


def marked(
    dossiers: tuple[ArchivedDossier, ...], past: Iterable[PastCorrection]
) -> tuple[ArchivedDossier, ...]:
    """The dossiers with every correction of the past on them, oldest first."""
    for one in past:
        dossiers = _mark(dossiers, one)
    return dossiers


def _mark(
    dossiers: tuple[ArchivedDossier, ...], past: PastCorrection
) -> tuple[ArchivedDossier, ...]:
    resting = {one.procedure for one in downstream(past.act, dossiers)}
    revokes = past.kind is CorrectionKind.REVOKED
    return tuple(
        dossier.model_copy(
            update=_of_act(dossier, past, revokes=revokes)
            if dossier.procedure == past.act
            else _fallen(dossier, past)
            if revokes and dossier.procedure in resting
            else {}
        )
        for dossier in dossiers
    )


def _of_act(dossier: ArchivedDossier, past: PastCorrection, *, revokes: bool) -> dict[str, object]:
    known = dossier.corrected_by
    added = known if past.correction_id in known else (*known, past.correction_id)
    return {"corrected_by": added} | (_fallen(dossier, past) if revokes else {})


def _fallen(dossier: ArchivedDossier, past: PastCorrection) -> dict[str, object]:
    return {"revoked_by": dossier.revoked_by or past.correction_id}
