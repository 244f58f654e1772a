"""Which time limits and which money rest on something nobody has checked against the text."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.kernel.legal_basis import LegalBasis
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.rates import Rates
from models.law.rules import GroupRule


class Unverified(NamedTuple):
    """One term, and where it stands."""

    where: str
    """A rule's version, or the file of rates."""
    what: str
    """The term: of the rule, of one of its procedures, or the entry's name."""


def unverified(law: Law) -> tuple[Unverified, ...]:
    """Every limit and every rate marked so; steps and sources are marked where they are shown."""
    return (
        *(Unverified(rule.version, what) for rule in law.groups for what in _of_rule(rule)),
        *_of_rates(law.rates),
    )


def _of_rule(rule: GroupRule) -> Iterator[str]:
    for total in rule.totals:
        if not total.verified:
            yield f"totals ({total.working_days})"
    terms = {
        "supplement_limit": rule.supplement_limit,
        "intake_limit": rule.intake_limit,
        "delay": rule.delay,
    }
    yield from (name for name, term in terms.items() if term and not term.verified)
    yield from _bases((("handover", rule.handover.basis),) if rule.handover else ())
    for step in rule.procedures:
        yield from (f"{step.id}.{name}" for name in _of_procedure(step))


def _of_procedure(step: ProcedureRule) -> Iterator[str]:
    if step.limit and not step.limit.verified:
        yield "limit"
    if step.confirmation:
        terms = (
            ("limit", step.confirmation.limit),
            ("fallback_limit", step.confirmation.fallback_limit),
        )
        yield from (f"confirmation.{name}" for name, limit in terms if not limit.verified)


def _of_rates(rates: Rates) -> Iterator[Unverified]:
    entries = {
        "levels": ((f"{one.id} {one.valid_from:%m/%Y}", one.basis) for one in rates.levels),
        "top_ups": ((f"{one.level} {one.place}", one.basis) for one in rates.top_ups),
        "benefits": (
            (f"{one.procedure} {one.valid_from:%m/%Y}", one.basis) for one in rates.benefits
        ),
        "conditions": ((f"{one.procedure}.{one.fact}", one.basis) for one in rates.conditions),
        "social_groups": ((one.code, one.basis) for one in rates.social_groups),
        "list_fees": ((one.kind, one.basis) for one in rates.list_fees),
        "records": ((("fresh_days", rates.records.basis),) if rates.records else ()),
    }
    for file, named in entries.items():
        yield from (Unverified(f"rates/{file}", name) for name in _bases(named))


def _bases(named: Iterable[tuple[str, LegalBasis]]) -> Iterator[str]:
    return (name for name, basis in named if not basis.verified)
