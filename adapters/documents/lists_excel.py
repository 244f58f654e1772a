"""A periodic list as an Excel workbook: one line a person, totals below, ready to be printed."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from adapters.documents.excel import BOLD, BOX, CENTRED, FACE, PLAIN, SHADE, WRAPPED, Column
from models.contracts.lists import PersonList
from models.documents.person_lists import cells_of, fee_basis, in_text
from models.documents.reading import Reading
from models.documents.spelled import spelled
from models.documents.words import short_date
from models.law.list_rules import ListRule
from models.lists.issued_lists import IssuedList

FIRST_COLUMN, HEADER_ROW = 1, 8
MONEY = "#,##0"
MIDDLE = Alignment(horizontal="center")
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def workbook_of_list(
    issued: IssuedList, persons: PersonList, rule: ListRule, reading: Reading
) -> bytes:
    """A workbook of one sheet, on A4 across."""
    book = Workbook()
    book.properties.title = f"{rule.title} {issued.number}"
    book.properties.creator = "lienthong"
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one sheet")
    sheet.title = rule.short_title
    columns = _columns(rule)
    _head(sheet, issued, rule, len(columns))
    _names(sheet, columns)
    for row, line in enumerate(persons.lines, start=HEADER_ROW + 1):
        cells = cells_of(line, rule, reading)
        _line(sheet, row, [line.number, line.case_code, *cells, short_date(line.occurred_on)])
    _totals(sheet, HEADER_ROW + len(persons.lines) + 2, issued)
    _paper(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _columns(rule: ListRule) -> tuple[Column, ...]:
    return (
        Column("STT", 6),
        Column("Mã hồ sơ", 26),
        *(Column(one.title, one.width) for one in rule.columns),
        Column("Ngày giải quyết", 13),
    )


def _head(sheet: Worksheet, issued: IssuedList, rule: ListRule, width: int) -> None:
    """As official papers begin: who writes at the left, the state and its motto at the right."""
    half = width // 2
    office = f"Ủy ban nhân dân {in_text(issued.place_name)}".upper()
    _across(sheet, 1, (1, half), office, BOLD)
    _across(sheet, 1, (half + 1, width), STATE, BOLD)
    _across(sheet, 2, (1, half), f"Số: {issued.number}/{rule.symbol}", PLAIN)
    _across(sheet, 2, (half + 1, width), MOTTO, BOLD)
    _across(sheet, 4, (1, width), rule.title.upper(), Font(name=FACE, size=14, bold=True))
    period = f"Kỳ danh sách: đến hết ngày {short_date(issued.until)}"
    _across(sheet, 5, (1, width), period, PLAIN)
    _across(sheet, 6, (1, width), f"Lập ngày {short_date(issued.compiled_at.date())}", PLAIN)


def _across(sheet: Worksheet, row: int, span: tuple[int, int], text: str, font: Font) -> None:
    first, last = span
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    cell = sheet.cell(row, first, text)
    cell.font, cell.alignment = font, MIDDLE


def _names(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=FIRST_COLUMN):
        cell = sheet.cell(HEADER_ROW, number, column.title)
        cell.font, cell.alignment, cell.border, cell.fill = BOLD, CENTRED, BOX, SHADE
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _line(sheet: Worksheet, row: int, values: Iterable[int | str]) -> None:
    for number, value in enumerate(values, start=FIRST_COLUMN):
        cell = sheet.cell(row, number, value)
        cell.font, cell.border, cell.alignment = PLAIN, BOX, WRAPPED
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins like a formula stays text


def _totals(sheet: Worksheet, row: int, issued: IssuedList) -> None:
    basis = fee_basis(issued) or "không có quy định trả theo dòng đang hiệu lực"
    lines: tuple[tuple[str, int | str], ...] = (
        ("Tổng số dòng", issued.lines),
        ("Tiền một dòng (đồng)", issued.fee_per_line),
        ("Tổng tiền (đồng)", issued.fee_total),
        ("Bằng chữ", f"{spelled(issued.fee_total)} đồng"),
        ("Căn cứ", basis),
    )
    for at, (title, value) in enumerate(lines, start=row):
        name, cell = sheet.cell(at, 2, title), sheet.cell(at, 3, value)
        name.font, cell.font = BOLD, PLAIN
        cell.alignment = Alignment(horizontal="left")
        if isinstance(value, int):
            cell.number_format = MONEY


def _paper(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
