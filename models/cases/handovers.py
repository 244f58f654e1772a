"""Paper that reaches the citizen through an officer of the commune, who confirms the hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

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
