"""Taking a declaration in: judge it, put it on the register, give its code, send the receipt."""

from dataclasses import dataclass

import structlog
from temporalio import activity

from activities.ports.agencies import NoticeGateway
from activities.ports.stores import CaseRepository
from models.cases.notices import receipt_notice
from models.cases.orders import SendReceipt
from models.intake.admission import Admission, admit
from models.intake.intake import IntakeOutcome, Submission
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)
from models.law.context import LegalContext

NO_RECEIPT_YET = (BackendUnavailableError, BackendRefusedRequestError, BackendContractError)
"""The case goes on without its receipt, which is sent, or parked, beside the dossiers."""

log = structlog.get_logger()


@dataclass(frozen=True)
class IntakeActivities:
    """The intake office."""

    context: LegalContext
    register: CaseRepository
    notices: NoticeGateway

    @activity.defn(name="intake.take_in")
    async def take_in(self, submission: Submission) -> IntakeOutcome:
        """Open the case, refuse it with every reason, or name the case that was first.

        Twice is harmless: the register answers the same run of a case with what it recorded then,
        code, law and dates included, and the receipt has a derived key.
        """
        judged = admit(submission, self.context)
        if not isinstance(judged, Admission):
            return judged
        outcome = await self.register.open(judged)
        return outcome.model_copy(update={"receipt_sent": await self._sends_receipt(outcome)})

    async def _sends_receipt(self, outcome: IntakeOutcome) -> bool:
        """Try once; a notice office that is away, or wrong, delays the receipt, not the case."""
        if outcome.opening is None:
            return False
        order = SendReceipt.for_case(outcome.opening, outcome.declaration or {})
        try:
            await self.notices.send(receipt_notice(order))
        except NO_RECEIPT_YET:
            log.warning("receipt.delayed", case_code=order.case_code, exc_info=True)
            return False
        return True
