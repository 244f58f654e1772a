"""One vocabulary of what happens to a case or a correction, and all that follows from each event.

The ledger, the logs, the tests and the reports use these names. `EventSpec` is the one table of
events: what state, holder or wait an event brings is read from it and nowhere else.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import Field, JsonValue

from models.cases.lists import ListEntry
from models.contracts.dossiers import Notice
from models.contracts.payments import PaymentState
from models.kernel.base import AgencyId, CaseCode, CaseId, Instant, Message, ProcedureId
from models.kernel.vocabulary import DossierState, HolderKind, Outcome


class WaitKind(StrEnum):
    """What waits for a person of operations in a case that runs."""

    DOSSIER = "dossier_parked"
    STEP = "step_parked"
    PAYMENT = "payment_held"
    CORRECTION = "correction_open"
    UNKNOWN = "unknown"
    """The ledger does not say yet: look at the case."""


class EventSpec(NamedTuple):
    """What an event is called in Vietnamese, and what it means for the dossier it is about."""

    label: str
    state: DossierState | None = None
    """The dossier's state from then on; None: it stays."""
    holds: HolderKind | None = None
    """Who holds the dossier from then on; None: whoever its state names, or who held it before."""
    other_holder: HolderKind | None = None
    """Who holds what surrounds it: the family's agreement before, the money after."""
    note: str = ""
    """How the record of holders says what brought it there."""
    begins: WaitKind | None = None
    """From then on a person is waited for; of a dossier's own step it is `DOSSIER`."""
    resolves: WaitKind | None = None
    """From then on no longer; a new state of a dossier resolves that its own step was parked."""
    outcome: Outcome | None = None
    """The agency's answer that this event records."""
    payment: PaymentState | None = None
    """The payer's answer that this event records."""

    @property
    def holder(self) -> HolderKind | None:
        """Who holds the dossier from then on, between filing and settlement; None: no change."""
        return self.holds or (self.state.holder if self.state else None)

    @property
    def ends(self) -> WaitKind | None:
        """What a person is waited for no longer."""
        return self.resolves or (WaitKind.STEP if self.state else None)


class Event(StrEnum):
    """What happened, `<noun>.<past participle>`; an event without its row cannot be defined."""

    spec: EventSpec

    CASE_OPENED = "case.opened", EventSpec("mở hồ sơ")
    CASE_REFUSED = "case.refused_at_intake", EventSpec("không tiếp nhận")
    CASE_DUPLICATED = "case.duplicated", EventSpec("trùng hồ sơ đã có")
    CASE_CLOSED = "case.closed", EventSpec("đóng hồ sơ")
    RECEIPT_SENT = "receipt.sent", EventSpec("gửi giấy tiếp nhận và hẹn trả kết quả")
    RECEIPT_DELAYED = "receipt.delayed", EventSpec("chưa gửi được giấy tiếp nhận")
    DOSSIER_FILED = (
        "dossier.filed",
        EventSpec("chuyển hồ sơ đến cơ quan", state=DossierState.SUBMITTED, note="Nhận hồ sơ"),
    )
    DOSSIER_ACCEPTED = (
        "dossier.accepted",
        EventSpec("cơ quan đã tiếp nhận", state=DossierState.ACCEPTED, outcome=Outcome.ACCEPTED),
    )
    DOSSIER_VERIFYING = (
        "dossier.verifying",
        EventSpec("cơ quan xác minh", state=DossierState.VERIFYING, outcome=Outcome.VERIFY),
    )
    DOSSIER_SUPPLEMENT_WANTED = (
        "dossier.supplement_wanted",
        EventSpec(
            "yêu cầu bổ sung",
            state=DossierState.SUPPLEMENT_WANTED,
            note="Chờ công dân bổ sung",
            outcome=Outcome.SUPPLEMENT,
        ),
    )
    DOSSIER_SUPPLEMENTED = (
        "dossier.supplemented",
        EventSpec(
            "công dân đã bổ sung", state=DossierState.ACCEPTED, note="Nhận lại sau khi bổ sung"
        ),
    )
    DOSSIER_GRANTED = (
        "dossier.granted",
        EventSpec("đã giải quyết", state=DossierState.GRANTED, outcome=Outcome.GRANTED),
    )
    DOSSIER_REFUSED = (
        "dossier.refused",
        EventSpec("từ chối", state=DossierState.REFUSED, outcome=Outcome.REFUSED),
    )
    DOSSIER_NOT_FILED = (
        "dossier.not_filed",
        EventSpec("không chuyển hồ sơ", state=DossierState.NOT_FILED),
    )
    DOSSIER_STOPPED = (
        "dossier.stopped",
        EventSpec("dừng giải quyết", state=DossierState.STOPPED, other_holder=HolderKind.NOBODY),
    )
    DOSSIER_WITHDRAWN = (
        "dossier.withdrawn",
        EventSpec(
            "công dân đã rút hồ sơ", state=DossierState.WITHDRAWN, other_holder=HolderKind.NOBODY
        ),
    )
    DOSSIER_HANDED_OVER = "dossier.handed_over", EventSpec("cơ quan chuyển hồ sơ cho đơn vị khác")
    WITHDRAWAL_ASKED = "withdrawal.asked", EventSpec("công dân xin rút hồ sơ")
    WITHDRAWAL_REFUSED = "withdrawal.refused", EventSpec("cơ quan không trả lại hồ sơ")
    DUE_MOVED = "due.moved", EventSpec("dời hạn")
    STEP_REACHED = "step.reached", EventSpec("đến mốc nhắc hạn")
    STEP_MISSED = "step.missed", EventSpec("mốc nhắc hạn đã qua từ trước")
    AGENCY_UNREACHABLE = (
        "agency.unreachable",
        EventSpec(
            "không liên lạc được với cơ quan",
            holds=HolderKind.OUTAGE,
            note="Không liên lạc được với cơ quan",
        ),
    )
    AGENCY_REACHED = (
        "agency.reached",
        EventSpec(
            "liên lạc lại được với cơ quan", holds=HolderKind.AGENCY, note="Liên lạc lại được"
        ),
    )
    STEP_PARKED = (
        "step.parked",
        EventSpec(
            "tạm gác do lỗi kỹ thuật",
            holds=HolderKind.US,
            note="Tạm gác do lỗi kỹ thuật",
            begins=WaitKind.STEP,
        ),
    )
    STEP_RESUMED = (
        "step.resumed",
        EventSpec(
            "cho làm tiếp",
            holds=HolderKind.AGENCY,
            note="Làm tiếp sau khi tạm gác",
            resolves=WaitKind.STEP,
        ),
    )
    PAYMENT_ORDERED = (
        "payment.ordered",
        EventSpec("đã lệnh chi tiền", other_holder=HolderKind.PAYER, note="Chi trả"),
    )
    PAYMENT_PAID = (
        "payment.paid",
        EventSpec(
            "đã chi tiền",
            other_holder=HolderKind.NOBODY,
            resolves=WaitKind.PAYMENT,
            payment=PaymentState.PAID,
        ),
    )
    PAYMENT_RETURNED = (
        "payment.returned",
        EventSpec(
            "khoản chi bị trả về, cần người xử lý",
            other_holder=HolderKind.US,
            note="Khoản chi bị trả về, chờ người xử lý",
            begins=WaitKind.PAYMENT,
            payment=PaymentState.RETURNED,
        ),
    )
    PAYMENT_STOPPED = (
        "payment.stopped",
        EventSpec(
            "khoản chi đã dừng",
            other_holder=HolderKind.NOBODY,
            resolves=WaitKind.PAYMENT,
            payment=PaymentState.STOPPED,
        ),
    )
    PAYMENT_REDIRECTED = (
        "payment.redirected",
        EventSpec(
            "đổi nơi nhận tiền",
            other_holder=HolderKind.PAYER,
            note="Chi trả tới nơi khác",
            resolves=WaitKind.PAYMENT,
        ),
    )
    PAYMENT_HELD = (
        "payment.held",
        EventSpec(
            "khoản chi tạm gác, cần người xử lý",
            other_holder=HolderKind.US,
            note="Khoản chi chờ người xử lý",
            begins=WaitKind.PAYMENT,
        ),
    )
    PAYMENT_RESUMED = (
        "payment.resumed",
        EventSpec(
            "cho chi lại",
            other_holder=HolderKind.PAYER,
            note="Chi trả lại",
            resolves=WaitKind.PAYMENT,
        ),
    )
    PROCEDURE_CHOSEN = "procedure.chosen", EventSpec("đã xác định cơ quan giải quyết")
    CONFIRMATION_ASKED = "confirmation.asked", EventSpec("đề nghị gia đình xác nhận người đại diện")
    CONFIRMATION_AWAITED = (
        "confirmation.awaited",
        EventSpec(
            "chỉ còn chờ gia đình xác nhận",
            other_holder=HolderKind.CITIZEN,
            note="Chờ gia đình thống nhất người đại diện",
        ),
    )
    CONFIRMATION_HEARD = "confirmation.heard", EventSpec("một thân nhân đã có ý kiến")
    CONFIRMATION_REACHED = (
        "confirmation.reached",
        EventSpec("gia đình đã thống nhất người đại diện", other_holder=HolderKind.NOBODY),
    )
    CONFIRMATION_MISSED = (
        "confirmation.missed",
        EventSpec("gia đình không xác nhận trong hạn", other_holder=HolderKind.NOBODY),
    )
    RESULTS_RETURNED = "results.returned", EventSpec("trả kết quả")
    PARCEL_POSTED = "parcel.posted", EventSpec("gửi bưu chính tới công chức đầu mối")
    PARCEL_HANDED_OVER = "parcel.handed_over", EventSpec("công chức đầu mối xác nhận đã trao")
    CORRECTION_TAKEN = "correction.taken", EventSpec("nhận quyết định cải chính")
    CORRECTION_REFUSED = "correction.refused", EventSpec("không nhận quyết định cải chính")
    CORRECTION_DUPLICATED = (
        "correction.duplicated",
        EventSpec("quyết định cải chính đã thực hiện từ trước"),
    )
    CORRECTION_APPROVED = "correction.approved", EventSpec("người thứ hai phê duyệt cải chính")
    CORRECTION_DISAGREED = (
        "correction.disagreed",
        EventSpec("người thứ hai không phê duyệt cải chính"),
    )
    CORRECTION_QUEUED = (
        "correction.queued",
        EventSpec("chờ quyết định cải chính khác của cùng hồ sơ"),
    )
    CORRECTION_BEGUN = (
        "correction.begun",
        EventSpec("bắt đầu cải chính", begins=WaitKind.CORRECTION),
    )
    CORRECTION_ACKNOWLEDGED = "correction.acknowledged", EventSpec("cơ quan xác nhận cải chính")
    CORRECTION_GIVEN_BACK = (
        "correction.given_back",
        EventSpec("hồ sơ còn mở được trả lại, không phải hủy kết quả"),
    )
    CORRECTION_TOLD = "correction.told", EventSpec("mọi cơ quan liên quan đã xác nhận cải chính")
    CORRECTION_ENDED = "correction.ended", EventSpec("cải chính xong", resolves=WaitKind.CORRECTION)
    CORRECTION_CLOSED = "correction.closed", EventSpec("đóng quyết định cải chính")
    CORRECTION_CANCELLED = "correction.cancelled", EventSpec("hủy thực hiện cải chính")
    APPROVAL_REMINDED = "approval.reminded", EventSpec("nhắc phê duyệt cải chính")
    CLAIM_OPENED = "claim.opened", EventSpec("giao thu hồi tiền đã chi")
    CLAIM_REMINDED = "claim.reminded", EventSpec("nhắc thu hồi tiền")
    CLAIM_SETTLED = "claim.settled", EventSpec("kết thúc việc thu hồi tiền")

    def __new__(cls, value: str, spec: EventSpec | None = None) -> Self:
        """Make a member out of its row.

        Raises:
            TypeError: an event is defined without its row.
        """
        if spec is None:
            raise TypeError(f"{cls.__name__}: {value} has no row")
        member = str.__new__(cls, value)
        member._value_ = value
        member.spec = spec
        return member

    @property
    def label(self) -> str:
        """Vietnamese, fit for a line of a timeline."""
        return self.spec.label


EVENT_OF_OUTCOME = {one.spec.outcome: one for one in Event if one.spec.outcome is not None}
STATE_OF_OUTCOME = {
    outcome: event.spec.state for outcome, event in EVENT_OF_OUTCOME.items() if event.spec.state
}
EVENT_OF_PAYMENT = {one.spec.payment: one for one in Event if one.spec.payment is not None}

NOT_SUPPLEMENTED = "supplement_not_given"
"""Why a dossier was stopped: the citizen let the limit for a supplement pass."""

CANCELLED = "case_cancelled"
"""Why a dossier is asked back from its agency: an operator has cancelled the case."""


class LedgerEntry(Message):
    """One line of a case's record, numbered without gaps from 1. Holds no personal data."""

    seq: int = Field(ge=1)
    at: Instant
    event: Event
    procedure: ProcedureId | None = None
    agency: AgencyId | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)


class Journal:
    """What happened to a case or a correction, in order, and what is to be sent because of it.

    Kept by the one mutable object of its workflow; the ledger receives it in batches.
    """

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self.reminders: list[Notice] = []
        """Notices to agencies, sent by the relay once they are in the outbox."""
        self.listed: list[ListEntry] = []
        """Who is to stand on a periodic list, in the order of the grants."""

    def enter(
        self,
        at: datetime,
        event: Event,
        facts: Mapping[str, JsonValue],
        *,
        procedure: ProcedureId | None,
        agency: AgencyId | None,
    ) -> None:
        """Add the next entry. Facts that are None are left out; none is personal."""
        entry = LedgerEntry(
            seq=len(self.entries) + 1,
            at=at,
            event=event,
            procedure=procedure,
            agency=agency,
            facts={name: value for name, value in facts.items() if value is not None},
        )
        self.entries.append(entry)


class LedgerBatch(Message):
    """Consecutive entries of one run of a case; writing a batch twice is writing it once."""

    case_id: CaseId
    run_id: str
    case_code: CaseCode | None
    entries: tuple[LedgerEntry, ...]
    notices: tuple[Notice, ...] = ()
    """Reminders to agencies, to be sent by whoever empties our outbox. No personal data."""
    persons: tuple[ListEntry, ...] = ()
    """Who is to stand on a periodic list; the only personal data of a batch, kept sealed."""


def state_after(entries: Iterable[LedgerEntry]) -> DossierState:
    """Where a dossier stands by its entries; `waiting` before the first that says so."""
    states = (entry.event.spec.state for entry in entries)
    *_, last = (DossierState.WAITING, *filter(None, states))
    return last
