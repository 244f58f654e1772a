"""What each form says between its title and its signatures, in words ready to print."""

from datetime import datetime
from typing import assert_never, cast

from pydantic import JsonValue

from models.cases.holdings import Holding
from models.clock.sla import sla_when_closed
from models.contracts.dossiers import Facts
from models.documents.forms import (
    CaseForm,
    ControlledDossier,
    DossierFacts,
    FormApology04,
    FormControl06,
    FormReceipt01,
    FormRefusal03,
    FormStop05,
    FormSupplement02,
)
from models.documents.kinds import StopCause
from models.documents.reading import Reading
from models.documents.subjects import Enclosure
from models.documents.words import long_instant, sentence, short_date, short_instant
from models.kernel.base import vietnam_time
from models.kernel.vocabulary import DossierState

DELIVERY = {
    "electronic": "Bản điện tử trên Cổng Dịch vụ công quốc gia và VNeID",
    "post": "Bản điện tử; bản giấy gửi qua bưu chính công ích",
    "counter": "Bản điện tử; bản giấy nhận tại Bộ phận Một cửa",
}
UNCONFIRMED = " (đề nghị; chỉ có hiệu lực khi cơ quan giải quyết xác nhận)"
ENDED = {DossierState.GRANTED, DossierState.REFUSED}


def body_of(form: CaseForm, reading: Reading) -> Facts:
    """The facts of a form's own part."""
    match form:
        case FormReceipt01():
            return _receipt(form, reading)
        case FormSupplement02():
            return _supplement(form, reading)
        case FormRefusal03():
            return _refusal(form, reading)
        case FormApology04():
            return _apology(form, reading)
        case FormStop05():
            return _stop(form, reading)
        case FormControl06():
            return _control(form, reading)
        case _:
            assert_never(form)


def _receipt(form: FormReceipt01, reading: Reading) -> Facts:
    subject = form.subject
    papers = [Enclosure(field="declaration"), *form.enclosures]
    method = DELIVERY.get(form.delivery_method, form.delivery_method)
    address = f" ({form.delivery_address})" if form.delivery_address else ""
    return {
        "procedures": [_dossier(one, form, reading) for one in form.procedures],
        "enclosures": [
            _paper(reading.book.enclosure_title(subject.group, one.field), one) for one in papers
        ],
        "limit": f"{form.days:02d} ngày làm việc",
        "unverified": not form.verified,
        "provisional": form.provisional,
        "received": long_instant(subject.received_at),
        "promised": long_instant(subject.promised_at),
        "explanation": list(form.explanation),
        "delivery": f"{method}{address}",
    }


def _supplement(form: FormSupplement02, reading: Reading) -> Facts:
    return {
        "dossier": _dossier(form.dossier, form, reading),
        "items": [
            {"code": item.code, "description": item.description.strip()} for item in form.items
        ],
        "note": sentence(form.note or ""),
        "answer_by": _said(form.answer_by),
        "clock": reading.book.clock_text(form.clock),
    }


def _refusal(form: FormRefusal03, reading: Reading) -> Facts:
    reason = reading.law.reason(form.reason_code)
    return {
        "dossier": _dossier(form.dossier, form, reading),
        "reason_code": form.reason_code,
        "reason": sentence(reason.title if reason else ""),
        "cure": sentence(reason.cure if reason else ""),
        "note": sentence(form.note or ""),
        "others": list(form.others_go_on),
    }


def _apology(form: FormApology04, reading: Reading) -> Facts:
    return {
        "dossier": _dossier(form.dossier, form, reading) if form.dossier else None,
        "received": long_instant(form.subject.received_at),
        "due": long_instant(form.due_at),
        "new_due": long_instant(form.new_due_at) + (UNCONFIRMED if form.proposed else ""),
        "reason": sentence(form.reason or reading.book.delay_text(form.cause)),
    }


def _stop(form: FormStop05, reading: Reading) -> Facts:
    return {
        "dossiers": [_dossier(one, form, reading) for one in form.dossiers],
        "received": long_instant(form.subject.received_at),
        "cause": reading.book.cause_text(form.cause),
        "withdrawn": form.cause is StopCause.WITHDRAWN,
        "wanted": _said(form.wanted_at),
        "answer_by": _said(form.answer_by),
    }


def _control(form: FormControl06, reading: Reading) -> Facts:
    return {
        "received": short_instant(form.subject.received_at),
        "promised": short_instant(form.subject.promised_at),
        "closed": short_instant(form.closed_at),
        "dossiers": [_controlled(one, form, reading) for one in form.dossiers],
    }


def _controlled(one: ControlledDossier, form: FormControl06, reading: Reading) -> Facts:
    moved = one.due_at if one.due_at != one.original_due_at else None
    return {
        **_dossier(one.dossier, form, reading),
        "state": one.state.label,
        "reason_code": one.reason_code if one.state is DossierState.REFUSED else None,
        "due": short_instant(one.original_due_at or one.due_at),
        "moved_due": short_instant(moved),
        "settled": short_instant(one.settled_at),
        "result": _timeliness(one),
        "rows": cast("JsonValue", [_row(held, one, form, reading) for held in one.holdings]),
    }


def _timeliness(one: ControlledDossier) -> str:
    """`trước hạn`, `đúng hạn` or `quá hạn`, of what an agency has decided."""
    if one.state not in ENDED or one.settled_at is None or one.due_at is None:
        return ""
    return sla_when_closed(one.settled_at, due_at=one.due_at).label


def _row(held: Holding, one: ControlledDossier, form: FormControl06, reading: Reading) -> Facts:
    is_agency = held.holder == one.dossier.agency
    return {
        "holder": _office(one.dossier, form, reading)
        if is_agency
        else reading.holder_name(held.holder),
        "since": short_instant(held.since),
        "until": short_instant(held.until),
        "note": held.note,
    }


def _said(instant: datetime | None) -> str | None:
    return long_instant(instant) if instant else None


def _dossier(facts: DossierFacts, form: CaseForm, reading: Reading) -> Facts:
    return {"title": facts.title, "code": facts.code, "agency": _office(facts, form, reading)}


def _office(facts: DossierFacts, form: CaseForm, reading: Reading) -> str:
    day = vietnam_time(form.issued_at).date()
    return reading.office_of(facts.agency, facts.agency_name, facts.unit, day).office


def _paper(title: str, paper: Enclosure) -> str:
    number = f" số {paper.number}" if paper.number else ""
    issued = f", cấp ngày {short_date(paper.issued_on)}" if paper.issued_on else ""
    return f"{title}{number}{issued}"
