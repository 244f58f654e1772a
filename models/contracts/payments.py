"""Paying money out: `PUT /v1/payments/{key}` and what may follow, at an agency that pays."""

from enum import StrEnum

from pydantic import Field

from models.contracts.dossiers import KEY_PATTERN
from models.kernel.base import AgencyId, CaseCode, Instant, Message, ProcedureId
from models.kernel.vocabulary import Labelled


class PaymentMethod(StrEnum):
    """How the payee gets the money."""

    ACCOUNT = "account"
    CASH = "cash"


class PaymentState(Labelled):
    """Where a payment stands. `returned` and `stopped` are final for their key."""

    ACCEPTED = "accepted", "đang chi tiền"
    PAID = "paid", "đã chi tiền"
    RETURNED = "returned", "khoản chi bị trả về"
    STOPPED = "stopped", "đã dừng chi tiền"


class Payee(Message):
    """Who is paid, and how."""

    personal_number: str
    full_name: str
    method: PaymentMethod
    bank: str | None = None
    account_number: str | None = None
    account_name: str | None = None
    """As the bank spells it, often upper case without diacritics."""
    place: str | None = None
    """Where cash is handed out."""


class PaymentOrder(Message):
    """Body of `PUT /v1/payments/{key}`: the same key again is the same payment, never a second."""

    key: str = Field(pattern=KEY_PATTERN)
    case_code: CaseCode
    procedure: ProcedureId
    decision_number: str
    """The agency's decision that grants the money."""
    ordered_by: AgencyId
    """Whose money it is."""
    amount: int = Field(gt=0)
    """Whole đồng."""
    payee: Payee
    purpose: str
    """Vietnamese, as it stands on the transfer. No personal data."""


class PaymentAnswer(Message):
    """The current state of a payment; `GET` answers the same."""

    key: str
    state: PaymentState
    at: Instant
    reference: str | None = None
    """The treasury's own number of a payment that was made."""
    reason_code: str | None = None
    """Why it came back, e.g. `SAI_TEN_TAI_KHOAN`."""
    note: str | None = None


class StopPayment(Message):
    """Body of `POST /v1/payments/{key}/stop`: answered `stopped`, or `paid` where it is too late.

    A key the agency never received is stopped too: it will never be paid.
    """

    request_id: str
    reason: str = ""
