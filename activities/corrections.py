"""Taking a correction in, telling the case it is about, and keeping it on the book."""

from dataclasses import dataclass

from temporalio import activity

from activities.ports.corrections import CaseArchive, OpenCases
from models.cases.archive import ArchivedCase, ArchivedDossier
from models.corrections.intake import decision_digest, read_decision
from models.corrections.orders import (
    AwaitDossier,
    CaseHeard,
    ClaimCase,
    Claimed,
    CorrectionEntry,
    CorrectionIntake,
    CorrectionOutcome,
    EndCase,
    KeepCorrection,
    NewCorrection,
    TellCase,
)
from models.corrections.requests import CorrectionDecision
from models.corrections.terms import approval_reminders
from models.intake.intake import Submission
from models.kernel.base import vietnam_time
from models.kernel.errors import NotDecidedYetError
from models.kernel.findings import Finding
from models.law.context import LegalContext


@dataclass(frozen=True)
class CorrectionActivities:
    """Effects of corrections in our own house."""

    context: LegalContext
    book: CaseArchive
    cases: OpenCases

    @activity.defn(name="correction.take_in")
    async def take_in(self, submission: Submission) -> CorrectionOutcome:
        """Judge a start, find its case, and put it on the book.

        Twice is harmless: the book answers the same run with what it entered then.
        """
        parsed = read_decision(submission, allow_plain=self.context.allow_plain_starts)
        decision = parsed.declaration
        if decision is None:
            return _refused(*parsed.findings)
        case = await self.book.find(decision.case_code)
        if case is None:
            return _refused(_unknown_case())
        digest = decision_digest(decision)
        entry = await self.book.enter(
            NewCorrection(
                decision=decision,
                digest=digest,
                run_id=submission.run_id,
                recorded_at=submission.recorded_at,
            )
        )
        return self._entered(decision, case, digest, entry, submission)

    @activity.defn(name="correction.claim")
    async def claim(self, order: ClaimCase) -> Claimed:
        """Be the only correction at work on the case. Twice is harmless: by its id."""
        claimed = await self.book.claim(order)
        if claimed.held_by is not None and order.insists:
            raise NotDecidedYetError(f"another correction of {order.case_code} is at work")
        return claimed

    @activity.defn(name="correction.tell_case")
    async def tell_case(self, order: TellCase) -> CaseHeard:
        """Tell the case, or read the book if it has closed.

        Twice is harmless: the case knows a correction by its id. A case closes by writing the book
        first, so whoever finds it closed finds it there.
        """
        heard = await self.cases.correct(order.ref, order.said)
        if heard is not None:
            return heard
        case = await self.book.find(order.case_code)
        return CaseHeard(was_open=False, dossiers=case.dossiers if case else ())

    @activity.defn(name="correction.await_dossier")
    async def await_dossier(self, order: AwaitDossier) -> ArchivedDossier:
        """Return a dossier that was asked back once it is settled. Twice only asks twice."""
        dossiers = await self.cases.dossiers(order.ref)
        if dossiers is None:
            case = await self.book.find(order.case_code)
            return _named(order, case.dossiers if case else ())
        dossier = _named(order, dossiers)
        if dossier.state.is_settled:
            return dossier
        raise NotDecidedYetError(f"{order.case_code}: {order.procedure} has not come to its end")

    @activity.defn(name="correction.end_case")
    async def end_case(self, order: EndCase) -> None:
        """Tell the case that all have acknowledged. Twice is harmless: it ends once, by its id."""
        await self.cases.end(order.ref, order.said)

    @activity.defn(name="correction.keep")
    async def keep(self, order: KeepCorrection) -> None:
        """Write state, report and entries in one transaction. Twice changes nothing."""
        await self.book.keep(order)

    def _entered(
        self,
        decision: CorrectionDecision,
        case: ArchivedCase,
        digest: str,
        entry: CorrectionEntry,
        submission: Submission,
    ) -> CorrectionOutcome:
        if not entry.is_ours and entry.digest != digest:
            return _refused(_other_content())
        if not entry.is_ours:
            return CorrectionOutcome(intake=CorrectionIntake.DUPLICATE, before=entry.report)
        return CorrectionOutcome(
            intake=CorrectionIntake.TAKEN,
            decision=decision,
            digest=digest,
            case=case,
            approval=approval_reminders(vietnam_time(submission.recorded_at), self.context),
        )


def _named(order: AwaitDossier, dossiers: tuple[ArchivedDossier, ...]) -> ArchivedDossier:
    for one in dossiers:
        if one.procedure == order.procedure:
            return one
    raise ValueError(f"{order.case_code} has no dossier {order.procedure}")


def _refused(*findings: Finding) -> CorrectionOutcome:
    return CorrectionOutcome(intake=CorrectionIntake.REFUSED, findings=findings)


def _unknown_case() -> Finding:
    return Finding(field="case_code", rule="unknown_case", message="Không có hồ sơ nào mang mã này")


def _other_content() -> Finding:
    return Finding(
        field="correction_id",
        rule="other_content",
        message="Quyết định mang mã này đã được thực hiện với nội dung khác",
    )
