"""What the public post reads and shows."""

from backends.fields import CommuneCode, Line
from backends.mailbox import Thing
from models.base import Message
from models.wire import Acknowledgement


class ParcelPosting(Thing):
    """Body of `PUT /v1/parcels/{key}`: the wire contract, each field within its bounds."""

    recipient: Line
    phone: str
    address: Line
    commune: CommuneCode | None = None
    contents: tuple[Line, ...]


class ParcelReceipt(Acknowledgement):
    """The post has the parcel, under a number the citizen can follow."""

    tracking_number: str


class Parcels(Message):
    """Parcels in the order they were handed in."""

    parcels: tuple[ParcelPosting, ...]
