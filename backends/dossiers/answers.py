"""Writing the answers of an agency: each with its version, and a decision with its own id."""

from datetime import datetime

from backends.dossiers.procedure import Decision
from models.contracts.dossiers import DossierAnswer, WantedItem
from models.kernel.base import DossierKey
from models.kernel.vocabulary import Outcome


def acceptance(key: str, *, version: int) -> DossierAnswer:
    """Received, not decided yet."""
    return DossierAnswer(key=DossierKey(key), version=version, outcome=Outcome.ACCEPTED)


def decided(key: str, decision: Decision, *, version: int, at: datetime) -> DossierAnswer:
    """A decision; its id follows from key and version, so it is the same however it is told."""
    return DossierAnswer(
        key=DossierKey(key),
        version=version,
        outcome=decision.outcome,
        decision_id=f"{key}-v{version}",
        decided_at=at,
        reason_code=decision.reason,
        note=decision.note,
        items=tuple(WantedItem.model_validate(item) for item in decision.items),
        issued=dict(decision.issued),
    )
