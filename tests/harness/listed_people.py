"""Invented people who are to be listed, for tests of lists."""

from collections.abc import Iterable
from datetime import date, datetime

from models.cases.events import LedgerBatch
from models.cases.lists import ListEntry
from models.contracts.lists import ListKind
from models.kernel.base import VIETNAM, CaseCode, CaseId, ProcedureId
from models.kernel.legal_basis import LegalBasis
from models.law.places import ListPlace
from models.lists.orders import CompileLists, LineFee, ListTerms

NAME = "Phạm Thị Mẫu"
COMMUNE, DISTRICT = "00004", "070"
MONTH_END = date(2026, 11, 30)
NOON = datetime(2026, 12, 1, 12, tzinfo=VIETNAM)
FEE = LineFee(amount=7_000, basis=LegalBasis(document="QCPH 1123/QCPH-BHXH-STP", verified=False))


def person(number: int) -> str:
    """The personal number of somebody invented."""
    return f"0011900{number:05d}"


def deceased(
    number: int, *, place: str = COMMUNE, on: date = date(2026, 11, 20), case: int | None = None
) -> ListEntry:
    """Somebody to be struck off."""
    return ListEntry(
        kind=ListKind.STRIKE_OFFS,
        place=ListPlace(code=place, name=f"Nơi {place}", commune=COMMUNE, province="01"),
        case_code=CaseCode(f"H26.05.13-261120-{case or number:04d}"),
        procedure=ProcedureId("register_death"),
        person=person(number),
        occurred_on=on,
        facts={
            "deceased": {
                "full_name": NAME,
                "personal_number": person(number),
                "insurance_number": "0123456789",
                "died_at": "2026-11-18T23:30:00+07:00",
                "last_residence_commune": COMMUNE,
            }
        },
    )


def batch_of(people: Iterable[ListEntry], case_id: str = "death/so-1") -> LedgerBatch:
    """A batch of a case's ledger that brings these people."""
    return LedgerBatch(
        case_id=CaseId(case_id), run_id="run-1", case_code=None, entries=(), persons=tuple(people)
    )


def terms(place: str = COMMUNE, until: date = MONTH_END) -> ListTerms:
    """How the next list of a place is drawn up."""
    return ListTerms(kind=ListKind.STRIKE_OFFS, place=place, until=until, fee=FEE, at=NOON)


def order(**changes: object) -> CompileLists:
    """An order to list the people of November."""
    usual = {
        "kind": ListKind.STRIKE_OFFS,
        "agency": "insurance",
        "until": MONTH_END,
        "at": NOON,
    }
    return CompileLists.model_validate(usual | changes)
