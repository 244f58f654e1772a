"""What stands on a printed list: every column, the totals in figures and words, and the source."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from adapters.documents.lists_excel import workbook_of_list
from adapters.documents.typst import TypstPrinter
from adapters.law.files import load_law
from adapters.law.lists import load_list_rules
from law import FOLDER as LAW_FOLDER
from models.contracts.lists import ListKind, ListLine, PersonList
from models.documents.person_lists import cells_of, page_of_list
from models.documents.spelled import spelled
from models.lists.issued_lists import IssuedList
from models.lists.orders import LineFee

from harness.document_samples import reading
from harness.listed_people import FEE, NAME, NOON, deceased
from harness.pdf_text import text_of

RULES = load_list_rules()
KINDS = list(ListKind)
CARDS, STRIKE_OFFS = ListKind.CARDS, ListKind.STRIKE_OFFS
IN_1123 = date(2021, 3, 31)
"""A day under regulation 1123, which pays for lines in Tuyên Quang."""
TUYEN_QUANG = "08"


def persons(count: int = 2) -> PersonList:
    """People of a list as the insurer is given them."""
    entries = [deceased(number) for number in range(1, count + 1)]
    return PersonList(
        number="strike_offs-00004-2611-001",
        kind=STRIKE_OFFS,
        place="00004",
        place_name="Phường Ba Đình",
        compiled_at=NOON,
        lines=tuple(
            ListLine(
                number=number,
                case_code=entry.case_code,
                occurred_on=entry.occurred_on,
                facts=entry.facts,
            )
            for number, entry in enumerate(entries, start=1)
        ),
        fee_per_line=7_000,
        fee_total=7_000 * count,
    )


def issued(of: PersonList, fee: LineFee = FEE) -> IssuedList:
    """The same list as our database tells of it."""
    return IssuedList(
        number=of.number,
        kind=of.kind,
        place=of.place,
        place_name=of.place_name,
        until=date(2026, 11, 30),
        compiled_at=of.compiled_at,
        lines=len(of.lines),
        fee_per_line=fee.amount,
        fee_total=fee.amount * len(of.lines),
        fee=fee,
    )


def pdf(fee: LineFee = FEE) -> str:
    page = page_of_list(issued(persons(), fee), persons(), RULES[STRIKE_OFFS], reading())
    return text_of(TypstPrinter(LAW_FOLDER, reading()).page(page, NOON))


def test_a_printed_list_bears_the_motto_the_commune_its_lines_and_its_total() -> None:
    text = pdf()

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH",
        "BÁO GIẢM KHAI TỬ",
        "strike_offs-00004-2611-001/DSBG",
        "18/11/2026",
        "14.000 đồng",
        "mười bốn nghìn đồng",
        "QCPH 1123/QCPH-BHXH-STP (chưa kiểm chứng)",
    ):
        assert words in text
    assert text.count(NAME) == 2


def test_a_printed_list_says_where_no_rule_pays_for_lines() -> None:
    assert "không có quy định trả theo dòng" in pdf(LineFee(amount=0))


def test_a_workbook_holds_the_same_lines_and_totals() -> None:
    content = workbook_of_list(issued(persons()), persons(), RULES[STRIKE_OFFS], reading())

    sheet = load_workbook(io.BytesIO(content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]  # type: ignore[union-attr]  # it has a sheet
    assert ["Tổng số dòng", 2] in rows
    assert ["Tổng tiền (đồng)", 14_000] in rows
    assert [row[:3] for row in rows if row and row[0] in (1, 2)] == [
        [1, deceased(1).case_code, NAME],
        [2, deceased(2).case_code, NAME],
    ]


def test_a_name_that_begins_like_a_formula_stays_text() -> None:
    told = persons(1)
    line = told.lines[0].model_copy(update={"facts": {"deceased": {"full_name": "=1+1"}}})
    content = workbook_of_list(
        issued(told), told.model_copy(update={"lines": (line,)}), RULES[STRIKE_OFFS], reading()
    )

    sheet = load_workbook(io.BytesIO(content)).active

    assert sheet["C9"].data_type == "s"  # type: ignore[index]  # it has a sheet


def test_cells_are_days_names_and_places_as_officials_write_them() -> None:
    (line,) = persons(1).lines

    cells = cells_of(line, RULES[STRIKE_OFFS], reading())

    assert cells == (NAME, "001190000001", "0123456789", "18/11/2026", "Phường Ba Đình (00004)")


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_the_law_puts_on_a_line_has_its_column(kind: ListKind) -> None:
    printed = {column.path for column in RULES[kind].columns}
    listed = {
        fact
        for rule in load_law().groups
        for step in rule.procedures
        if step.listing is not None and step.listing.kind == kind
        for fact in step.listing.facts
    }

    assert listed
    assert printed == listed


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_goes_to_an_agency_that_is_known(kind: ListKind) -> None:
    assert load_law().agency(RULES[kind].agency).name


def test_the_cards_of_tuyen_quang_cost_exactly_what_the_province_reports() -> None:
    fee = LineFee.on(IN_1123, CARDS, TUYEN_QUANG, load_law().rates)

    assert 49_348 * fee.amount == 345_436_000


def test_the_strike_offs_of_tuyen_quang_cost_less_than_the_province_reports() -> None:
    """The report says 1,899,310,000; which of its two figures is wrong, nobody can tell."""
    fee = LineFee.on(IN_1123, STRIKE_OFFS, TUYEN_QUANG, load_law().rates)

    assert 270_940 * fee.amount == 1_896_580_000
    assert 1_899_310_000 - 270_940 * fee.amount == 2_730_000


@pytest.mark.parametrize(
    ("day", "province"), [(date(2026, 11, 30), TUYEN_QUANG), (IN_1123, "01"), (IN_1123, None)]
)
def test_where_no_rule_pays_for_lines_nothing_is_paid(day: date, province: str | None) -> None:
    fee = LineFee.on(day, CARDS, province, load_law().rates)

    assert (fee.amount, fee.basis) == (0, None)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (10_000, "mười nghìn"),
        (345_436_000, "ba trăm bốn mươi lăm triệu bốn trăm ba mươi sáu nghìn"),
        (
            1_899_310_000,
            "một tỷ tám trăm chín mươi chín triệu ba trăm mười nghìn",
        ),
        (2_000_000_015, "hai tỷ không trăm mười lăm"),
    ],
)
def test_sums_are_spelled_as_they_are_read(number: int, words: str) -> None:
    assert spelled(number) == words


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_no_two_sums_are_spelled_alike(one: int, other: int) -> None:
    assert (spelled(one) == spelled(other)) is (one == other)


@given(st.integers(0, 10**15))
def test_spelling_leaves_no_gap_between_words(number: int) -> None:
    assert "  " not in spelled(number)
    assert spelled(number) == spelled(number).strip() != ""
