"""What activities need from the outside world, in our own words."""

from typing import Protocol

from models.base import DossierKey
from models.wire import (
    Acknowledgement,
    DossierAnswer,
    DossierRequest,
    Notice,
    Parcel,
    Supplement,
    Withdrawal,
)


class Agency(Protocol):
    """A competent authority that performs procedures."""

    async def submit(self, request: DossierRequest) -> DossierAnswer:
        """File a dossier once per key; filed again, it is answered the same."""
        ...

    async def answer(self, key: DossierKey) -> DossierAnswer | None:
        """What the agency says of a dossier now; None if it never received it."""
        ...

    async def supplement(self, key: DossierKey, supplement: Supplement) -> Acknowledgement:
        """Pass on what the citizen handed in; said again, it is the same acknowledgement."""
        ...

    async def withdraw(self, key: DossierKey, withdrawal: Withdrawal) -> Acknowledgement:
        """Ask for a dossier back; `acknowledged` is false where it is too late for that."""
        ...


class NoticeOffice(Protocol):
    """Who brings messages to the citizen."""

    async def send(self, notice: Notice) -> None:
        """Send a notice once per key."""
        ...


class PostOffice(Protocol):
    """Who carries paper to the citizen."""

    async def hand_in(self, parcel: Parcel) -> None:
        """Hand in a parcel once per key."""
        ...
