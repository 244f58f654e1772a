"""The dated texts of the forms: titles, numbers, letterheads, and the words for papers."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pydantic import Field

from models.documents.kinds import DelayCause, FormKind, StopCause
from models.kernel.base import AgencyId, Definition, GroupId
from models.kernel.errors import LawError
from models.kernel.legal_basis import Dated, LegalBasis
from models.working_time.terms import ClockPolicy


class FormText(Dated):
    """How a form is called and numbered while a rule holds, and the file of its layout."""

    kind: FormKind
    number: str
    """As the rule numbers it, e.g. `Mẫu số 01`."""
    title: str
    symbol: str = Field(pattern=r"^[A-ZĐ]{2,6}$")
    """Short sign in the document's own number."""
    template: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+\.typ$")
    basis: LegalBasis


class Letterhead(Dated):
    """What stands at the top left of an agency's forms; `{commune}` and `{province}` are filled."""

    agency: AgencyId
    upper: str = ""
    """The superior body, in the first line."""
    name: str
    office: str
    """The agency in running text, e.g. `Công an {commune}`."""
    verified: bool = True


class EnclosureTitle(Definition):
    """What a paper of the file is called."""

    group: GroupId
    field: str
    """Where the declaration states it; `declaration` is the declaration itself."""
    title: str


class CauseText(Definition):
    """The sentence for a cause of stopping."""

    cause: StopCause
    text: str


class DelayText(Definition):
    """The sentence for a cause of delay."""

    cause: DelayCause
    text: str


class ClockText(Definition):
    """What a citizen is told of the time limit while something is missing."""

    policy: ClockPolicy
    text: str


class FormTexts(Definition):
    """Every text in `law/forms/forms.toml`, read once."""

    forms: tuple[FormText, ...]
    letterheads: tuple[Letterhead, ...]
    enclosures: tuple[EnclosureTitle, ...]
    causes: tuple[CauseText, ...]
    delays: tuple[DelayText, ...]
    clocks: tuple[ClockText, ...]

    def form_on(self, kind: FormKind, day: date) -> FormText:
        """How a form reads on the day it is written.

        Raises:
            LawError: the file names no such form for that day.
        """
        found = _in_force((form for form in self.forms if form.kind == kind), day)
        if found is None:
            raise LawError(f"forms.toml: không có mẫu {kind} cho ngày {day:%d/%m/%Y}")
        return found

    def letterhead_on(self, agency: AgencyId, day: date) -> Letterhead | None:
        """The letterhead of an agency; None: its name alone."""
        return _in_force((head for head in self.letterheads if head.agency == agency), day)

    def enclosure_title(self, group: GroupId, field: str) -> str:
        """What a paper is called; its field's name where the file does not say."""
        titles = (one.title for one in self.enclosures if (one.group, one.field) == (group, field))
        return next(titles, field)

    def cause_text(self, cause: StopCause) -> str:
        """The sentence for a cause of stopping."""
        return next((one.text for one in self.causes if one.cause == cause), str(cause))

    def clock_text(self, policy: ClockPolicy) -> str:
        """What becomes of the time limit."""
        return next((one.text for one in self.clocks if one.policy == policy), "")

    def delay_text(self, cause: DelayCause) -> str:
        """The sentence for a cause of delay."""
        return next((one.text for one in self.delays if one.cause == cause), str(cause))


DatedText = TypeVar("DatedText", FormText, Letterhead)


def _in_force(texts: Iterable[DatedText], day: date) -> DatedText | None:
    return next((text for text in texts if text.is_in_force(day)), None)
