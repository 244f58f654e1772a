"""The register as an Excel workbook: dates that are dates, columns that can be filtered."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.documents.reading import Reading
from models.documents.register import Register07
from models.documents.register_page import lead_office
from models.documents.words import short_date
from models.kernel.base import vietnam_time

MOMENT = "dd/mm/yyyy hh:mm"
FIRST_COLUMN, HEADER_ROW = 1, 4
FACE = "Times New Roman"
LINE = Side(style="thin", color="999999")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
PLAIN, BOLD = Font(name=FACE, size=11), Font(name=FACE, size=11, bold=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
SHADE = PatternFill("solid", fgColor="E8EEF4")

Cell = str | int | datetime | None


@dataclass(frozen=True)
class Column:
    """A column's title and its width in characters."""

    title: str
    width: int


CASES = (
    Column("STT", 6),
    Column("Mã hồ sơ", 26),
    Column("Tên thủ tục", 48),
    Column("Số lượng (bộ)", 9),
    Column("Cơ quan chủ trì giải quyết", 34),
    Column("Xã", 22),
    Column("Nhận hồ sơ", 17),
    Column("Hẹn trả kết quả", 17),
    Column("Trả kết quả", 17),
    Column("Phương thức nhận kết quả", 20),
    Column("Kết quả", 24),
    Column("Tiến độ", 13),
)
DOSSIERS = (
    Column("STT", 6),
    Column("Mã hồ sơ", 26),
    Column("Mã hồ sơ thủ tục", 28),
    Column("Thủ tục", 48),
    Column("Cơ quan giải quyết", 34),
    Column("Chuyển đến", 17),
    Column("Giải quyết xong", 17),
    Column("Kết quả", 40),
)


def workbook_of(register: Register07, reading: Reading) -> bytes:
    """A workbook of two sheets: one line a case, and one line a dossier."""
    book = Workbook()
    book.properties.title = f"Sổ theo dõi hồ sơ {_period(register)}"
    book.properties.creator = "lienthong"
    cases = book.active
    if not isinstance(cases, Worksheet):
        raise TypeError("a new workbook has one sheet")
    _fill(cases, "Sổ theo dõi", register, CASES, _cases(register, reading))
    _fill(book.create_sheet(), "Từng thủ tục", register, DOSSIERS, _dossiers(register))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cases(register: Register07, reading: Reading) -> Iterable[Sequence[Cell]]:
    for number, line in enumerate(register.lines, start=1):
        yield (
            number,
            line.case_code,
            line.group_title,
            1,
            lead_office(line, reading),
            line.commune_name,
            _moment(line.received_at),
            _moment(line.promised_at),
            _moment(line.returned_at),
            line.delivery,
            line.result,
            line.timeliness,
        )


def _dossiers(register: Register07) -> Iterable[Sequence[Cell]]:
    pairs = [(line, dossier) for line in register.lines for dossier in line.dossiers]
    for number, (line, dossier) in enumerate(pairs, start=1):
        yield (
            number,
            line.case_code,
            dossier.code,
            dossier.title,
            dossier.agency_name,
            _moment(dossier.filed_at),
            _moment(dossier.settled_at),
            dossier.result,
        )


def _fill(
    sheet: Worksheet,
    title: str,
    register: Register07,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
) -> None:
    sheet.title = title
    _head(sheet, register, columns)
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        for column, value in enumerate(row, start=FIRST_COLUMN):
            _write(sheet, number, column, value)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{sheet.max_row}"
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _head(sheet: Worksheet, register: Register07, columns: Sequence[Column]) -> None:
    sheet["A1"] = "SỔ THEO DÕI HỒ SƠ"
    sheet["A1"].font = Font(name=FACE, size=14, bold=True)
    sheet["A2"] = f"Hồ sơ tiếp nhận {_period(register)}; tổng số {len(register.lines)}"
    sheet["A2"].font = Font(name=FACE, size=12)
    for number, column in enumerate(columns, start=FIRST_COLUMN):
        cell = sheet.cell(HEADER_ROW, number, column.title)
        cell.font, cell.alignment, cell.border, cell.fill = BOLD, CENTRED, BOX, SHADE
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = sheet.cell(row, column, value)
    cell.font, cell.border, cell.alignment = PLAIN, BOX, CENTRED
    if isinstance(value, datetime):
        cell.number_format = MOMENT
    elif isinstance(value, str):
        cell.alignment = WRAPPED
        cell.data_type = "s"  # text that begins like a formula stays text


def _moment(instant: datetime | None) -> datetime | None:
    """Vietnam's time without an offset, which Excel does not know."""
    return vietnam_time(instant).replace(tzinfo=None, second=0, microsecond=0) if instant else None


def _period(register: Register07) -> str:
    place = f", xã {register.commune}" if register.commune else ""
    return f"từ {short_date(register.first)} đến {short_date(register.last)}{place}"
