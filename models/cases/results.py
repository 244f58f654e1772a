"""Paper that reaches the citizen through an officer of the commune, who confirms the hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.payouts import RETURNED
from models.cases.status import DossierStatus
from models.contracts.dossiers import Parcel
from models.intake.intake import Opening
from models.kernel.base import AgencyId, Message
from models.kernel.vocabulary import DossierState

POST = AgencyId("post")


@dataclass(frozen=True)
class Bundle:
    """Results that go back together."""

    dossiers: tuple[DossierStatus, ...]
    number: int = 1
    pending: tuple[str, ...] = ()
    """Titles of what a later one will hold."""


class HandOver(Message):
    """Post a parcel to the officer, and learn when the citizen has it."""

    channel: AgencyId = POST
    parcel: Parcel

    @classmethod
    def for_case(
        cls,
        opening: Opening,
        declaration: Mapping[str, Any],  # Any: the declaration as JSON
        results: Bundle,
    ) -> Self | None:
        """What is to be handed over of a bundle; None: nothing, by law or for want of a grant."""
        rule = opening.handover
        contents = tuple(one.title for one in results.dossiers if is_handed_over(opening, one))
        if rule is None or not contents:
            return None
        to = declaration.get("declarant") or {}
        parcel = Parcel(
            key=numbered(f"{opening.case_code}-handover", results.number),
            case_code=opening.case_code,
            recipient=str(to.get("full_name", "")),
            phone=str(to.get("phone", "")),
            address=f"Ủy ban nhân dân {opening.commune_name}",
            commune=opening.commune,
            contents=contents,
            via=rule.to,
        )
        return cls(parcel=parcel)


def numbered(key: str, bundle: int) -> str:
    """The first is named by its case alone, as most cases have only one."""
    return key if bundle == 1 else f"{key}-{bundle}"


def is_handed_over(opening: Opening, dossier: DossierStatus) -> bool:
    """Whether what a dossier issued goes through the officer, and not straight to the citizen."""
    named = opening.handover is not None and dossier.procedure in opening.handover.procedures
    return named and dossier.state is DossierState.GRANTED


def unreturned(case: Case) -> tuple[Dossier, ...]:
    """What is finished, its money included, and has not gone back to the citizen."""
    return tuple(d for d in case.dossiers.values() if _is_finished(d) and not d.returned)


def left_to_return(case: Case) -> tuple[Dossier, ...]:
    """What the last bundle holds: also what went back before and was taken away since."""
    return tuple(d for d in case.dossiers.values() if not d.returned or d.revoked_by is not None)


def pending(case: Case) -> tuple[Dossier, ...]:
    """What a later bundle will hold."""
    return tuple(d for d in case.dossiers.values() if not _is_finished(d))


def may_return_some(case: Case) -> bool:
    """An agency has said its last word on something, and only the family holds up the rest."""
    if case.in_motion or case.corrections:
        return False
    waiting = pending(case)
    is_answered = any(dossier.outcome is not None for dossier in unreturned(case))
    return is_answered and bool(waiting) and all(_is_held_up(case, one) for one in waiting)


def _is_finished(dossier: Dossier) -> bool:
    return dossier.is_settled and not dossier.owes_money


def _is_held_up(case: Case, dossier: Dossier) -> bool:
    """Only the family can move it on, or what it relies on."""
    if dossier.unreachable or dossier.withdrawal is not None:
        return False
    if dossier.payout is not None and dossier.is_granted:
        return dossier.payout.held_because == RETURNED
    if dossier.state is DossierState.WAITING:
        return any(not case.dossiers[before].is_settled for before in dossier.plan.after)
    is_told = dossier.computed_wants == len(dossier.wants)
    return dossier.state is DossierState.SUPPLEMENT_WANTED and is_told
