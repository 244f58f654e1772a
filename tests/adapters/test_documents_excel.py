"""The register as a workbook: the columns of the form, dates that sort, text that stays text."""

import io
from datetime import datetime

from openpyxl import Workbook, load_workbook

from adapters.documents.excel import workbook_of
from models.documents.register import Register07
from models.kernel.base import CaseCode

from harness.document_samples import CODE, finished, lived, reading, register

HEADER = 4


def opened(drawn: Register07) -> Workbook:
    return load_workbook(io.BytesIO(workbook_of(drawn, reading())))


def row(book: Workbook, sheet: str, number: int) -> list[object]:
    return [cell.value for cell in book[sheet][number]]


def test_the_first_sheet_has_the_columns_of_the_form_and_a_line_for_each_case() -> None:
    book = opened(register(finished().line(), lived().line()))

    assert book.sheetnames == ["Sổ theo dõi", "Từng thủ tục"]
    assert row(book, "Sổ theo dõi", HEADER) == [
        "STT",
        "Mã hồ sơ",
        "Tên thủ tục",
        "Số lượng (bộ)",
        "Cơ quan chủ trì giải quyết",
        "Xã",
        "Nhận hồ sơ",
        "Hẹn trả kết quả",
        "Trả kết quả",
        "Phương thức nhận kết quả",
        "Kết quả",
        "Tiến độ",
    ]
    assert row(book, "Sổ theo dõi", HEADER + 1)[4:] == [
        "Ủy ban nhân dân phường Ba Đình",
        "Phường Ba Đình",
        datetime(2026, 11, 20, 15, 20),  # noqa: DTZ001 - Excel knows no offsets
        datetime(2026, 11, 27, 17, 0),  # noqa: DTZ001
        datetime(2026, 11, 27, 9, 16),  # noqa: DTZ001
        "Trực tuyến",
        "đã giải quyết một phần",
        "đúng hạn",
    ]


def test_an_open_case_has_an_empty_cell_where_its_return_will_stand() -> None:
    sheet = opened(register(lived().line()))["Sổ theo dõi"]

    assert sheet.cell(HEADER + 1, 9).value is None
    assert sheet.max_row == HEADER + 1


def test_the_second_sheet_has_a_line_for_each_dossier() -> None:
    book = opened(register(finished().line()))

    codes = [row(book, "Từng thủ tục", HEADER + number)[2] for number in (1, 2, 3)]
    assert codes == [f"{CODE}-1", f"{CODE}-2", f"{CODE}-3"]
    assert row(book, "Từng thủ tục", HEADER + 3)[-1] == "bị từ chối (LECH_DINH_DANH)"


def test_dates_are_dates_and_columns_are_wide_enough_to_read_and_to_filter() -> None:
    sheet = opened(register(finished().line()))["Sổ theo dõi"]

    moment = sheet.cell(HEADER + 1, 7)
    assert isinstance(moment.value, datetime)
    assert moment.number_format == "dd/mm/yyyy hh:mm"
    assert sheet.column_dimensions["B"].width >= len(CODE)
    assert sheet.column_dimensions["G"].width >= len("20/11/2026 15:20")
    assert sheet.auto_filter.ref == "A4:L5"
    assert sheet.freeze_panes == "A5"


def test_an_empty_period_gives_a_workbook_with_headings_alone() -> None:
    sheet = opened(register())["Sổ theo dõi"]

    assert sheet.max_row == HEADER
    assert "tổng số 0" in str(sheet["A2"].value)


def test_text_that_begins_like_a_formula_stays_text() -> None:
    line = finished().line().model_copy(update={"case_code": CaseCode("=1+1")})

    cell = opened(register(line))["Sổ theo dõi"].cell(HEADER + 1, 2)

    assert (cell.value, cell.data_type) == ("=1+1", "s")
