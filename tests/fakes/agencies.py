"""Agencies that live in memory and can be told how to behave; for tests and demonstrations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from typing_extensions import override

from activities.ports.agencies import AgencyGateway, NoticeGateway, PostGateway
from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.dossiers import (
    Acknowledgement,
    DossierAnswer,
    DossierRequest,
    Facts,
    Notice,
    Parcel,
    ParcelState,
    ParcelStatus,
    Supplement,
    WantedItem,
    Withdrawal,
)
from models.kernel.base import VIETNAM, AgencyId, DossierKey, Message, ProcedureId
from models.kernel.errors import BackendRefusedRequestError, BackendUnavailableError, LienthongError
from models.kernel.vocabulary import Outcome

from fakes.corrections import REVOKED_BASE, CorrectionBook, effect_of


class ScriptedAnswer(Message):
    """What an agency will say next about a procedure; key, version and decision id are added."""

    outcome: Outcome = Outcome.GRANTED
    reason_code: str | None = None
    note: str | None = None
    items: tuple[WantedItem, ...] = ()
    issued: Facts | None = None
    """None: whatever this procedure usually hands out when it is granted."""


@dataclass(kw_only=True)
class Reachability:
    """Whether calls get through: never while unreachable, not yet while outages are left."""

    name: str
    outages: int = 0
    """This many calls from now on fail; each takes one off."""
    unreachable: bool = False
    retry_after: timedelta | None = None
    """What it says meanwhile about when to come back, as an agency under maintenance does."""

    fault: LienthongError | None = None
    """What every call ends in, for faults only a person can mend."""
    faults: int = 0

    def pass_through(self) -> None:
        """Let one call through.

        Raises:
            BackendUnavailableError: not now.
            LienthongError: the fault it was told to show.
        """
        if self.fault is not None:
            self.faults += 1
            raise self.fault
        if self.unreachable:
            raise BackendUnavailableError(
                f"{self.name}: no answer (unreachable)", retry_after=self.retry_after
            )
        if self.outages > 0:
            self.outages -= 1
            raise BackendUnavailableError(f"{self.name}: status 503")


USUALLY_ISSUED: Mapping[str, Facts] = {
    "register_birth": {
        "personal_number": "001326000001",
        "registration_number": "1/2026",
        "book": "01/2026",
        "registered_on": "2026-11-20",
        "certificate_number": "KS.00004.2026.000001",
    },
    "register_residence": {"record_number": "TT.00004.2026.000001"},
    "register_death": {
        "registration_number": "1/2026",
        "certificate_number": "KT.00004.2026.000001",
        "registered_on": "2026-11-20",
    },
    "remove_residence": {"record_number": "XT.00004.2026.000001"},
    "insurance_funeral": {
        "decision_number": "QĐ-MT.2026.000001",
        "amount": 25_300_000,
        "formula": "10 × 2.530.000",
    },
    "social_funeral": {
        "decision_number": "QĐ-BT.2026.000001",
        "amount": 10_800_000,
        "formula": "20 × 540.000",
    },
    "survivor_lump_sum": {"decision_number": "QĐ-TT.2026.000001", "amount": 40_000_000},
    "issue_card": {"insurance_number": "0100000001", "card_number": "TE1010100000001"},
}
SOME_INSTANT = datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)
"""What a clock says that nobody sets."""
_RESTS_AT = frozenset({Outcome.GRANTED, Outcome.REFUSED, Outcome.SUPPLEMENT})


@dataclass(kw_only=True)
class MemoryAgencyGateway(Reachability, AgencyGateway):
    """Answers as scripted, and grants where nothing is scripted; idempotent by key."""

    answers: dict[str, list[ScriptedAnswer]] = field(default_factory=dict)
    """By procedure, next first: for a filing, then for each time we ask or supplement."""
    undecided: bool = False
    """What is supplemented is not granted by itself: somebody decides it."""
    requests: list[DossierRequest] = field(default_factory=list)
    """Every filing received once; a repeat is not listed."""
    supplements: list[tuple[DossierKey, Supplement]] = field(default_factory=list)
    withdrawals: dict[DossierKey, Withdrawal] = field(default_factory=dict)
    book: CorrectionBook = field(default_factory=CorrectionBook)
    calls: int = 0
    """Calls that got through, repeats included."""
    _known: dict[DossierKey, tuple[DossierRequest, DossierAnswer]] = field(default_factory=dict)

    @classmethod
    def named(cls, agency: AgencyId) -> Self:
        """An agency that grants everything until told otherwise."""
        return cls(name=agency)

    @override
    async def submit(self, request: DossierRequest) -> DossierAnswer:
        """Answer as scripted the first time, and the same afterwards."""
        self._enter()
        if request.key in self._known:
            filed, answer = self._known[request.key]
            if filed != request:
                raise BackendRefusedRequestError(f"{self.name}: file a dossier: status 409")
            return answer
        self.requests.append(request)
        return self._say(request, version=1)

    @override
    async def answer(self, key: DossierKey) -> DossierAnswer | None:
        """The current answer; the next scripted one if the last left the dossier open."""
        self._enter()
        if key not in self._known:
            return None
        request, last = self._known[key]
        if last.outcome in _RESTS_AT or not self.answers.get(request.procedure):
            return last
        return self._say(request, version=last.version + 1)

    @override
    async def supplement(self, key: DossierKey, supplement: Supplement) -> Acknowledgement:
        """Keep it once; from now on the next scripted answer, or a grant, is what one gets."""
        self._enter()
        if key not in self._known:
            raise BackendRefusedRequestError(f"{self.name}: supplement a dossier: status 404")
        if (key, supplement) not in self.supplements:
            self.supplements.append((key, supplement))
            request, last = self._known[key]
            script = self.answers.setdefault(request.procedure, [])
            if not script and not self.undecided:
                script.append(ScriptedAnswer())
            accepted = DossierAnswer(key=key, version=last.version + 1, outcome=Outcome.ACCEPTED)
            self._known[key] = (request, accepted)
        return Acknowledgement(acknowledged=True, at=supplement.sent_at)

    @override
    async def withdraw(self, key: DossierKey, withdrawal: Withdrawal) -> Acknowledgement:
        """Give it back while it is open; a settled one stays."""
        self._enter()
        if key not in self._known:
            raise BackendRefusedRequestError(f"{self.name}: withdraw a dossier: status 404")
        request, last = self._known[key]
        is_open = key in self.withdrawals or last.outcome not in (Outcome.GRANTED, Outcome.REFUSED)
        if is_open:
            self.withdrawals[key] = withdrawal
        return Acknowledgement(acknowledged=is_open, at=request.received_at)

    @override
    async def correct(self, key: DossierKey, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Undo or renew what was granted, once; refuse what is open and lost its base."""
        self._enter()
        if key not in self._known:
            return None
        return self.book.again(key, notice) or self._carry_out(key, notice)

    def _carry_out(self, key: DossierKey, notice: CorrectionNotice) -> CorrectionReceipt:
        request, last = self._known[key]
        effect = "none" if self.book.is_undone(key) else effect_of(request, last, notice)
        if effect == "cancelled" and last.outcome is not Outcome.GRANTED:
            self._refuse(request, last)
        anew = last.issued | notice.facts if effect in ("corrected", "renewed") else {}
        return self.book.keep(key, notice, effect, anew)

    def _refuse(self, request: DossierRequest, last: DossierAnswer) -> None:
        refusal = ScriptedAnswer(outcome=Outcome.REFUSED, reason_code=REVOKED_BASE)
        self.answers.setdefault(request.procedure, []).insert(0, refusal)
        self._say(request, version=last.version + 1)

    def _enter(self) -> None:
        self.pass_through()
        self.calls += 1

    def _say(self, request: DossierRequest, *, version: int) -> DossierAnswer:
        script = self.answers.get(request.procedure)
        said = script.pop(0) if script else ScriptedAnswer()
        is_decision = said.outcome is not Outcome.ACCEPTED
        answer = DossierAnswer(
            key=request.key,
            version=version,
            outcome=said.outcome,
            decision_id=f"{request.key}-v{version}" if is_decision else None,
            decided_at=request.received_at if is_decision else None,
            reason_code=said.reason_code,
            note=said.note,
            items=said.items,
            issued=_issued(said, request.procedure),
        )
        self._known[request.key] = (request, answer)
        return answer


@dataclass(kw_only=True)
class MemoryNoticeGateway(Reachability, NoticeGateway):
    """An outbox one can look into; each notice is in it once."""

    name: str = "notice"
    sent: dict[str, Notice] = field(default_factory=dict)

    @override
    async def send(self, notice: Notice) -> None:
        """Keep it under its key."""
        self.pass_through()
        if self.sent.setdefault(notice.key, notice) != notice:
            raise BackendRefusedRequestError(f"{self.name}: send a notice: status 409")


@dataclass(kw_only=True)
class MemoryPostGateway(Reachability, PostGateway):
    """Parcels handed in, each once."""

    name: str = "post"
    at: datetime = SOME_INSTANT
    """What its clock says."""
    carries: ParcelState | None = None
    """How far parcels have come; None: as far as each can."""
    parcels: dict[str, Parcel] = field(default_factory=dict)

    @override
    async def hand_in(self, parcel: Parcel) -> None:
        """Keep it under its key."""
        self.pass_through()
        if self.parcels.setdefault(parcel.key, parcel) != parcel:
            raise BackendRefusedRequestError(f"{self.name}: hand in a parcel: status 409")

    @override
    async def status(self, key: str) -> ParcelStatus | None:
        """Where it is, as far as parcels are carried now."""
        self.pass_through()
        parcel = self.parcels.get(key)
        if parcel is None:
            return None
        end = ParcelState.HANDED_OVER if parcel.via else ParcelState.DELIVERED
        return ParcelStatus(key=key, state=self.carries or end, at=self.at)


def _issued(said: ScriptedAnswer, procedure: ProcedureId) -> Facts:
    if said.issued is not None:
        return said.issued
    return USUALLY_ISSUED.get(procedure, {}) if said.outcome is Outcome.GRANTED else {}
