"""Advising a family before anything is filed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from temporalio import activity

from activities.ports.agencies import EntitlementGateway
from activities.ports.stores import InquiryRepository
from models.contracts.entitlements import Entitlement, EntitlementQuestion
from models.entitlements.advising import question_about
from models.entitlements.entitlements import agencies_to_ask
from models.entitlements.prechecks import (
    PrecheckAnswer,
    Question,
    answer_to,
    inquiry_of,
    question_in,
)
from models.intake.intake import Submission
from models.kernel.base import AgencyId
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)
from models.law.context import LegalContext

PURPOSE = "precheck"
NO_ANSWER = (BackendUnavailableError, BackendRefusedRequestError, BackendContractError)
"""The advice says who did not answer, and is given without."""

log = structlog.get_logger()


@dataclass(frozen=True)
class PrecheckActivities:
    """Asks the funds, answers the family, and keeps that it was asked."""

    funds: Mapping[AgencyId, EntitlementGateway]
    context: LegalContext
    book: InquiryRepository

    @activity.defn(name="precheck.assess")
    async def assess(self, submission: Submission) -> PrecheckAnswer:
        """Say which fund would pay what, or everything wrong with the declaration.

        Nothing is filed and no clock starts. Twice is harmless: an asking is kept once for each
        run, and what a fund answers may be newer.
        """
        question = question_in(submission, self.context)
        if not isinstance(question, Question):
            return question
        asked = question_about(question.declaration, PURPOSE)
        agencies = agencies_to_ask(question.rule, self.context.law)
        said = await asyncio.gather(*(self._ask(agency, asked) for agency in agencies))
        answers = dict(zip(agencies, said, strict=True))
        answer = answer_to(question, answers, submission, self.context)
        await self.book.keep(inquiry_of(question, answer, submission, self.context))
        return answer

    async def _ask(self, agency: AgencyId, question: EntitlementQuestion) -> Entitlement | None:
        fund = self.funds.get(agency)
        if fund is None:
            return None
        try:
            return await fund.entitlement(question)
        except NO_ANSWER:
            log.warning("precheck.unanswered", agency=agency, exc_info=True)
            return None
