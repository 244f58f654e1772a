"""One procedure of a group: its agency, its order, its limit and the evidence it is given."""

from typing import Self

from pydantic import model_validator

from models.kernel.base import AgencyId, Definition, ProcedureId
from models.kernel.legal_basis import Dated, LegalBasis
from models.law.steps import MilestoneRule
from models.law.terms import ConfirmationRule, Limit, ListingRule


class AskedRule(Definition):
    """What a citizen asks for where the software chooses among several procedures."""

    id: ProcedureId
    """The word procedures share as `asked_as`."""
    title: str
    """Vietnamese, as an official says it before the choice is made."""
    short_title: str


class ProcedureRule(Dated):
    """One procedure: who performs it, after what, within which time, on what evidence."""

    id: ProcedureId
    title: str
    """Vietnamese, as an official says it."""
    short_title: str
    """Vietnamese, short enough for a summary line."""
    agency: AgencyId
    asked_as: ProcedureId | None = None
    """What the citizen asks for where the software chooses among several procedures; None: its id.

    Procedures that share the word are alternatives: a case performs exactly one of them.
    """
    paid_by: AgencyId | None = None
    """Who pays out the `amount` a grant hands out; None: a grant pays nothing."""
    payee: str = ""
    """Dotted path of the declaration that says who is paid, and how."""
    confirmation: ConfirmationRule | None = None
    """What the family must agree on before it is filed; None: nothing."""
    listing: ListingRule | None = None
    """The periodic list a grant puts a person on; None: none."""
    unit: str
    """Dotted path of the declaration that names the competent commune."""
    after: tuple[ProcedureId, ...] = ()
    required: bool = False
    """True: a declaration that does not ask for it is wrong."""
    offered: bool = True
    not_offered_because: str = ""
    limit: Limit | None = None
    """None: the law gives this step no limit of its own; the total holds."""
    issues: tuple[str, ...] = ()
    """What a grant must hand out, by name: a grant without it is refused as incomplete."""
    evidence: tuple[str, ...] = ()
    """Dotted paths of the declaration this agency needs. Nothing else is sent."""
    basis: tuple[LegalBasis, ...] = ()
    may_verify: bool = True
    """False: an agency that answers `verify` gets no longer limit for it."""
    may_extend: bool = True
    """False: no new date may be named for it, however late it gets."""
    steps: tuple[MilestoneRule, ...] = ()
    """Its own steps around its due instant; empty: the group's `dossier_steps`."""

    @model_validator(mode="after")
    def _offered_or_explained(self) -> Self:
        if not self.offered and not self.not_offered_because:
            raise ValueError(f"{self.id}: offered = false thì not_offered_because phải nói lý do")
        return self

    @property
    def word(self) -> ProcedureId:
        """What a citizen asks with for it."""
        return self.asked_as or self.id
