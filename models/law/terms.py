"""The terms rules are written in: dates of validity, sources, limits and how they are counted."""

from datetime import timedelta

from pydantic import Field

from models.kernel.base import Definition, ProcedureId
from models.kernel.legal_basis import LegalBasis
from models.working_time.terms import CitizenLimit


class Limit(Definition):
    """A time limit in working days; 0 means the end of office hours of the same working day."""

    working_days: int = Field(ge=0)
    with_verification: int | None = Field(default=None, ge=0)
    verified: bool = True

    def days(self, *, verification: bool) -> int:
        """The limit that applies; without one of its own, verification changes nothing."""
        if verification and self.with_verification is not None:
            return self.with_verification
        return self.working_days


class GroupLimit(Limit):
    """The total for a choice of procedures: the first whose `without` all are missing applies."""

    without: tuple[ProcedureId, ...] = ()


class Extension(Definition):
    """Working days added on a stated ground, e.g. a remote commune without Internet."""

    code: str
    title: str
    working_days: int = Field(gt=0)
    basis: LegalBasis


class HourLimit(Definition):
    """A time limit in working hours."""

    working_hours: int = Field(gt=0)
    verified: bool = True

    @property
    def amount(self) -> timedelta:
        """The limit as an amount of office time."""
        return timedelta(hours=self.working_hours)


class DelayRule(Definition):
    """Under which conditions an agency may name a new date to the citizen: form 04."""

    times: int = Field(default=1, gt=0)
    """How often for one dossier."""
    working_days_before: int = Field(default=1, ge=0)
    """How many working days before the due instant at the latest."""
    at_most: int | None = Field(default=None, gt=0)
    """The most working days an extension may add; None: the law names no number."""
    proposes: int | None = Field(default=None, gt=0)
    """How many working days the form we prepare proposes; ours, and binding for nobody."""
    verified: bool = True
    basis: LegalBasis | None = None


class ConfirmationRule(Definition):
    """Several persons must agree on one before a procedure is filed; else they do it in writing."""

    among: str
    """Dotted path of the declaration: the list of persons who confirm."""
    chosen: str
    """Dotted path of the declaration: the personal number of the one they are asked to confirm."""
    limit: CitizenLimit
    """How long they have, from the reception of the case."""
    remind_before: int = Field(default=1, ge=0)
    """How many working days before the end of `limit` those who said nothing are reminded."""
    fallback: str = Field(min_length=1)
    """Code of the written form that takes the place of a confirmation that did not come."""
    fallback_title: str = Field(min_length=1)
    """Vietnamese, what the form is called."""
    fallback_limit: CitizenLimit
    """How long the written form may take, from the end of `limit`."""
    reason_code: str
    """Why the dossier is closed where neither came."""
    basis: LegalBasis


class HandoverRule(Definition):
    """Results go by post to an officer of the commune, who confirms that the citizen has them."""

    to: str = Field(min_length=1)
    """Vietnamese, who receives the parcel, e.g. `Công chức đầu mối của xã`."""
    procedures: tuple[ProcedureId, ...] = Field(min_length=1)
    """Whose results are handed over in this way."""
    basis: LegalBasis


class ListingRule(Definition):
    """A grant puts a person on a periodic list for the insurer."""

    kind: str
    """`cards` or `strike_offs`."""
    person: str
    """Dotted path that identifies the person for ever."""
    facts: tuple[str, ...] = Field(min_length=1)
    """Dotted paths of what stands on the line.

    Each is a path of the declaration, `issued.<name>` of the grant itself, or
    `issued.<procedure>.<name>` of a procedure it relied on, as in the evidence it was given.
    """
