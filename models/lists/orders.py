"""What compiling and delivering lists is ordered to do, and what became of the order."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from pydantic import Field

from models.contracts.lists import ListKind
from models.kernel.base import AgencyId, Instant, Message, vietnam_time
from models.kernel.legal_basis import LegalBasis
from models.law.rates import Rates
from models.working_time.calendars import month_before


class CompileLists(Message):
    """Put every person who stands on no list yet on one; holds no personal data."""

    kind: ListKind
    agency: AgencyId
    """Who is given the lists."""
    until: date
    """The last day whose grants are listed; what is older and was not listed is listed too."""
    at: Instant
    place: str | None = None
    """Code of the one place whose list is drawn up; None: every place."""
    after: str = ""
    """The place at which the last page ended."""
    most: int = Field(default=100, ge=1)
    """Places of one page."""


class ListsOutcome(Message):
    """What a run came to, all pages together."""

    delivered: int = 0
    rejected: int = 0
    """Lines that could not be carried out."""
    troubled: int = 0
    """Lists that could not be delivered, where trying again does not help."""

    def plus(self, said: Iterable["ListDelivered"]) -> Self:
        """With what became of further lists."""
        known = tuple(said)
        return self.model_copy(
            update={
                "delivered": self.delivered + sum(one.trouble is None for one in known),
                "rejected": self.rejected + sum(one.rejected for one in known),
                "troubled": self.troubled + sum(one.trouble is not None for one in known),
            }
        )


class RunLists(Message):
    """Start of `ListGateway`: list everybody of a kind; holds no personal data."""

    kind: ListKind
    agency: AgencyId
    until: date | None = None
    """The last day whose grants are listed; None: the end of the month before the run begins."""
    place: str | None = None
    """Code of the one place whose list is drawn up; None: every place."""
    page: CompileLists | None = None
    """Where an earlier history of the same run left off."""
    so_far: ListsOutcome = ListsOutcome()

    def first_page(self, now: datetime) -> CompileLists:
        """The page to begin with."""
        return self.page or CompileLists(
            kind=self.kind,
            agency=self.agency,
            until=self.until or month_before(vietnam_time(now).date()),
            at=now,
            place=self.place,
        )

    def going_on(self, page: CompileLists, last_place: str, so_far: ListsOutcome) -> Self:
        """The same run from the next page on."""
        following = page.model_copy(update={"after": last_place})
        return self.model_copy(update={"page": following, "so_far": so_far})


class ListsCompiled(Message):
    """One page of places is done; their lists wait to be delivered."""

    undelivered: tuple[str, ...] = ()
    """Numbers of the lists of these places the agency has not acknowledged, old ones too."""
    last_place: str | None = None
    """Where the next page begins; None: there is none."""


class DeliverList(Message):
    """Hand a list to its agency."""

    agency: AgencyId
    number: str


class ListDelivered(Message):
    """What the agency said of a list."""

    number: str
    rejected: int = 0
    """How many lines could not be carried out, and wait for a person."""
    trouble: str | None = None
    """Why it could not be delivered, where trying again does not help: the kind of the failure."""


class LineFee(Message):
    """What a line of a list is paid with."""

    amount: int = Field(ge=0)
    """Whole đồng."""
    basis: LegalBasis | None = None
    """None: no rule in force pays for lines."""

    @classmethod
    def on(cls, day: date, kind: ListKind, province: str | None, rates: Rates) -> Self:
        """The fee of the last day a list covers; nothing where no rule names one."""
        fee = rates.list_fee_on(kind, province or "", day)
        return cls(amount=fee.amount, basis=fee.basis) if fee else cls(amount=0)


class ListTerms(Message):
    """How one list is drawn up: of which place, up to which day, and what a line is paid with."""

    kind: ListKind
    place: str
    until: date
    fee: LineFee
    at: Instant


class WaitingPlace(Message):
    """A place some of whose persons stand on no list yet, or whose list is not acknowledged."""

    place: str
    name: str
    province: str | None
    waiting: int
    """How many persons stand on no list yet."""
