"""What the treasury reads and shows: the wire contract, each field within its bounds."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backends.shared.fields import (
    AS_WHOLE,
    CaseCodeText,
    Key,
    Line,
    OfficerId,
    PersonalNumber,
    ReasonCodeText,
)
from models.kernel.base import Message

Word = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class PayeePosting(Message):
    """Who is paid, and how."""

    personal_number: PersonalNumber
    full_name: Line
    method: Literal["account", "cash"]
    bank: Line | None = None
    account_number: Line | None = None
    account_name: Line | None = None
    place: Line | None = None


class OrderPosting(Message):
    """Body of `PUT /v1/payments/{key}`."""

    key: Key
    case_code: CaseCodeText
    procedure: Word
    decision_number: Line
    ordered_by: Word
    amount: Annotated[int, Field(ge=1, le=10**12), AS_WHOLE]
    payee: PayeePosting
    purpose: Line


class StopPosting(Message):
    """Body of `POST /v1/payments/{key}/stop`."""

    request_id: Line
    reason: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,300}$")] = ""


class CashierPosting(Message):
    """Body of a cashier's decision: the money goes out now, or it came back."""

    outcome: Literal["paid", "returned"]
    reason_code: ReasonCodeText | None = None
    note: Line | None = None
    decided_by: OfficerId


class AccountPosting(Message):
    """Body of `PUT /v1/desk/accounts/{bank}/{number}`: whose account it is."""

    account_name: Line


class AccountShown(Message):
    """An account, its holder as the bank spells them."""

    bank: str
    account_number: str
    account_name: str


class PaymentEntry(Message):
    """A payment as it stands on the desk's list; no payee, no names."""

    key: str
    case_code: str | None
    decision_number: str | None
    ordered_by: str | None
    amount: int | None
    method: str | None
    state: str
    reference: str | None
    received_at: datetime


class PaymentList(Message):
    """Payments, oldest first."""

    payments: tuple[PaymentEntry, ...]
