"""What should become of each kind of declaration, and whether it did."""

from collections.abc import Mapping

from models.status import CaseStatus
from models.vocabulary import CaseState, SlaStatus
from workers.demo.appointments import STANDS
from workers.demo.kinds import LEFT_OPEN, Kind
from workers.demo.mix import PlannedBirth
from workers.demo.progress import Progress, Told

NOT_BACKDATED = "recent_reception"
"""The rule by which such servers count from now, whatever the declaration says."""
PLAIN_REFUSED = "plain_start"
"""The rule by which servers that are not for demonstrations refuse an unencrypted start."""

INTENDED: Mapping[Kind, tuple[CaseState, tuple[str, ...]]] = dict.fromkeys(
    Kind, (CaseState.COMPLETED, ())
) | {
    Kind.WRONG_HOUSEHOLDER: (CaseState.PARTLY_COMPLETED, ("KHONG_CO_HO",)),
    Kind.LATE: (CaseState.IN_PROGRESS, ()),
    Kind.DUE_SOON: (CaseState.IN_PROGRESS, ()),
    Kind.SUPPLEMENT: (CaseState.SUPPLEMENT_WANTED, ()),
    Kind.EXTENDED: (CaseState.IN_PROGRESS, ()),
    Kind.STOPPED: (CaseState.PARTLY_COMPLETED, ()),
    Kind.WITHDRAWN: (CaseState.PARTLY_COMPLETED, ()),
    Kind.MISMATCH: (CaseState.REFUSED, ("LECH_DINH_DANH",)),
    Kind.INVALID: (CaseState.REFUSED_AT_INTAKE, ()),
    Kind.REPEATED: (CaseState.DUPLICATE, ()),
    Kind.CONTRADICTED: (CaseState.DUPLICATE, ()),
}
"""The state a declaration should end or be left in, with the reasons agencies should give."""


LEFT: Mapping[Kind, SlaStatus] = {**STANDS, Kind.SUPPLEMENT: SlaStatus.PAUSED}
"""How a case that is left open on purpose stands against its due date."""


def went_as_intended(progress: Progress, at: int) -> bool:
    """Whether a declaration has come to its end, and to the right one, or was left as meant."""
    planned, told = progress.planned[at], progress.told.get(at)
    if planned.kind in LEFT_OPEN:
        return at in progress.kept and _was_left_as_meant(planned, progress.kept[at])
    if told is None:
        return False
    if planned.kind is Kind.PLAIN and told.state is CaseState.REFUSED_AT_INTAKE:
        return _rules(told) == {PLAIN_REFUSED}
    if (told.state, told.reason_codes) != INTENDED[planned.kind]:
        return False
    return _says_what_it_should(progress, planned, told)


def _was_left_as_meant(planned: PlannedBirth, status: CaseStatus) -> bool:
    """Where a reception in the past is not believed, a case is late only later."""
    stands = status.sla is LEFT[planned.kind] or counts_from_now(status)
    return stands and status.state is INTENDED[planned.kind][0]


def counts_from_now(status: CaseStatus) -> bool:
    """Whether the server did not believe when the declaration says it was received."""
    return any(warning.rule == NOT_BACKDATED for warning in status.warnings)


def _says_what_it_should(progress: Progress, planned: PlannedBirth, told: Told) -> bool:
    match planned.kind:
        case Kind.INVALID:
            return planned.wrong_fields <= _wrong_fields(told)
        case Kind.PLAIN:
            return told.status is not None and told.status.plain_start
        case Kind.REPEATED | Kind.CONTRADICTED:
            return _names_the_first(progress, planned, told)
        case _:
            return True


def _names_the_first(progress: Progress, planned: PlannedBirth, told: Told) -> bool:
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
