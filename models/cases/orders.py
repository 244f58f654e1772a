"""What the case orders its activities to do: one message each, holding all that is needed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import Field

from models.cases.archive import ArchivedDossier
from models.cases.dossier import Dossier
from models.cases.events import LedgerBatch
from models.cases.payouts import DECISION, amount_in, payee_of
from models.cases.results import POST, Bundle, is_handed_over, numbered
from models.cases.status import DossierStatus
from models.contracts.dossiers import (
    DossierAnswer,
    DossierRequest,
    Facts,
    Supplement,
    Withdrawal,
    key_for,
)
from models.contracts.payments import PaymentOrder
from models.intake.intake import Opening
from models.kernel.base import AgencyId, CaseCode, CaseId, DossierKey, Instant, Message, ProcedureId
from models.kernel.vocabulary import CaseState


class FileDossier(Message):
    """Hand a dossier to its agency."""

    agency: AgencyId
    request: DossierRequest
    issues: tuple[str, ...] = ()
    """What a grant must hand out."""


class Asking(StrEnum):
    """What an agency is asked for."""

    NEWS = "news"
    """Until it says something new; if it is out of reach for longer, that is the answer."""
    CONTACT = "contact"
    """Until it can be reached at all."""
    GLANCE = "glance"
    """Once a day, for what it may have decided while the citizen holds the dossier."""


class AskDossier(Message):
    """Ask the agency for something new, or whether it can be reached."""

    agency: AgencyId
    purpose: Asking = Asking.NEWS
    request: DossierRequest
    seen_version: int
    known_decisions: tuple[str, ...] = ()
    unit: str | None = None
    """The unit that held the dossier when we last heard: another one is news."""
    supplement: Supplement | None = None
    """What the citizen handed in, to be passed on before asking."""
    issues: tuple[str, ...] = ()
    """What a grant must hand out."""


class Heard(Message):
    """What came of asking; with neither, the agency was reached and has said nothing new."""

    answer: DossierAnswer | None = None
    away_since: Instant | None = None
    """Since our first failed call the agency has been out of reach."""


class WithdrawDossier(Message):
    """Ask an agency to give a dossier back."""

    agency: AgencyId
    key: DossierKey
    withdrawal: Withdrawal


class SendReceipt(Message):
    """Send the receipt with the appointment date."""

    channel: AgencyId
    case_code: CaseCode
    group_title: str
    received_at: Instant
    promised_at: Instant
    to: Facts

    @classmethod
    def for_case(cls, opening: Opening, declaration: Mapping[str, Any]) -> Self:
        """The receipt of a case, to whoever declared it, through the first channel."""
        return cls(
            channel=opening.channels[0],
            case_code=opening.case_code,
            group_title=opening.group_title,
            received_at=opening.received_at,
            promised_at=opening.promised_at,
            to=declaration.get("declarant") or {},
        )


class ReturnResults(Message):
    """Give the citizen a bundle of results, through one channel."""

    channel: AgencyId
    case_code: CaseCode
    group_title: str
    to: Facts
    delivery: Facts
    dossiers: tuple[DossierStatus, ...]
    bundle: int = 1
    pending: tuple[str, ...] = ()
    """Titles of what a later bundle will hold, because the family has yet to answer."""

    @classmethod
    def for_case(
        cls,
        opening: Opening,
        declaration: Mapping[str, Any],
        channel: AgencyId,
        results: Bundle,
    ) -> Self:
        """The results of a case, to whoever declared it, through one channel.

        On paper without what an officer of the commune hands over.
        """
        carried = (
            one for one in results.dossiers if channel != POST or not is_handed_over(opening, one)
        )
        return cls(
            channel=channel,
            case_code=opening.case_code,
            group_title=opening.group_title,
            to=declaration.get("declarant") or {},
            delivery=declaration.get("delivery") or {},
            dossiers=tuple(carried),
            bundle=results.number,
            pending=results.pending,
        )

    @property
    def key(self) -> str:
        """Of the letter or the parcel: a bundle sent again is there once."""
        return numbered(f"{self.case_code}-results", self.bundle)


class CloseCase(Message):
    """Put the case on record as closed, with its last ledger entries."""

    case_id: CaseId
    run_id: str
    state: CaseState
    closed_at: Instant
    batch: LedgerBatch
    dossiers: tuple[ArchivedDossier, ...] = ()
    """What a later correction must know; personal, so it is kept sealed."""
    to: Facts = Field(default_factory=dict)
    """Where the declarant is told; personal likewise."""


class OrderPayment(Message):
    """Pay out what an agency granted."""

    payer: AgencyId
    payment: PaymentOrder


class AskPayment(Message):
    """Ask until a payment has been made, or has come back."""

    payer: AgencyId
    key: str


class TellFamily(Message):
    """Tell the declarant what the family is asked for, and by when."""

    channel: AgencyId
    case_code: CaseCode
    dossier_code: str
    title: str
    kind: str
    """`confirmation-asked`, `confirmation-reminder` or `confirmation-in-writing`."""
    wanted: str
    """Vietnamese."""
    due_at: Instant
    to: Facts


class ChooseProcedure(Message):
    """The question: what was asked for, by which law, about whom."""

    case_code: CaseCode
    asked_as: ProcedureId
    alternatives: tuple[ProcedureId, ...]
    law: Facts
    """The definition the case keeps."""
    declaration: Facts
    at: Instant


class Choice(Message):
    """The answer: what will be filed, and why. Holds no personal data."""

    procedure: ProcedureId
    reasons: tuple[str, ...] = ()
    """Coded reasons for which the agency chosen would refuse, as its records stand now."""
    basis: str | None = None
    """The texts the choice rests on; None: nothing speaks for any of them."""
    stale: tuple[str, ...] = ()
    """Agencies whose records are old."""


def payment_order(
    case_code: CaseCode, dossier: Dossier, declaration: Mapping[str, Any]
) -> PaymentOrder | None:
    """The next payment of a granted dossier; asked again before it came back, the same one.

    None where the grant names no amount in whole đồng or no decision, or the declaration no payee.
    """
    payout, plan = dossier.payout, dossier.plan
    amount, decision = amount_in(dossier.issued), dossier.issued.get(DECISION)
    payee = payee_of(plan.payee, declaration, payout.pay_to if payout else None)
    if payout is None or payee is None or amount is None or not isinstance(decision, str):
        return None
    return PaymentOrder(
        key=payout.next_key(key_for(case_code, dossier.procedure, dossier.round)),
        case_code=case_code,
        procedure=dossier.procedure,
        decision_number=decision,
        ordered_by=plan.agency,
        amount=amount,
        payee=payee,
        purpose=f"{plan.title}, quyết định {decision}, hồ sơ {plan.code}",
    )
