"""What we and the agencies say to each other over HTTP; reference and real agencies alike."""

from enum import StrEnum
from typing import Any

from pydantic import Field, JsonValue

from models.kernel.base import AgencyId, CaseCode, DossierKey, Instant, Message, ProcedureId
from models.kernel.vocabulary import Outcome

KEY_PATTERN = r"^[A-Za-z0-9._-]{1,128}$"
"""Keys travel in URL paths, so they hold no slash and nothing that wants escaping."""

Facts = dict[str, JsonValue]


class DossierRequest(Message):
    """Body of `PUT /v1/dossiers/{key}`: one procedure, with only the evidence it needs."""

    key: DossierKey = Field(pattern=KEY_PATTERN)
    case_code: CaseCode
    procedure: ProcedureId
    round: int = Field(ge=1)
    unit: str
    """The unit of the agency that is competent: a commune's 5-digit code."""
    received_at: Instant
    due_at: Instant | None
    evidence: Facts


class WantedItem(Message):
    """One thing an agency asks the citizen to add or mend."""

    code: str
    description: str = ""


class DossierAnswer(Message):
    """An agency's answer; the same dossier asked again later may have a newer version."""

    key: DossierKey
    version: int = Field(ge=1)
    outcome: Outcome
    decision_id: str | None = None
    decided_at: Instant | None = None
    reason_code: str | None = None
    note: str | None = None
    items: tuple[WantedItem, ...] = ()
    issued: Facts = Field(default_factory=dict)
    unit: str | None = None
    """The unit of the agency that holds the dossier now, where it was passed on."""


class SuppliedItem(Message):
    """One thing the citizen handed in after a request for supplement."""

    code: str
    reference: str


class Supplement(Message):
    """Body of `POST /v1/dossiers/{key}/supplements`."""

    request_id: str
    items: tuple[SuppliedItem, ...]
    sent_at: Instant


class Withdrawal(Message):
    """Body of `POST /v1/dossiers/{key}/withdrawal`: the citizen wants the dossier back."""

    request_id: str
    reason: str | None = None


class Acknowledgement(Message):
    """The agency has taken note; said again, it is the same acknowledgement."""

    acknowledged: bool
    at: Instant | None = None


class Notice(Message):
    """Body of `PUT /v1/notices/{key}`: a message to the citizen, kept in the agency's outbox."""

    key: str = Field(pattern=KEY_PATTERN)
    case_code: CaseCode
    kind: str
    """`receipt`, `results`, later the reminders."""
    to: dict[str, str | None]
    """Where it goes: `personal_number`, `phone`, `email`; whatever the declarant gave."""
    title: str
    body: str
    attachments: Facts = Field(default_factory=dict)


class Parcel(Message):
    """Body of `PUT /v1/parcels/{key}`: paper results by public post."""

    key: str = Field(pattern=KEY_PATTERN)
    case_code: CaseCode
    recipient: str
    phone: str
    address: str
    commune: str | None
    contents: tuple[str, ...]
    via: str | None = None
    """The officer of the commune who takes it and hands it over; None: nobody between."""


class ParcelState(StrEnum):
    """Where a parcel is. The last is reached only by parcels with a contact officer."""

    POSTED = "posted"
    DELIVERED = "delivered"
    """The recipient has it; where an officer takes it, the officer has."""
    HANDED_OVER = "handed_over"
    """The officer has confirmed that the recipient has it."""


class ParcelStatus(Message):
    """Answer of `GET /v1/parcels/{key}`, beside the parcel itself."""

    key: str
    state: ParcelState
    at: Instant
    """Since when."""
    by: str | None = None
    """The officer's id, no name, where one confirmed the hand-over."""
    tracking_number: str | None = None


class Problem(Message):
    """`application/problem+json` (RFC 9457), the body of every 4xx and 5xx of an agency."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    reason_code: str | None = None
    agency: AgencyId | None = None
    errors: tuple[dict[str, Any], ...] = ()  # Any: problem details are open by their RFC


def key_for(case_code: CaseCode, procedure: ProcedureId, round_: int) -> DossierKey:
    """Derive the idempotency key of a filing: the same filing has the same key for ever."""
    return DossierKey(f"{case_code}-{procedure}-{round_}")
