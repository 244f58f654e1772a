"""Paper that reaches the citizen through an officer of the commune, who confirms the hand-over."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from models.base import AgencyId, Message
from models.intake import Opening
from models.status import DossierStatus
from models.vocabulary import DossierState
from models.wire import Parcel

POST = AgencyId("post")


class HandOver(Message):
    """Post a parcel to the officer, and learn when the citizen has it."""

    channel: AgencyId = POST
    parcel: Parcel

    @classmethod
    def for_case(
        cls,
        opening: Opening,
        declaration: Mapping[str, Any],  # Any: the declaration as JSON
        dossiers: Iterable[DossierStatus],
    ) -> Self | None:
        """What is to be handed over of a case; None: nothing, by its law or for want of a grant."""
        rule = opening.handover
        contents = tuple(one.title for one in dossiers if is_handed_over(opening, one))
        if rule is None or not contents:
            return None
        to = declaration.get("declarant") or {}
        parcel = Parcel(
            key=f"{opening.case_code}-handover",
            case_code=opening.case_code,
            recipient=str(to.get("full_name", "")),
            phone=str(to.get("phone", "")),
            address=f"Ủy ban nhân dân {opening.commune_name}",
            commune=opening.commune,
            contents=contents,
            via=rule.to,
        )
        return cls(parcel=parcel)


def is_handed_over(opening: Opening, dossier: DossierStatus) -> bool:
    """Whether what a dossier issued goes through the officer, and not straight to the citizen."""
    named = opening.handover is not None and dossier.procedure in opening.handover.procedures
    return named and dossier.state is DossierState.GRANTED
