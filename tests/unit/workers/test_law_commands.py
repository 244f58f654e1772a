"""`lienthong law …` speaks Vietnamese to people, JSON to machines, and exits as it should."""

import json

import pytest
from typer.testing import CliRunner, Result

from workers.cli.law import app


def law(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def test_the_due_date_is_answered_to_machines_as_the_interface_says() -> None:
    result = law("due", "birth", "--received", "2026-11-20T15:20:00+07:00", "--json")

    answer = json.loads(result.stdout)
    assert (answer["group"], answer["law_version"]) == ("birth", "birth-nd63-2024")
    assert answer["received_at"] == "2026-11-20T15:20:00+07:00"
    assert answer["counted_from"] == "2026-11-23"
    assert answer["due_at"] == "2026-11-27T17:00:00+07:00"
    assert answer["provisional"] is False
    assert [(one["procedure"], one["within"], one["due_at"]) for one in answer["dossiers"]] == [
        ("register_birth", 0, "2026-11-23T17:00:00+07:00"),
        ("register_residence", 2, "2026-11-26T17:00:00+07:00"),
        ("issue_card", 2, "2026-11-26T17:00:00+07:00"),
    ]
    assert answer["explanation"][-1] == "hạn 17:00 thứ Sáu 27/11/2026"


def test_an_instant_without_offset_is_vietnams_time() -> None:
    result = law("due", "birth", "--received", "2026-11-20T15:20", "--json")

    assert json.loads(result.stdout)["received_at"] == "2026-11-20T15:20:00+07:00"


def test_people_are_told_the_date_and_why() -> None:
    result = law("due", "birth", "--received", "2026-11-20T15:20", "--explain")

    assert result.exit_code == 0
    assert "Hạn trả kết quả: 17:00 thứ Sáu 27/11/2026" in result.stdout
    assert "nghỉ 24/11/2026: Ngày Văn hóa Việt Nam" in result.stdout


def test_verification_moves_the_date() -> None:
    words = ("due", "birth", "--received", "2026-11-16T10:00", "--verification", "--json")

    assert json.loads(law(*words).stdout)["due_at"] == "2026-11-23T17:00:00+07:00"


def test_a_choice_of_procedures_is_answered_for_that_choice() -> None:
    words = ("--received", "2016-01-04T10:00", "--procedures", "register_birth,issue_card")

    answer = json.loads(law("due", "birth", *words, "--json").stdout)

    assert [one["procedure"] for one in answer["dossiers"]] == ["register_birth", "issue_card"]
    assert answer["due_at"] == "2016-01-25T17:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "birth", "--on", "2014-01-01", "--place", "01"), "KHONG_CO_QUY_DINH"),
        (("show", "birth", "--on", "2014-01-01", "--place", "01"), "nhóm birth, tỉnh 01"),
        (("show", "birth", "--on", "2014-01-01", "--place", "01"), "01/01/2014"),
        (("show", "marriage", "--on", "2026-11-20"), "KHONG_CO_QUY_DINH"),
        (("show", "birth", "--on", "2026-11-20", "--place", "35"), "KHONG_CO_QUY_DINH"),
        (("show", "birth", "--on", "20/11/2026"), "viết năm-tháng-ngày"),
        (("due", "birth", "--received", "hôm nay"), "ví dụ 2026-11-20T15:20"),
        (
            ("due", "birth", "--received", "2026-11-20T10:00", "--procedures", "adopt"),
            "không có thủ tục adopt",
        ),
        (
            ("due", "birth", "--received", "2026-11-20T10:00", "--procedures", "issue_card"),
            "luôn phải có register_birth",
        ),
        (
            (
                "due",
                "birth",
                "--received",
                "2026-11-20T10:00",
                "--procedures",
                "issue_identity_card",
            ),
            "thời hạn chưa kiểm chứng",
        ),
    ],
)
def test_what_cannot_be_answered_exits_2_and_says_why(words: tuple[str, ...], said: str) -> None:
    result = law(*words)

    assert result.exit_code == 2
    assert said in result.stderr


def test_what_nobody_has_checked_is_shown_as_unverified() -> None:
    result = law("show", "birth", "--on", "2021-01-04", "--place", "08")

    assert "birth-qcph1123-08" in result.stdout
    assert "QCPH 1123/QCPH-BHXH-STP (chưa kiểm chứng)" in result.stdout


def test_the_law_we_ship_is_found_right() -> None:
    result = law("check")

    assert result.exit_code == 0
    assert "0 điểm phải sửa hoặc xem" in result.stdout


def test_a_due_date_is_explained_line_by_line_with_its_steps() -> None:
    result = law("due", "birth", "--received", "2026-11-20T15:20", "--explain")

    lines = [line.strip() for line in result.stdout.splitlines() if line.startswith("  ")]
    assert lines == [
        "nhận 15:20 thứ Sáu 20/11/2026, sau 15:00 → tính từ thứ Hai 23/11/2026",
        "thời hạn 3 ngày làm việc, không tính ngày bắt đầu",
        "nghỉ 24/11/2026: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16)",
        "hạn 17:00 thứ Sáu 27/11/2026",
        "mốc cảnh báo sớm, trước hạn 2 ngày làm việc: 17:00 thứ Tư 25/11/2026",
        "mốc một ngày làm việc trước hạn: 17:00 thứ Năm 26/11/2026",
        "mốc đến hạn: 17:00 thứ Sáu 27/11/2026",
        "mốc quá hạn: 17:00:01 thứ Sáu 27/11/2026",
        "mốc báo cấp trên, sau hạn 1 ngày làm việc: 17:00 thứ Hai 30/11/2026",
    ]


def test_machines_are_told_the_steps_of_the_case_too() -> None:
    answer = json.loads(law("due", "birth", "--received", "2026-11-20T15:20", "--json").stdout)

    assert [(step["kind"], step["at"]) for step in answer["steps"]][:2] == [
        ("early_warning", "2026-11-25T17:00:00+07:00"),
        ("one_day_before", "2026-11-26T17:00:00+07:00"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Cách đếm: ngày bắt đầu không tính (ngày 0)",
        "Sau khi bổ sung: tính lại từ đầu; bổ sung sau 15:00 thì từ ngày làm việc tiếp theo",
        "Công dân bổ sung trong: 30 ngày (chưa kiểm chứng)",
        "Trả lời việc tiếp nhận trong: 8 giờ làm việc (chưa kiểm chứng)",
        "Xin lỗi và hẹn lại: 1 lần, chậm nhất 1 ngày làm việc trước hạn (Điều 19, NĐ 61/2018/",
        "Mốc của hồ sơ: cảnh báo sớm, trước hạn 2 ngày làm việc (chưa kiểm chứng)",
        "Mốc của từng bước: cảnh báo sớm, trước hạn 12 giờ làm việc (chưa kiểm chứng)",
        "báo cấp trên, sau hạn 1 ngày làm việc → Chủ tịch UBND cấp xã (chưa kiểm chứng)",
        "không có thời hạn xác minh",
    ],
)
def test_a_rule_says_what_becomes_of_its_clock(said: str) -> None:
    assert said in law("show", "birth", "--on", "2026-11-20", "--place", "01").stdout


def test_a_rule_says_what_took_its_place() -> None:
    shown = law("show", "birth", "--on", "2021-01-04", "--place", "08").stdout

    assert "Thay thế bởi: birth-cv2084" in shown
    assert "Văn bản bị bãi bỏ (Văn bản năm 2024 của tỉnh Tuyên Quang) (chưa kiểm chứng)" in shown


def test_a_date_is_answered_for_the_word_a_family_asks_with() -> None:
    words = ("--received", "2026-11-20T10:00", "--procedures", "register_death,funeral_money")

    answer = json.loads(law("due", "death", *words, "--json").stdout)

    assert [(one["procedure"], one["within"]) for one in answer["dossiers"]] == [
        ("register_death", 0),
        ("funeral_money", None),
    ]
    assert answer["due_at"] == "2026-12-17T17:00:00+07:00"
    assert answer["verified"] is False


def test_a_fund_is_no_word_to_ask_with() -> None:
    words = ("--received", "2026-11-20T10:00", "--procedures", "register_death,insurance_funeral")

    result = law("due", "death", *words)

    assert result.exit_code == 2
    assert "không có thủ tục insurance_funeral" in result.stderr
    assert "funeral_money" in result.stderr


@pytest.mark.parametrize(
    "said",
    [
        "Hạn chung (không có Mai táng phí, Tuất một lần): 6 ngày làm việc (chưa kiểm chứng)",
        "Hạn chung: 18 ngày làm việc (chưa kiểm chứng)",
        "Người dân đề nghị: Mai táng phí: trợ cấp mai táng hoặc hỗ trợ chi phí mai táng",
        "Chi tiền: Kho bạc Nhà nước, theo mục funeral của tờ khai",
        "Thân nhân thống nhất người đại diện trong 5 ngày làm việc (Điều 10, NĐ 63/2024/NĐ-CP)",
        "Đưa vào danh sách báo giảm khai tử",
        "Chết tháng 11/2026: Trợ cấp mai táng 25.300.000 đồng = 10 × 2.530.000; Luật BHXH",
        "10.800.000 đồng = 20 × 540.000; NĐ 335/2026/NĐ-CP (chưa kiểm chứng)",
        "Thuộc nhiều chế độ thì chỉ trả mức cao nhất",
        "từ đủ 12 tháng (Luật BHXH)",
        "được hỗ trợ mai táng (NĐ 20/2021/NĐ-CP) (chưa kiểm chứng)",
    ],
)
def test_a_rule_says_what_a_death_is_worth_and_on_what_conditions(said: str) -> None:
    assert said in law("show", "death", "--on", "2026-11-20", "--place", "01").stdout


def test_a_death_of_the_month_before_is_worth_what_it_was_then() -> None:
    assert "10 × 2.340.000" in law("show", "death", "--on", "2026-06-30").stdout


def test_the_old_rule_of_tuyen_quang_says_who_hands_over_and_what_a_line_is_paid() -> None:
    shown = law("show", "birth", "--on", "2021-01-04", "--place", "08").stdout

    assert "Trao kết quả qua: Công chức đầu mối của xã, người này xác nhận đã trao" in shown
    assert "Tiền lập danh sách cấp thẻ: 7.000 đồng một dòng" in shown
    assert "345.436.000 đồng" in shown


def test_every_limit_and_rate_that_nobody_has_checked_is_listed() -> None:
    lines = law("check").stdout.splitlines()

    assert "Chưa kiểm chứng rates/benefits: social_funeral 07/2026" in lines
    assert any(
        line.startswith("Chưa kiểm chứng death-nd63-2024: totals (6), totals (18)")
        for line in lines
    )
