"""A form as its layout reads it: every fact as the words that will be printed. Pure."""

from models.contracts.dossiers import Facts
from models.documents.bodies import body_of
from models.documents.forms import (
    CaseForm,
    FormApology04,
    FormRefusal03,
    FormStop05,
    FormSupplement02,
)
from models.documents.reading import Reading
from models.documents.subjects import Subject
from models.documents.words import long_date, place_of, with_kind
from models.kernel.base import Message, vietnam_time

ON_PAPER = {"counter", "post"}
SIGNED_BY_HAND = "(Ký, ghi rõ họ tên)"
SENT_ONLINE = "(Nộp trực tuyến: không cần ký)"


class Page(Message):
    """What a layout is given. `code` is what the QR code holds."""

    template: str
    title: str
    code: str
    facts: Facts


def page_of(form: CaseForm, reading: Reading) -> Page:
    """Read a form with the texts in force on the day it is written.

    Raises:
        LawError: no such form is known for that day.
    """
    day = vietnam_time(form.issued_at).date()
    text = reading.book.form_on(form.kind, day)
    issuer = form.issuer
    heading = reading.office_of(issuer.agency, issuer.name, issuer.unit, day)
    place = reading.places.name_of(issuer.unit, day) or form.subject.commune_name
    return Page(
        template=text.template,
        title=f"{text.title} {form.subject.case_code}",
        code=form.subject.case_code,
        facts={
            "title": text.title,
            "mark": text.number,
            "basis": text.basis.document,
            "upper": heading.upper,
            "agency": heading.name,
            "office": heading.office,
            "number": f"{_numbered(form)}/{text.symbol}-{form.serial:02d}",
            "place_and_date": f"{place_of(place)}, {long_date(day)}",
            "code": form.subject.case_code,
            "case": _case(form.subject),
            "body": body_of(form, reading),
        },
    )


def _numbered(form: CaseForm) -> str:
    """A form about one dossier bears that dossier's code; any other the code of the case."""
    match form:
        case FormSupplement02() | FormRefusal03():
            return form.dossier.code
        case FormApology04() if form.dossier:
            return form.dossier.code
        case FormStop05() if len(form.dossiers) == 1:
            return form.dossiers[0].code
    return form.subject.case_code


def _case(subject: Subject) -> Facts:
    applicant = subject.applicant
    return {
        "group_title": subject.group_title,
        "commune": with_kind(subject.commune_name, "xã"),
        "backdated": subject.backdated,
        "signing": SIGNED_BY_HAND if subject.channel in ON_PAPER else SENT_ONLINE,
        "applicant": applicant.full_name if applicant else "",
        "address": (applicant and applicant.address) or "",
        "phone": (applicant and applicant.phone) or "",
        "email": (applicant and applicant.email) or "",
    }
