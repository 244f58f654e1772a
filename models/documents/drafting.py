"""Drafting the forms of a case: which facts of the case go into which form. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.cases.archive import plan_of
from models.cases.events import LedgerEntry
from models.cases.holdings import holdings_of
from models.cases.status import DossierStatus
from models.documents.forms import (
    ControlledDossier,
    DossierFacts,
    FormApology04,
    FormControl06,
    FormReceipt01,
    FormRefusal03,
    FormStop05,
    FormSupplement02,
)
from models.documents.kinds import DelayCause, StopCause
from models.documents.subjects import Issuer, Stated, Subject, enclosures_of
from models.intake.intake import Opening, PlannedDossier
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import DossierState, Holder
from models.working_time.terms import ClockPolicy

Common = dict[str, Any]
"""What every form states; Any: fields of several types."""


@dataclass(frozen=True)
class Draft:
    """A form of a case about to be written; `serial` counts the forms of its kind in the case."""

    opening: Opening
    declaration: Stated
    issued_at: datetime
    serial: int = 1

    def receipt(self) -> FormReceipt01:
        """Form 01: what was handed in, and the date that is promised."""
        deadlines = self.opening.deadlines
        delivery = self.declaration.get("delivery") or {}
        return FormReceipt01(
            **self._by_the_counter(),
            procedures=tuple(_facts(plan) for plan in self.opening.dossiers),
            enclosures=enclosures_of(self.declaration),
            days=deadlines.days,
            verified=deadlines.verified,
            provisional=deadlines.provisional,
            explanation=deadlines.explanation,
            delivery_method=delivery.get("method") or "electronic",
            delivery_address=delivery.get("address"),
        )

    def supplement(
        self, dossier: DossierStatus, note: str | None = None, answer_by: datetime | None = None
    ) -> FormSupplement02:
        """Form 02: everything an agency wants of the citizen, at once."""
        plan = self._plan(dossier.procedure)
        return FormSupplement02(
            **self._by(Issuer.of(plan)),
            dossier=_facts(plan),
            items=dossier.items,
            note=note,
            answer_by=answer_by,
            clock=self.opening.law.get("after_supplement") or ClockPolicy.RESTART,
        )

    def refusal(
        self, refused: DossierStatus, dossiers: Iterable[DossierStatus], note: str | None = None
    ) -> FormRefusal03:
        """Form 03: why one dossier is refused, and which others go on all the same."""
        plan = self._plan(refused.procedure)
        return FormRefusal03(
            **self._by(Issuer.of(plan)),
            dossier=_facts(plan),
            reason_code=refused.reason_code or "",
            note=note,
            others_go_on=tuple(
                one.title
                for one in dossiers
                if one.procedure != refused.procedure and not one.state.is_settled
            ),
        )

    def apology(
        self,
        due_at: datetime,
        new_due_at: datetime,
        late: DossierStatus | None = None,
        reason: str = "",
        *,
        proposed: bool = False,
    ) -> FormApology04:
        """Form 04: the apology with one new date, for a dossier or for the whole case."""
        plan = self._plan(late.procedure) if late else None
        return FormApology04(
            **(self._by(Issuer.of(plan)) if plan else self._by_the_counter()),
            dossier=_facts(plan) if plan else None,
            due_at=due_at,
            new_due_at=new_due_at,
            proposed=proposed,
            cause=_cause_of_delay(late),
            reason=reason,
        )

    def stop(
        self,
        procedures: Iterable[ProcedureId],
        cause: StopCause,
        wanted_at: datetime | None = None,
        answer_by: datetime | None = None,
    ) -> FormStop05:
        """Form 05: what is no longer worked on, and why."""
        plans = [self._plan(procedure) for procedure in procedures]
        alone = len(plans) == 1
        return FormStop05(
            **(self._by(Issuer.of(plans[0])) if alone else self._by_the_counter()),
            dossiers=tuple(_facts(plan) for plan in plans),
            cause=cause,
            wanted_at=wanted_at,
            answer_by=answer_by,
        )

    def control(
        self,
        dossiers: Iterable[DossierStatus],
        entries: Iterable[LedgerEntry],
        closed_at: datetime | None = None,
    ) -> FormControl06:
        """Form 06: every dossier's way from hand to hand, out of the entries of the case."""
        written = tuple(entries)
        return FormControl06(
            **self._by_the_counter(),
            dossiers=tuple(_controlled(dossier, written) for dossier in dossiers),
            closed_at=closed_at,
        )

    def _by_the_counter(self) -> Common:
        """The one-stop counter of the competent commune speaks for the whole case."""
        first = self.opening.dossiers[0]
        return self._by(
            Issuer(agency=first.agency, name=first.agency_name, unit=self.opening.commune)
        )

    def _by(self, issuer: Issuer) -> Common:
        return {
            "subject": Subject.of(self.opening, self.declaration),
            "issuer": issuer,
            "issued_at": self.issued_at,
            "serial": self.serial,
        }

    def _plan(self, procedure: ProcedureId) -> PlannedDossier:
        return plan_of(self.opening, procedure)


def _cause_of_delay(late: DossierStatus | None) -> DelayCause:
    """Why it is late, as far as the case itself knows."""
    if late is not None and late.holder == Holder.OUTAGE:
        return DelayCause.OUTAGE
    if late is not None and late.state is DossierState.PARKED:
        return DelayCause.TECHNICAL
    if late is not None and late.state is DossierState.VERIFYING:
        return DelayCause.VERIFICATION
    return DelayCause.AGENCY


def _controlled(dossier: DossierStatus, entries: tuple[LedgerEntry, ...]) -> ControlledDossier:
    return ControlledDossier(
        dossier=DossierFacts(
            procedure=dossier.procedure,
            title=dossier.title,
            code=dossier.code,
            agency=dossier.agency,
            agency_name=dossier.agency_name,
            unit=dossier.unit,
        ),
        state=dossier.state,
        filed_at=dossier.filed_at,
        due_at=dossier.due_at,
        original_due_at=dossier.original_due_at,
        settled_at=dossier.settled_at,
        reason_code=dossier.reason_code,
        holdings=holdings_of(entries, dossier.procedure),
    )


def _facts(plan: PlannedDossier) -> DossierFacts:
    return DossierFacts(
        procedure=plan.procedure,
        title=plan.title,
        code=plan.code,
        agency=plan.agency,
        agency_name=plan.agency_name,
        unit=plan.unit,
    )
