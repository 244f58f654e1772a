"""What the public post reads and shows."""

from backends.shared.fields import CommuneCode, Line, OfficerId
from backends.shared.mailbox import Thing
from models.contracts.dossiers import Acknowledgement, ParcelState
from models.kernel.base import Instant, Message


class ParcelPosting(Thing):
    """Body of `PUT /v1/parcels/{key}`: the wire contract, each field within its bounds."""

    recipient: Line
    phone: str
    address: Line
    commune: CommuneCode | None = None
    contents: tuple[Line, ...]
    via: Line | None = None


class ParcelReceipt(Acknowledgement):
    """The post has the parcel, under a number the citizen can follow."""

    tracking_number: str


class ParcelShown(ParcelPosting):
    """A parcel as it was handed in, with how far it has come."""

    state: ParcelState
    at: Instant
    by: str | None = None
    tracking_number: str


class Handover(Message):
    """Body of the contact officer's confirmation that the recipient has the parcel."""

    by: OfficerId


class Parcels(Message):
    """Parcels in the order they were handed in."""

    parcels: tuple[ParcelPosting, ...]
