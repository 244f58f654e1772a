"""The finite sets of words other systems rely on, each with what people read in its place.

A member's value never changes; its label is Vietnamese and may.
"""

from enum import Enum, StrEnum
from typing import Self


class Labelled(StrEnum):
    """A set whose members each carry a label: a member without one cannot be defined."""

    label: str
    """Vietnamese, fit for the middle of a sentence."""

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member out of its row.

        Raises:
            TypeError: a member is defined without its label.
        """
        if not label:
            raise TypeError(f"{cls.__name__}: {value} has no label")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Holder(Labelled):
    """Who holds the clock when no agency does (an agency is named by its id)."""

    CITIZEN = "citizen", "Công dân"
    US = "us", "Hệ thống liên thông"
    OUTAGE = "outage", "Chưa liên lạc được cơ quan"


class CaseState(Labelled):
    """Where a case stands. The last two are ends of an intake that opened nothing."""

    RECEIVED = "received", "đang tiếp nhận"
    IN_PROGRESS = "in_progress", "đang giải quyết"
    SUPPLEMENT_WANTED = "supplement_wanted", "chờ công dân bổ sung hồ sơ"
    COMPLETED = "completed", "đã giải quyết xong"
    PARTLY_COMPLETED = "partly_completed", "đã giải quyết một phần"
    REFUSED = "refused", "bị từ chối"
    WITHDRAWN = "withdrawn", "công dân đã rút"
    STOPPED = "stopped", "đã dừng giải quyết"
    REFUSED_AT_INTAKE = "refused_at_intake", "không được tiếp nhận"
    DUPLICATE = "duplicate", "trùng hồ sơ đã có"


class HolderKind(Enum):
    """Who holds a dossier, told without naming the agency."""

    AGENCY = "agency"
    """The agency that performs the procedure."""
    PAYER = "payer"
    """The agency that pays out what was granted."""
    CITIZEN = "citizen"
    US = "us"
    OUTAGE = "outage"
    NOBODY = "nobody"
    """It is settled."""


class DossierState(StrEnum):
    """Where one procedure of a case stands: its label, its number on the portal, its holder."""

    label: str
    """Vietnamese, fit for the middle of a sentence."""
    portal: int
    """The national portal's number for it [assumed, not confirmed]."""
    holder: HolderKind

    WAITING = "waiting", "chờ bước trước", 2, HolderKind.US
    SUBMITTED = "submitted", "đã chuyển, chờ trả lời", 2, HolderKind.AGENCY
    ACCEPTED = "accepted", "đã tiếp nhận, đang giải quyết", 4, HolderKind.AGENCY
    VERIFYING = "verifying", "đang xác minh", 4, HolderKind.AGENCY
    SUPPLEMENT_WANTED = "supplement_wanted", "chờ công dân bổ sung", 5, HolderKind.CITIZEN
    PARKED = "parked", "tạm gác do lỗi kỹ thuật, cần người xử lý", 4, HolderKind.US
    GRANTED = "granted", "đã giải quyết", 9, HolderKind.NOBODY
    REFUSED = "refused", "bị từ chối", 9, HolderKind.NOBODY
    WITHDRAWN = "withdrawn", "công dân đã rút", 7, HolderKind.NOBODY
    STOPPED = "stopped", "đã dừng giải quyết", 8, HolderKind.NOBODY
    NOT_FILED = "not_filed", "không chuyển (bước trước không được giải quyết)", 8, HolderKind.NOBODY

    def __new__(
        cls, value: str, label: str = "", portal: int = 0, holder: HolderKind = HolderKind.US
    ) -> Self:
        """Make a member out of its row.

        Raises:
            TypeError: a state is defined without its label or its number on the portal.
        """
        if not (label and portal):
            raise TypeError(f"{cls.__name__}: {value} has no row")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.portal, member.holder = label, portal, holder
        return member

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to the dossier, short of a correction."""
        return self.holder is HolderKind.NOBODY

    @property
    def is_open(self) -> bool:
        """Its agency has it, or will have it again, and has not decided."""
        return not self.is_settled and self is not DossierState.WAITING

    @property
    def takes_time(self) -> bool:
        """The agency did not answer at once."""
        return self.is_open and self is not DossierState.SUBMITTED


RETURNED_TO_CITIZEN = 10
"""The portal's number for a settled dossier whose result has gone back [assumed]."""


class Outcome(StrEnum):
    """What an agency answers about a dossier."""

    ACCEPTED = "accepted"
    GRANTED = "granted"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"
    VERIFY = "verify"


class SlaStatus(Labelled):
    """How a case stands against its due instant."""

    ON_TIME = "on_time", "trong hạn"
    DUE_SOON = "due_soon", "sắp đến hạn"
    OVERDUE = "overdue", "quá hạn"
    PAUSED = "paused", "tạm dừng tính hạn"
    CLOSED_EARLY = "closed_early", "trước hạn"
    CLOSED_ON_TIME = "closed_on_time", "đúng hạn"
    CLOSED_LATE = "closed_late", "quá hạn"


class Attention(StrEnum):
    """Whether a person of operations must look at a case."""

    NONE = "none"
    PARKED = "parked"
    CORRECTION = "correction"


class Fund(Labelled):
    """Whose money it is; `none` is an answer of the pre-check, never a benefit's fund."""

    INSURANCE = "insurance", "bảo hiểm xã hội"
    SOCIAL = "social", "bảo trợ xã hội"
    NONE = "none", "không có quỹ nào"
