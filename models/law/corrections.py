"""How long a second approval and a claim of money may take, and when people are reminded."""

from pydantic import Field

from models.kernel.legal_basis import Dated, LegalBasis
from models.working_time.terms import CitizenLimit


class Reminding(Dated):
    """When somebody who owes a decision is reminded, in working days from when it is owed."""

    working_days: tuple[int, ...] = Field(min_length=1)
    """The last of them tells the superior too."""
    then_every_days: int = Field(default=7, ge=1)
    """Afterwards it is told again and again, in whole days, until it is decided."""


class CorrectionRule(Dated):
    """The terms of corrections between two days."""

    approval: Reminding
    claim: Reminding
    claim_limit: CitizenLimit
    """By when money paid without ground is to be claimed back."""
    basis: LegalBasis
