"""The finite sets of words other systems rely on. Their values never change."""

from enum import StrEnum


class Holder(StrEnum):
    """Who holds the clock when no agency does (an agency is named by its id)."""

    CITIZEN = "citizen"
    US = "us"
    OUTAGE = "outage"


class CaseState(StrEnum):
    """Where a case stands. The last two are ends of an intake that opened nothing."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT_WANTED = "supplement_wanted"
    COMPLETED = "completed"
    PARTLY_COMPLETED = "partly_completed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED_AT_INTAKE = "refused_at_intake"
    DUPLICATE = "duplicate"


class DossierState(StrEnum):
    """Where one procedure of a case stands."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    SUPPLEMENT_WANTED = "supplement_wanted"
    PARKED = "parked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    NOT_FILED = "not_filed"


SETTLED = frozenset(
    {
        DossierState.GRANTED,
        DossierState.REFUSED,
        DossierState.WITHDRAWN,
        DossierState.STOPPED,
        DossierState.NOT_FILED,
    }
)


class Outcome(StrEnum):
    """What an agency answers about a dossier."""

    ACCEPTED = "accepted"
    GRANTED = "granted"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"
    VERIFY = "verify"


class SlaStatus(StrEnum):
    """How a case stands against its due instant."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    CLOSED_EARLY = "closed_early"
    CLOSED_ON_TIME = "closed_on_time"
    CLOSED_LATE = "closed_late"


class Attention(StrEnum):
    """Whether a person of operations must look at a case."""

    NONE = "none"
    PARKED = "parked"
    CORRECTION = "correction"


class Fund(StrEnum):
    """Whose money it is; `none` is an answer of the pre-check, never a benefit's fund."""

    INSURANCE = "insurance"
    SOCIAL = "social"
    NONE = "none"
