"""What each form says, out of a case that lived through a supplement, an outage and a refusal."""

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from adapters.law.forms import load_forms
from models.documents.drafting import Draft
from models.documents.forms import FormReceipt01, FormRefusal03, PrepareDocument
from models.documents.kinds import FormKind, StopCause
from models.documents.pages import page_of
from models.documents.words import long_date, place_of, sentence, with_kind
from models.kernel.base import VIETNAM
from models.kernel.errors import LawError
from models.kernel.vocabulary import DossierState

from harness.document_samples import (
    BIRTH,
    CARD,
    CASE,
    CODE,
    RESIDENCE,
    RUN,
    at,
    finished,
    forms,
    lived,
    reading,
)

CASE_FORMS = ("01", "02", "03", "04", "05", "06")


def body(kind: str, *changes: tuple[str, Any]) -> dict[str, Any]:  # Any: words and lists of words
    said: Any = page_of(forms(*changes)[kind], reading()).facts["body"]
    return dict(said)


def test_a_receipt_promises_the_date_the_intake_promised_and_says_how_it_came_about() -> None:
    receipt = body("01")

    assert receipt["received"] == "15 giờ 20 phút, ngày 20 tháng 11 năm 2026"
    assert receipt["promised"] == "17 giờ 00 phút, ngày 27 tháng 11 năm 2026"
    assert receipt["limit"] == "03 ngày làm việc"
    assert any("sau 15:00" in line for line in receipt["explanation"])
    assert any("24/11/2026" in line for line in receipt["explanation"])


def test_a_receipt_lists_the_papers_and_the_procedures_with_their_agencies() -> None:
    receipt = body("01")

    assert receipt["enclosures"] == [
        "Tờ khai điện tử liên thông khai sinh, thường trú, thẻ BHYT",
        "Giấy chứng sinh số 00417.GCS.01929.26, cấp ngày 18/11/2026",
        "Ý kiến đồng ý của chủ hộ hoặc chủ sở hữu chỗ ở",
    ]
    assert [(one["code"], one["agency"]) for one in receipt["procedures"]] == [
        (f"{CODE}-1", "Ủy ban nhân dân phường Ba Đình"),
        (f"{CODE}-2", "Công an phường Ba Đình"),
        (f"{CODE}-3", "Bảo hiểm xã hội cơ sở"),
    ]


@pytest.mark.parametrize(
    ("method", "words"),
    [("electronic", "Cổng Dịch vụ công"), ("post", "Số 9 phố Thử"), ("counter", "Bộ phận Một cửa")],
)
def test_a_receipt_says_how_the_results_come_back(method: str, words: str) -> None:
    delivery = {"method": method, "address": "Số 9 phố Thử" if method == "post" else None}

    said = body("01", ("delivery", delivery | {"commune": "00004"}))["delivery"]

    assert words in said


@pytest.mark.parametrize(
    ("channel", "words"), [("portal", "không cần ký"), ("counter", "Ký, ghi rõ họ tên")]
)
def test_only_who_came_to_the_counter_signs_by_hand(channel: str, words: str) -> None:
    page = page_of(forms(("reception.channel", channel))["01"], reading())

    assert words in str(page.facts["case"])


def test_a_case_of_unofficial_rules_or_days_says_so_on_its_receipt() -> None:
    sure = forms()["01"]
    unsure = sure.model_copy(update={"verified": False, "provisional": True})

    said: Any = page_of(unsure, reading()).facts["body"]

    assert (said["unverified"], said["provisional"]) == (True, True)
    assert isinstance(unsure, FormReceipt01)


def test_a_supplement_names_everything_that_is_wanted_at_once() -> None:
    supplement = body("02")

    assert supplement["items"] == [
        {"code": "CT07", "description": "Bản chụp sổ đỏ chỗ ở, có chữ ký của chủ hộ"},
        {"code": "CT01", "description": ""},
    ]
    assert supplement["note"] == "Ảnh chụp bị mờ."
    assert supplement["answer_by"] == "17 giờ 00 phút, ngày 30 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("restart", "tính lại từ đầu"),
        ("pause", "phần thời hạn còn lại"),
        ("continue", "vẫn được tính"),
    ],
)
def test_a_supplement_says_what_becomes_of_the_time_by_the_rule_of_its_case(
    policy: str, words: str
) -> None:
    sample = lived()
    law = sample.opening.law | {"after_supplement": policy}
    opening = sample.opening.model_copy(update={"law": law})
    form = Draft(opening, sample.declaration, at(24, 8)).supplement(sample.dossier(RESIDENCE))

    said: Any = page_of(form, reading()).facts["body"]

    assert words in said["clock"]


def test_a_refusal_names_its_coded_reason_the_cure_and_what_goes_on() -> None:
    refusal = body("03")

    assert refusal["reason_code"] == "LECH_DINH_DANH"
    assert "không khớp Cơ sở dữ liệu quốc gia" in refusal["reason"]
    assert "Đối chiếu họ tên" in refusal["cure"]
    assert refusal["others"] == ["Đăng ký thường trú"]


def test_a_refusal_for_a_reason_the_law_files_do_not_know_shows_its_code_alone() -> None:
    refusal = forms()["03"]
    assert isinstance(refusal, FormRefusal03)
    unknown = refusal.model_copy(update={"reason_code": "LY_DO_LA"})

    said: Any = page_of(unknown, reading()).facts["body"]

    assert (said["reason_code"], said["reason"], said["cure"]) == ("LY_DO_LA", "", "")


def test_an_apology_gives_its_reason_and_one_new_date() -> None:
    apology = body("04")

    assert apology["due"] == "17 giờ 00 phút, ngày 26 tháng 11 năm 2026"
    assert apology["new_due"] == "17 giờ 00 phút, ngày 30 tháng 11 năm 2026"
    assert apology["reason"] == "cơ quan đang xác minh chỗ ở."


@pytest.mark.parametrize("new", [at(26, 17), at(25, 17)], ids=["the same", "an earlier one"])
def test_an_apology_cannot_promise_a_date_that_is_not_later(new: datetime) -> None:
    with pytest.raises(ValidationError, match="later than the old one"):
        lived().draft(at(25, 8)).apology(at(26, 17), new)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"holder": "outage"}, "kết nối với cơ quan giải quyết bị gián đoạn"),
        ({"holder": "us", "state": DossierState.PARKED}, "lỗi kỹ thuật"),
        ({"state": DossierState.VERIFYING}, "đang xác minh"),
        ({"state": DossierState.ACCEPTED}, "cần thêm thời gian"),
    ],
)
def test_an_apology_without_an_officers_words_says_what_the_case_knows(
    changed: dict[str, object], words: str
) -> None:
    late = lived().dossier(RESIDENCE).model_copy(update=changed)
    form = lived().draft(at(25, 8)).apology(at(26, 17), at(30, 17), late)

    said: Any = page_of(form, reading()).facts["body"]

    assert words in said["reason"]


def test_an_apology_for_the_whole_case_names_no_single_dossier() -> None:
    form = lived().draft(at(25, 8)).apology(at(27, 17), at(30, 17))

    page: Any = page_of(form, reading()).facts

    assert page["body"]["dossier"] is None
    assert page["number"] == f"{CODE}/XL-01"


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (StopCause.SUPPLEMENT_OVERDUE, "hết thời hạn bổ sung"),
        (StopCause.WITHDRAWN, "rút hồ sơ"),
        (StopCause.PREDECESSOR_NOT_GRANTED, "không được giải quyết"),
        (StopCause.OPERATOR, "người có thẩm quyền"),
    ],
)
def test_a_stop_says_why(cause: StopCause, words: str) -> None:
    form = lived().draft(at(30, 17)).stop([RESIDENCE], cause)

    said: Any = page_of(form, reading()).facts["body"]

    assert words in said["cause"]


def test_a_control_sheet_shows_who_held_each_dossier_from_when_to_when() -> None:
    sheet = body("06")

    rows = {
        one["code"]: [(r["holder"], r["since"], r["until"]) for r in one["rows"]]
        for one in sheet["dossiers"]
    }
    assert rows[f"{CODE}-2"] == [
        ("Công an phường Ba Đình", "10:05 23/11/2026", "14:30 23/11/2026"),
        ("Công dân", "14:30 23/11/2026", "08:00 26/11/2026"),
        ("Công an phường Ba Đình", "08:00 26/11/2026", "09:15 27/11/2026"),
    ]
    assert rows[f"{CODE}-3"][0] == (
        "Gián đoạn kết nối (không tính cho cơ quan nào)",
        "10:05 23/11/2026",
        "08:00 25/11/2026",
    )


def test_a_control_sheet_says_of_each_dossier_whether_it_was_late() -> None:
    results = {one["code"]: one["result"] for one in body("06")["dossiers"]}

    assert results == {f"{CODE}-1": "đúng hạn", f"{CODE}-2": "quá hạn", f"{CODE}-3": "trước hạn"}


def test_a_control_sheet_of_an_open_case_judges_nothing_yet() -> None:
    open_ = lived()
    form = open_.draft(at(24, 8)).control(open_.dossiers(), open_.case.entries)

    said: Any = page_of(form, reading()).facts["body"]

    residence = next(one for one in said["dossiers"] if one["code"] == f"{CODE}-2")
    assert (residence["result"], residence["rows"][-1]["until"], said["closed"]) == ("", "", "")


@pytest.mark.parametrize(
    ("kind", "upper", "name", "number"),
    [
        ("01", "Ủy ban nhân dân phường Ba Đình", "Bộ phận Một cửa", f"{CODE}/GTN-01"),
        ("02", "Công an thành phố Hà Nội", "Công an phường Ba Đình", f"{CODE}-2/PBS-01"),
        ("03", "Bảo hiểm xã hội thành phố Hà Nội", "Bảo hiểm xã hội cơ sở", f"{CODE}-3/PTC-01"),
    ],
)
def test_a_form_is_written_in_the_name_of_its_agency(
    kind: str, upper: str, name: str, number: str
) -> None:
    facts = page_of(forms()[kind], reading()).facts

    spoken = [str(facts[key]).replace("\N{NO-BREAK SPACE}", " ") for key in ("upper", "agency")]
    assert spoken == [upper, name]
    assert facts["number"] == number


def test_an_agency_without_a_letterhead_writes_under_its_own_name() -> None:
    form = forms()["02"]
    foreign = form.issuer.model_copy(update={"agency": "treasury", "name": "Kho bạc"})

    facts = page_of(form.model_copy(update={"issuer": foreign}), reading()).facts

    assert (facts["upper"], facts["agency"]) == ("", "Kho bạc")


@pytest.mark.parametrize(
    ("day", "kind", "number", "title"),
    [
        (date(2025, 9, 14), FormKind.APOLOGY, "Mẫu số 04", "hẹn lại ngày trả kết quả"),
        (date(2025, 9, 15), FormKind.APOLOGY, "Mẫu số 04", "đề nghị gia hạn"),
        (date(2025, 9, 14), FormKind.CONTROL, "Mẫu số 05", "kiểm soát"),
        (date(2025, 9, 15), FormKind.CONTROL, "Mẫu số 06", "kiểm soát"),
    ],
)
def test_a_form_is_called_and_numbered_as_on_the_day_it_is_written(
    day: date, kind: FormKind, number: str, title: str
) -> None:
    text = load_forms().form_on(kind, day)

    assert text.number == number
    assert title in text.title


def test_every_form_has_one_text_for_any_day_and_none_claims_to_be_checked() -> None:
    book = load_forms()

    for kind in FormKind:
        for day in (date(2019, 1, 1), date(2025, 9, 14), date(2025, 9, 15), date(2030, 1, 1)):
            assert len([f for f in book.forms if f.kind == kind and f.is_in_force(day)]) == 1
    assert not any(form.basis.verified for form in book.forms)


def test_a_form_no_rule_knows_is_refused_and_not_guessed() -> None:
    book = load_forms()
    without = book.model_copy(
        update={"forms": tuple(f for f in book.forms if f.kind is not FormKind.STOP)}
    )

    with pytest.raises(LawError, match="05"):
        without.form_on(FormKind.STOP, date(2026, 11, 20))


@pytest.mark.parametrize("kind", CASE_FORMS)
def test_a_form_travels_as_json_and_arrives_as_the_form_it_was(kind: str) -> None:
    order = PrepareDocument(case_id=CASE, run_id=RUN, form=forms()[kind])

    arrived = PrepareDocument.model_validate_json(order.model_dump_json())

    assert arrived == order
    assert type(arrived.form) is type(order.form)


@pytest.mark.parametrize("kind", CASE_FORMS)
def test_what_a_document_is_kept_under_names_nobody(kind: str) -> None:
    order = PrepareDocument(case_id=CASE, run_id=RUN, form=forms()[kind])

    key = order.key.model_dump_json()

    assert order.key.form == kind
    assert "Thử" in order.model_dump_json()
    assert "Thử" not in key


def test_a_case_without_a_declarants_name_still_has_its_forms() -> None:
    sample = finished()
    form = Draft(sample.opening, {}, at(20, 15, 20)).receipt()

    page = page_of(form, reading())

    assert page.facts["case"] == {
        "group_title": sample.opening.group_title,
        "commune": "phường Ba Đình",
        "backdated": False,
        "signing": "(Nộp trực tuyến: không cần ký)",
        "applicant": "",
        "address": "",
        "phone": "",
        "email": "",
    }


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_are_written_as_offices_write_them(day: date, said: str) -> None:
    assert long_date(day) == said


@pytest.mark.parametrize(
    ("name", "place", "running"),
    [
        ("Phường Ba Đình", "Ba Đình", "phường Ba Đình"),
        ("Xã Yên Sơn", "Yên Sơn", "xã Yên Sơn"),
        ("Đặc khu Phú Quốc", "Phú Quốc", "đặc khu Phú Quốc"),
        ("Phường 1", "Phường 1", "phường 1"),
    ],
)
def test_places_are_named_as_offices_name_them(name: str, place: str, running: str) -> None:
    assert place_of(name) == place
    assert with_kind(name, "xã") == running


@pytest.mark.parametrize(
    ("stated", "said"), [("Ảnh mờ", "Ảnh mờ."), ("Ảnh mờ. ", "Ảnh mờ."), (" ", ""), ("", "")]
)
def test_a_stated_reason_ends_with_one_full_stop(stated: str, said: str) -> None:
    assert sentence(stated) == said


def test_a_late_evening_in_another_zone_is_written_as_vietnams_next_day() -> None:
    utc = datetime.fromisoformat("2026-11-20T18:30:00+00:00")
    form = forms()["01"].model_copy(update={"issued_at": utc})

    assert "ngày 21 tháng 11" in str(page_of(form, reading()).facts["place_and_date"])
    assert utc.astimezone(VIETNAM).day == 21


def test_the_samples_are_a_case_with_every_kind_of_ending() -> None:
    states = {one.procedure: one.state.value for one in finished().dossiers()}

    assert states == {BIRTH: "granted", RESIDENCE: "granted", CARD: "refused"}
