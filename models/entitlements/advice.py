"""What a pre-check is asked and what it answers: fund, amount, obstacles, and what stays unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.contracts.entitlements import Entitlement
from models.kernel.base import AgencyId, Message, ProcedureId
from models.kernel.vocabulary import Fund

UNSEEN = (
    "Yêu cầu của người khác nộp sau lúc kiểm tra",
    "Tranh chấp về người đại diện hoặc người lo mai táng",
    "Sai sót chưa có trong dữ liệu của cơ quan giải quyết",
)
"""What no agency's records can show before a dossier is filed."""

UNKNOWN_GROUP = "Nhóm đối tượng mà cơ quan ghi nhận nhưng bảng mã của quy định chưa có"

Answers = Mapping[AgencyId, Entitlement | None]
"""What each agency answered; None or absent: it could not be asked."""


@dataclass(frozen=True, kw_only=True)
class DeathFacts:
    """What the advice depends on besides the agencies' answers; no name, no number."""

    asked: tuple[str, ...]
    """The procedures the family asks for, in the words of the declaration."""
    died_on: date
    province: str
    """2-digit code of the province of the last residence, as it was on the day of death."""
    has_proof: bool
    """Whether there is a death notice, or what the law accepts instead."""
    has_representative: bool
    """Whether one of the declared relatives is named as their representative."""
    asked_on: date
    """The day of the question, by which records are called old."""


class Obstacle(Message):
    """A reason an agency would refuse with, and what would cure it."""

    reason_code: str
    cure: str
    title: str = ""
    """Vietnamese, what is wrong."""
    procedure: ProcedureId | None = None
    """Which procedure would be refused."""


class Advice(Message):
    """The answer of a pre-check. A fund is named exactly where there is an amount to name."""

    fund: Fund
    amount: int | None = None
    """Whole đồng."""
    formula: str | None = None
    basis: str | None = None
    verified: bool
    """False: a rate, a condition or a group it rests on has not been checked against the text."""
    would_refuse: tuple[Obstacle, ...] = ()
    route: ProcedureId | None = None
    """The procedure to file for the money even if no fund is named: the family may file anyway."""
    not_asked: tuple[AgencyId, ...] = ()
    """Agencies that did not answer: with their answers the advice may be another."""
    stale: tuple[AgencyId, ...] = ()
    """Agencies whose records are old."""
    no_rate: tuple[ProcedureId, ...] = ()
    """The person was entitled, but the law files hold no rate for the month of death."""
    unseen: tuple[str, ...] = UNSEEN
    """Vietnamese, what could not be seen beforehand."""
