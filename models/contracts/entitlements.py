"""What a fund knows of a deceased person: `POST /v1/entitlements` of an agency that pays."""

from datetime import date

from pydantic import Field

from models.kernel.base import Instant, Message


class EntitlementQuestion(Message):
    """Body of the question: who died when, and who asks. Asking files nothing."""

    personal_number: str | None
    full_name: str
    date_of_birth: date | None
    insurance_number: str | None = None
    died_on: date
    residence: str
    """Commune code of the last place of residence: provinces may pay more."""
    purpose: str
    """`precheck` or `routing`; the agency keeps it with the question."""


class Claim(Message):
    """A claim for the same death that the agency already holds. It names no claimant."""

    kind: str
    """The procedure it asks for, e.g. `insurance_funeral`."""
    channel: str
    """Where it came from, e.g. `employer`, `counter`, `case`."""
    received_on: date
    paid: bool = False


class Entitlement(Message):
    """What the agency's records say; another agency's view may differ, and records may be stale."""

    known: bool
    """Whether the agency has a record of the person at all."""
    identity_matches: bool = True
    """Whether name, date of birth and number agree with the record."""
    compulsory_months: int = Field(default=0, ge=0)
    """Months of compulsory social insurance, those preserved included."""
    voluntary_months: int = Field(default=0, ge=0)
    pensioner: bool = False
    """Draws a monthly pension."""
    work_accident: bool = False
    """Draws a monthly work-accident benefit, or died of a work accident or occupational disease."""
    lump_sum_on: date | None = None
    """When the person drew social insurance at once, which ended the entitlement."""
    social_groups: tuple[str, ...] = ()
    """Codes of the groups of social beneficiaries the person belonged to."""
    social_pension: bool = False
    """Drew the monthly social pension."""
    claims: tuple[Claim, ...] = ()
    as_of: Instant
    """When the records were last brought up to date."""
