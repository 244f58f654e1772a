"""How a dossier, and a run of a case, are named wherever something is said about them."""

from models.kernel.base import AgencyId, CaseId, Message, ProcedureId


class DossierRef(Message):
    """One procedure of a case at its agency: what every status, form and list names it by."""

    procedure: ProcedureId
    title: str = ""
    """Vietnamese."""
    code: str = ""
    """The dossier's own code, given together with the case code."""
    agency: AgencyId
    agency_name: str = ""
    """Vietnamese."""
    unit: str = ""
    """The unit or commune of the agency that holds it."""


class CaseRef(Message):
    """One run of a case."""

    case_id: CaseId
    run_id: str
