"""Turning a declaration into what the agencies are asked, and their answers into advice. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.cases.orders import Choice
from models.contracts.entitlements import EntitlementQuestion
from models.entitlements.advice import Advice, Answers, DeathFacts
from models.entitlements.entitlements import assess
from models.kernel.base import ProcedureId, vietnam_time
from models.kernel.paths import value_at
from models.law.context import LegalContext
from models.law.places import NamedPlaces
from models.law.rules import GroupRule

Stated = Mapping[str, Any]  # Any: a sound declaration as JSON


def question_about(declaration: Stated, purpose: str) -> EntitlementQuestion:
    """What every fund is asked: who died when, and who asks. Asking files nothing."""
    deceased = declaration["deceased"]
    return EntitlementQuestion(
        personal_number=deceased.get("personal_number"),
        full_name=deceased["full_name"],
        date_of_birth=deceased.get("date_of_birth"),
        insurance_number=deceased.get("insurance_number"),
        died_on=_died_on(declaration),
        residence=deceased["last_residence_commune"],
        purpose=purpose,
    )


def advice_on(
    declaration: Stated, answers: Answers, rule: GroupRule, context: LegalContext, at: datetime
) -> Advice:
    """What the answers mean for this family, at an instant.

    Raises:
        KeyError: the law files lack a reason code; `lienthong law check` finds it.
    """
    return assess(_facts(declaration, context.places, at), answers, rule, context.law)


def choice_of(advice: Advice, alternatives: tuple[ProcedureId, ...]) -> Choice:
    """The procedure to file: the fund that pays, or where none does the likeliest to."""
    chosen = advice.route if advice.route in alternatives else alternatives[0]
    against = (one.reason_code for one in advice.would_refuse if one.procedure == chosen)
    return Choice(
        procedure=chosen,
        reasons=tuple(dict.fromkeys(against)),
        basis=advice.basis,
        stale=tuple(advice.stale),
    )


def _facts(declaration: Stated, places: NamedPlaces, at: datetime) -> DeathFacts:
    died_on = _died_on(declaration)
    commune = declaration["deceased"]["last_residence_commune"]
    return DeathFacts(
        asked=tuple(declaration["procedures"]),
        died_on=died_on,
        province=places.province_of(commune, died_on) or "",
        has_proof=bool(declaration.get("notice") or declaration.get("substitute_evidence")),
        has_representative=bool(declaration.get("representative")),
        asked_on=vietnam_time(at).date(),
    )


def _died_on(declaration: Stated) -> date:
    died_at = datetime.fromisoformat(str(value_at("deceased.died_at", declaration)))
    return vietnam_time(died_at).date()
