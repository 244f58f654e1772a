"""Forms, register and correction book name the fund that was chosen, not the family's word."""

import pytest

from models.cases.archive import archived_from_ledger
from models.cases.case import Case
from models.cases.events import Event, LedgerEntry
from models.cases.orders import Choice
from models.cases.transitions import agencies, clock, lifecycle
from models.documents.forms import FormControl06, FormRefusal03
from models.documents.papers import documents_of
from models.documents.register import register_line
from models.kernel.base import CaseCode, CaseId, GroupId, ProcedureId
from models.kernel.vocabulary import CaseState, DossierState

from harness import families
from harness.admissions import MORNING, admission_of
from harness.document_samples import answer

CODE = CaseCode("H26.05.13-261117-0001")
SOCIAL = ProcedureId("social_funeral")
NOT_ENTITLED = "SAI_DOI_TUONG"


@pytest.fixture
def refused() -> Case:
    """A death whose funeral money was routed to social affairs, and refused there."""
    case_id = CaseId("death/x-1")
    admitted = admission_of(families.death(1, MORNING), "run-1", case_id)
    case = Case(case_id, GroupId("death"), MORNING)
    lifecycle.take_in(case, admitted.with_code(CODE), MORNING)
    money = case.dossiers[ProcedureId("funeral_money")]
    agencies.choose(case, money, Choice(procedure=SOCIAL), MORNING)
    clock.file(case, money, MORNING, None)
    said = answer("refused", decision_id="d-1", reason_code=NOT_ENTITLED)
    agencies.take_answer(case, money, said, MORNING)
    return case


def test_the_refusal_of_a_chosen_fund_is_drawn_up_in_that_funds_name(refused: Case) -> None:
    forms = documents_of(refused)

    (refusal,) = [form for form in forms if isinstance(form, FormRefusal03)]
    assert (refusal.dossier.procedure, refusal.issuer.agency) == (SOCIAL, "social_affairs")
    assert refusal.reason_code == NOT_ENTITLED


def test_the_control_sheet_follows_the_chosen_fund(refused: Case) -> None:
    (sheet,) = [form for form in documents_of(refused) if isinstance(form, FormControl06)]

    states = {one.dossier.procedure: one.state for one in sheet.dossiers}
    assert states[SOCIAL] is DossierState.REFUSED


def test_the_register_tells_how_the_chosen_fund_decided(refused: Case) -> None:
    assert refused.opening is not None

    line = register_line(refused.opening, refused.entries, state=CaseState.RECEIVED, closed_at=None)

    (money,) = [one for one in line.dossiers if one.agency == "social_affairs"]
    assert (money.state, money.reason_code) == (DossierState.REFUSED, NOT_ENTITLED)


def test_a_case_known_from_its_ledger_alone_has_the_chosen_funds_key(refused: Case) -> None:
    assert refused.opening is not None

    booked = {one.procedure: one for one in archived_from_ledger(refused.opening, refused.entries)}

    assert booked[SOCIAL].key == f"{CODE}-{SOCIAL}-1"
    assert (booked[SOCIAL].state, booked[SOCIAL].was_filed) == (DossierState.REFUSED, True)


def test_a_correction_from_the_ledger_alone_stops_the_payment_that_counts(refused: Case) -> None:
    assert refused.opening is not None
    keys = [f"{CODE}-{SOCIAL}-1-pay-{number}" for number in (1, 2)]
    entries = [
        *refused.entries,
        *(
            LedgerEntry(
                seq=50 + number,
                at=MORNING,
                event=Event.PAYMENT_ORDERED,
                procedure=SOCIAL,
                facts={"payment": key},
            )
            for number, key in enumerate(keys)
        ),
    ]

    booked = {one.procedure: one for one in archived_from_ledger(refused.opening, entries)}

    payment = booked[SOCIAL].payment
    assert payment is not None
    assert payment.key == keys[-1]
