"""An insurer's lists with our own house put in order first, where an act is revoked."""

from dataclasses import dataclass

from typing_extensions import override

from activities.ports.agencies import ListGateway
from activities.ports.stores import ListRepository
from models.contracts.corrections import CorrectionKind, CorrectionNotice, CorrectionReceipt
from models.contracts.lists import ListReceipt, PersonList
from models.kernel.base import CaseCode
from models.kernel.errors import BackendUnavailableError


@dataclass(frozen=True)
class VoidingLists(ListGateway):
    """Takes a revoked case's line off our book before the insurer is told."""

    insurer: ListGateway
    book: ListRepository

    @override
    async def deliver(self, persons: PersonList) -> ListReceipt:
        """Deliver a list, as the insurer does."""
        return await self.insurer.deliver(persons)

    @override
    async def correct(self, case: CaseCode, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Tell of a correction; a line that stands on no list yet will stand on none.

        Raises:
            BackendUnavailableError: a list with the line is on its way: the insurer would be told
                before it has the list, and strike off whom nobody restores.
        """
        if notice.kind is CorrectionKind.REVOKED:
            on_their_way = await self.book.void(case)
            if on_their_way:
                numbers = ", ".join(on_their_way)
                raise BackendUnavailableError(f"not acknowledged yet: {numbers}")
        return await self.insurer.correct(case, notice)
