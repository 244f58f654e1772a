"""What activities need from the outside world, in our own words."""

from typing import Protocol

from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.dossiers import (
    Acknowledgement,
    DossierAnswer,
    DossierRequest,
    Notice,
    Parcel,
    ParcelStatus,
    Supplement,
    Withdrawal,
)
from models.contracts.entitlements import Entitlement, EntitlementQuestion
from models.contracts.lists import ListReceipt, PersonList
from models.contracts.payments import PaymentAnswer, PaymentOrder, StopPayment
from models.kernel.base import CaseCode, DossierKey


class AgencyGateway(Protocol):
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

    async def correct(self, key: DossierKey, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Tell of a correction; told again it is done once, with the same receipt.

        None: the agency never received the dossier, so it has nothing to undo.
        """
        ...


class NoticeGateway(Protocol):
    """Who brings messages to the citizen."""

    async def send(self, notice: Notice) -> None:
        """Send a notice once per key."""
        ...


class PostGateway(Protocol):
    """Who carries paper to the citizen."""

    async def hand_in(self, parcel: Parcel) -> None:
        """Hand in a parcel once per key."""
        ...

    async def status(self, key: str) -> ParcelStatus | None:
        """Where a parcel is now; None if it was never handed in."""
        ...


class ListGateway(Protocol):
    """The insurer, who takes numbered lists of persons."""

    async def deliver(self, persons: PersonList) -> ListReceipt:
        """Deliver a list once per number; delivered again, it has the same receipt."""
        ...

    async def correct(self, case: CaseCode, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Tell of a correction of the act that put a case's person on a list.

        None: no line of this case was ever delivered. Told again, the receipt is the same.
        """
        ...


class PaymentGateway(Protocol):
    """Who pays money out."""

    async def pay(self, order: PaymentOrder) -> PaymentAnswer:
        """Order a payment once per key; ordered again, it is answered as it stands."""
        ...

    async def state(self, key: str) -> PaymentAnswer | None:
        """Where a payment stands now; None if it was never ordered."""
        ...

    async def stop(self, key: str, stop: StopPayment) -> PaymentAnswer:
        """Stop a payment for ever; the answer says `paid` where it is too late for that."""
        ...


class EntitlementGateway(Protocol):
    """A fund that knows what a deceased person was entitled to."""

    async def entitlement(self, question: EntitlementQuestion) -> Entitlement:
        """Ask its records; asking files nothing, and asked again later they may say more."""
        ...
