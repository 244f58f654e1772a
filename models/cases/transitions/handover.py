"""Results on their way through an officer of the commune."""

from datetime import datetime

from models.cases.cases import Case, written
from models.cases.events import Event
from models.cases.handovers import HandOver
from models.contracts.dossiers import ParcelStatus


def post(case: Case, order: HandOver, at: datetime) -> None:
    """The parcel is given to the post: from now on the case waits for it, with all its steps."""
    case.on_its_way = order.channel
    case.note(at, Event.PARCEL_POSTED, key=order.parcel.key)


def confirm(case: Case, status: ParcelStatus, at: datetime) -> None:
    """The officer has said that the citizen has it."""
    case.on_its_way = None
    event, when = Event.PARCEL_HANDED_OVER, written(status.at)
    case.note(at, event, key=status.key, handed_over_at=when, by=status.by)
