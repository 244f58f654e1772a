"""Which official forms there are, and why a dossier may stop."""

from enum import StrEnum


class FormKind(StrEnum):
    """A form by its number in TT 03/2025/TT-VPCP; older rules number some of them otherwise."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL = "06"
    REGISTER = "07"


class DelayCause(StrEnum):
    """Why a result is not there in time; the sentence for it stands in `law/forms/forms.toml`."""

    AGENCY = "agency"
    VERIFICATION = "verification"
    OUTAGE = "outage"
    TECHNICAL = "technical"


class StopCause(StrEnum):
    """Why nothing more is done; the sentence for it stands in `law/forms/forms.toml`."""

    SUPPLEMENT_OVERDUE = "supplement_overdue"
    WITHDRAWN = "withdrawn"
    PREDECESSOR_NOT_GRANTED = "predecessor_not_granted"
    OPERATOR = "operator"
