"""What should become of each kind of declaration, and whether it did."""

from collections.abc import Mapping

from models.cases.status import CaseStatus
from models.contracts.payments import PaymentState
from models.kernel.vocabulary import Attention, CaseState, SlaStatus
from simulation.demo.appointments import STANDS
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.death_kinds import DeathKind
from simulation.demo.kinds import KINDS, LEFT_OPEN, Kind
from simulation.demo.planned import Planned
from simulation.demo.progress import Progress, Told

NOT_BACKDATED = "recent_reception"
"""The rule by which such servers count from now, whatever the declaration says."""
PLAIN_REFUSED = "plain_start"
"""The rule by which servers that are not for demonstrations refuse an unencrypted start."""

INTENDED: Mapping[Kind, tuple[CaseState, tuple[str, ...]]] = dict.fromkeys(
    KINDS, (CaseState.COMPLETED, ())
) | {
    BirthKind.WRONG_HOUSEHOLDER: (CaseState.PARTLY_COMPLETED, ("KHONG_CO_HO",)),
    BirthKind.LATE: (CaseState.IN_PROGRESS, ()),
    BirthKind.DUE_SOON: (CaseState.IN_PROGRESS, ()),
    BirthKind.SUPPLEMENT: (CaseState.SUPPLEMENT_WANTED, ()),
    BirthKind.EXTENDED: (CaseState.IN_PROGRESS, ()),
    BirthKind.STOPPED: (CaseState.PARTLY_COMPLETED, ()),
    BirthKind.WITHDRAWN: (CaseState.PARTLY_COMPLETED, ()),
    BirthKind.MISMATCH: (CaseState.REFUSED, ("LECH_DINH_DANH",)),
    BirthKind.INVALID: (CaseState.REFUSED_AT_INTAKE, ()),
    BirthKind.REPEATED: (CaseState.DUPLICATE, ()),
    BirthKind.CONTRADICTED: (CaseState.DUPLICATE, ()),
    DeathKind.DISPUTED: (CaseState.SUPPLEMENT_WANTED, ()),
    DeathKind.RETURNED: (CaseState.IN_PROGRESS, ()),
    DeathKind.TOO_FEW: (CaseState.PARTLY_COMPLETED, ("CHUA_DU_12_THANG",)),
    DeathKind.DREW: (CaseState.PARTLY_COMPLETED, ("DA_HUONG_BHXH_1_LAN",)),
    DeathKind.NOBODYS: (CaseState.PARTLY_COMPLETED, ("SAI_DOI_TUONG",)),
    DeathKind.CLAIMED: (CaseState.PARTLY_COMPLETED, ("TRUNG_HO_SO",)),
    DeathKind.MISDATED: (CaseState.REFUSED, ("LECH_DINH_DANH",)),
    DeathKind.ILL_FILLED: (CaseState.REFUSED_AT_INTAKE, ()),
    DeathKind.RIVAL: (CaseState.DUPLICATE, ()),
}
"""The state a declaration should end or be left in, with the reasons agencies should give."""


LEFT: Mapping[Kind, SlaStatus | Attention] = {
    **STANDS,
    BirthKind.SUPPLEMENT: SlaStatus.PAUSED,
    DeathKind.DISPUTED: SlaStatus.PAUSED,
    DeathKind.RETURNED: Attention.PARKED,
}
"""How a case that is left open on purpose stands: against its date, or with a person of ours."""
FUND: Mapping[Kind, str] = {
    DeathKind.INSURED: "insurance_funeral",
    DeathKind.SUPPORTED: "social_funeral",
    DeathKind.CASH: "insurance_funeral",
    DeathKind.FOUR: "insurance_funeral",
    DeathKind.CONFIRMED: "insurance_funeral",
}
"""Which procedure the software has to choose for the money, where one pays."""


def stands(status: CaseStatus) -> SlaStatus | Attention:
    """How an open case stands; that a person must look is worth more than its date."""
    return status.sla if status.attention is Attention.NONE else status.attention


def went_as_intended(progress: Progress, at: int) -> bool:
    """Whether a declaration has come to its end, and to the right one, or was left as meant."""
    planned, told = progress.planned[at], progress.told.get(at)
    if planned.kind in LEFT_OPEN:
        return at in progress.kept and _was_left_as_meant(planned, progress.kept[at])
    if told is None:
        return False
    if planned.kind is BirthKind.PLAIN and told.state is CaseState.REFUSED_AT_INTAKE:
        return _rules(told) == {PLAIN_REFUSED}
    if (told.state, told.reason_codes) != INTENDED[planned.kind]:
        return False
    return _says_what_it_should(progress, planned, told)


def _was_left_as_meant(planned: Planned, status: CaseStatus) -> bool:
    """Where a reception in the past is not believed, a case is late only later."""
    is_so = stands(status) is LEFT[planned.kind] or counts_from_now(status)
    return is_so and status.state is INTENDED[planned.kind][0]


def counts_from_now(status: CaseStatus) -> bool:
    """Whether the server did not believe when the declaration says it was received."""
    return any(warning.rule == NOT_BACKDATED for warning in status.warnings)


def _says_what_it_should(progress: Progress, planned: Planned, told: Told) -> bool:
    match planned.kind:
        case BirthKind.INVALID | DeathKind.ILL_FILLED:
            return planned.wrong_fields <= _wrong_fields(told)
        case BirthKind.PLAIN:
            return told.status is not None and told.status.plain_start
        case BirthKind.REPEATED | BirthKind.CONTRADICTED | DeathKind.RIVAL:
            return _names_the_first(progress, planned, told)
        case _:
            return planned.kind not in FUND or _is_paid(told, FUND[planned.kind])


def _is_paid(told: Told, fund: str) -> bool:
    """By that fund, and the money has arrived."""
    dossiers = told.status.dossiers if told.status else ()
    paid = [each for each in dossiers if each.procedure == fund and each.payment]
    return [each.payment.state for each in paid if each.payment] == [PaymentState.PAID]


def _names_the_first(progress: Progress, planned: Planned, told: Told) -> bool:
    """A run that was opened says whose duplicate it is; where none was, the id itself says so."""
    if told.status is None:
        return planned.case_id == planned.after
    return told.status.duplicate_of is not None and told.status.duplicate_of in {
        _code(progress, at)
        for at, other in enumerate(progress.planned)
        if other.case_id == planned.after and other is not planned
    }


def _code(progress: Progress, at: int) -> str | None:
    told, open_ = progress.told.get(at), progress.waiting.get(at)
    if told and told.status:
        return told.status.case_code
    return open_.case_code if open_ else None


def _wrong_fields(told: Told) -> set[str]:
    return {error.field for error in told.status.errors} if told.status else set()


def _rules(told: Told) -> set[str]:
    return {error.rule for error in told.status.errors} if told.status else set()
