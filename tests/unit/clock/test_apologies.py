"""One working day before a dossier is due its apology is prepared, and binds nobody yet."""

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import Event
from models.cases.transitions import clock
from models.clock.deadline_query import ClockEvent
from models.documents.forms import FormApology04
from models.documents.papers import documents_of
from models.kernel.base import ProcedureId
from models.law.steps import MilestoneKind

from harness.admissions import MORNING
from harness.pure_cases import deadline_of, file, opened

RESIDENCE = ProcedureId("register_residence")


def filed() -> tuple[Case, Dossier]:
    case = opened()
    dossier = case.dossiers[RESIDENCE]
    file(case, dossier, MORNING)
    return case, dossier


def the_day_before(case: Case, dossier: Dossier) -> None:
    """The case is woken when the dossier's due instant is a working day away."""
    at = next(step.at for step in dossier.steps if step.kind is MilestoneKind.ONE_DAY_BEFORE)
    clock.reach_steps(case, at)


def apologies(case: Case) -> list[FormApology04]:
    return [form for form in documents_of(case) if isinstance(form, FormApology04)]


def test_the_form_is_prepared_with_one_new_date_and_nothing_has_moved() -> None:
    case, dossier = filed()
    due_at = dossier.due_at

    the_day_before(case, dossier)

    (form,) = apologies(case)
    assert form.proposed
    assert (form.due_at, dossier.due_at) == (due_at, due_at)
    assert form.new_due_at > form.due_at
    assert Event.DUE_MOVED not in [entry.event for entry in case.entries]


def test_the_reminder_and_the_record_name_the_proposed_date() -> None:
    case, dossier = filed()

    the_day_before(case, dossier)

    (form,) = apologies(case)
    (told,) = [entry for entry in case.entries if "new_due_at" in entry.facts]
    (reminder,) = [one for one in case.reminders if "mẫu số 04, đề nghị" in one.body]
    assert told.facts["new_due_at"] == form.new_due_at.isoformat()
    assert f"{form.new_due_at:%d/%m/%Y}" in reminder.body
    assert "khi cơ quan xác nhận" in reminder.body


def test_a_form_prepared_stays_what_it_was_once_the_agency_names_its_own_date() -> None:
    case, dossier = filed()
    the_day_before(case, dossier)
    before = apologies(case)

    said = deadline_of(case, dossier, ClockEvent.EXTENDED, before[0].issued_at, 5)
    clock.extend(case, dossier, said, before[0].issued_at, "Chờ xác minh")

    prepared, named = apologies(case)
    assert [prepared] == before
    assert (named.proposed, named.serial, named.new_due_at) == (False, 2, dossier.due_at)


def test_a_dossier_that_was_given_its_one_new_date_is_proposed_no_other() -> None:
    case, dossier = filed()
    said = deadline_of(case, dossier, ClockEvent.EXTENDED, MORNING, 5)

    clock.extend(case, dossier, said, MORNING, "Chờ xác minh")
    the_day_before(case, dossier)

    assert [form.proposed for form in apologies(case)] == [False]
