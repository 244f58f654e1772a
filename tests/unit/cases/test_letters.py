"""What the citizen reads: Vietnamese, with the code and the day, and each message once."""

import re

from models.cases.dossier import Dossier
from models.cases.notices import parcel_of_results, receipt_notice, results_notice
from models.cases.orders import ReturnResults, SendReceipt
from models.cases.results import Bundle
from models.kernel.base import AgencyId, CaseCode
from models.kernel.vocabulary import DossierState

from harness.admissions import MORNING, admission
from harness.families import birth

CODE = CaseCode("H26.05.13-261117-0001")
DECLARATION = birth(1, MORNING)


def receipt() -> SendReceipt:
    opening = admission(1, "run-1").with_code(CODE).opening
    assert opening is not None
    return SendReceipt.for_case(opening, DECLARATION)


def results(*states: DossierState, channel: str = "notice") -> ReturnResults:
    opening = admission(1, "run-1").with_code(CODE).opening
    assert opening is not None
    dossiers = [Dossier(plan) for plan in opening.dossiers]
    for dossier, state in zip(dossiers, states, strict=True):
        dossier.state = state
        if state is DossierState.GRANTED:
            dossier.issued = {"number": dossier.procedure}
        if state is DossierState.REFUSED:
            dossier.reason_code = "LECH_DINH_DANH"
    told = tuple(dossier.status() for dossier in dossiers)
    return ReturnResults.for_case(opening, DECLARATION, AgencyId(channel), Bundle(told))


MIXED = (DossierState.GRANTED, DossierState.REFUSED, DossierState.NOT_FILED)


def test_the_receipt_names_the_code_the_reception_and_the_promised_day() -> None:
    notice = receipt_notice(receipt())

    assert notice.title == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {CODE}"
    assert "08:00 17/11/2026" in notice.body
    assert "17:00 20/11/2026" in notice.body
    assert notice.to == {
        "personal_number": "008092001234",
        "phone": "0987654321",
        "email": "thu.le@example.vn",
    }


def test_a_letter_has_a_key_of_its_own_and_always_the_same() -> None:
    first, again = receipt_notice(receipt()), receipt_notice(receipt())
    bundle = results_notice(results(*MIXED))

    assert first == again
    assert (first.key, bundle.key) == (f"{CODE}-receipt", f"{CODE}-results")


def test_the_bundle_says_of_every_procedure_what_became_of_it() -> None:
    notice = results_notice(results(*MIXED))

    assert "Đăng ký khai sinh: đã giải quyết" in notice.body
    assert "Đăng ký thường trú: bị từ chối (mã lý do LECH_DINH_DANH)" in notice.body
    assert "bước trước không được giải quyết" in notice.body


def test_only_what_was_granted_is_attached_or_sent_on_paper() -> None:
    notice = results_notice(results(*MIXED))
    parcel = parcel_of_results(results(*MIXED, channel="post"))

    assert notice.attachments == {"register_birth": {"number": "register_birth"}}
    assert parcel.contents == ("Đăng ký khai sinh",)


def test_no_letter_shows_a_code_word_of_the_machine() -> None:
    for states in (MIXED, (DossierState.STOPPED,) * 3, (DossierState.WITHDRAWN,) * 3):
        body = results_notice(results(*states)).body
        assert not re.search(r"[a-z]+_[a-z]+|None|null", body)
