"""The documents themselves: every word on them, every letter of Vietnamese, the same bytes."""

import asyncio
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import segno

from adapters.documents.typst import TypesettingError, TypstPrinter, _qr
from law import FOLDER as LAW_FOLDER
from models.documents.forms import CaseForm

from harness.document_samples import CODE, at, finished, forms, lived, reading, register
from harness.pdf_text import embedded_fonts, text_of

CASE_FORMS = ("01", "02", "03", "04", "05", "06")
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = "đ" + "".join(unicodedata.normalize("NFC", v + tone) for v in VOWELS for tone in TONES)
ALPHABET = f"{LETTERS} {LETTERS.upper()}"
HOSTILE = (
    '#panic("x")',
    "#sys.inputs",
    "[ngoặc] *đậm* _nghiêng_ `mã` $x^2$ <nhãn> @thẻ",
    'Ngoặc "kép" và \\ gạch chéo \\" ',
    '#import "/etc/passwd"',
    "= Tiêu đề // chú thích /* hết */",
    "https://vi.du ~ -- --- ... #",
)


@pytest.fixture(scope="module")
def printer() -> TypstPrinter:
    return TypstPrinter(LAW_FOLDER, reading())


def named(name: str) -> CaseForm:
    return forms(("declarant.full_name", "Lê Văn Thử"))["01"].model_copy(
        update={"subject": _with_applicant(forms()["01"], name)}
    )


def _with_applicant(form: CaseForm, name: str) -> Any:  # Any: a copied message
    applicant = form.subject.applicant
    assert applicant is not None
    changed = applicant.model_copy(update={"full_name": name})
    return form.subject.model_copy(update={"applicant": changed})


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("01", ["GIẤY TIẾP NHẬN HỒ SƠ", "Lê Văn Thử", "0987654321", "27 tháng 11 năm 2026"]),
        ("02", ["PHIẾU YÊU CẦU BỔ SUNG", "Bản chụp sổ đỏ chỗ ở", "CT01", "30 tháng 11"]),
        ("03", ["PHIẾU TỪ CHỐI", "LECH_DINH_DANH", "Đối chiếu họ tên", "quyền khiếu nại"]),
        ("04", ["VĂN BẢN XIN LỖI", "Kính gửi: Ông/Bà Lê Văn Thử", "mới: 17 giờ 00 phút"]),
        ("05", ["THÔNG BÁO DỪNG", "Đã hết thời hạn bổ sung", f"{CODE}-2"]),
        ("06", ["PHIẾU KIỂM SOÁT", "Công dân", "10:05 23/11/2026", "quá hạn", "Gián đoạn"]),
    ],
)
async def test_a_form_says_in_print_what_it_is_about(
    printer: TypstPrinter, kind: str, words: list[str]
) -> None:
    text = text_of(await printer.pdf(forms()[kind]))

    common = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", CODE]
    number = f"Mẫu số {kind}"
    assert [word for word in (*common, number, *words) if word not in text] == []


def test_a_register_says_in_print_each_case_once(printer: TypstPrinter) -> None:
    lines = finished().line(), lived().line()

    text = text_of(printer.register(register(*lines)))

    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert text.count(CODE) == len(lines)
    assert "Tổng số 2 : trước hạn 0, đúng hạn 1, quá hạn 0, đang giải quyết 1." in text


async def test_every_letter_of_vietnamese_stands_in_every_font_of_a_form(
    printer: TypstPrinter,
) -> None:
    form = forms()["03"]
    refusal = form.model_copy(update={"subject": _with_applicant(form, ALPHABET), "note": ALPHABET})

    pdf = await printer.pdf(refusal)

    assert text_of(pdf).replace(" ", "").count(ALPHABET.replace(" ", "")) == 3
    assert embedded_fonts(pdf) == {
        "LibertinusSerif-Regular",
        "LibertinusSerif-Bold",
        "LibertinusSerif-Italic",
    }
    assert b"pdfaid" in pdf


async def test_a_name_written_with_loose_marks_is_printed_composed(printer: TypstPrinter) -> None:
    loose = unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ữ Ặ Ỵ")

    text = text_of(await printer.pdf(named(loose)))

    assert "Nguyễn Thị Ngọc Ữ Ặ Ỵ" in text
    assert loose not in text


@pytest.mark.parametrize("name", HOSTILE)
async def test_whatever_a_citizen_writes_is_printed_as_written(
    printer: TypstPrinter, name: str
) -> None:
    text = text_of(await printer.pdf(named(name)))

    assert " ".join(name.split()) in text


async def test_a_word_without_an_end_stays_on_its_page(printer: TypstPrinter) -> None:
    pdf = await printer.pdf(named("Ữ" * 200))

    assert text_of(pdf).replace(" ", "").count("Ữ" * 200) == 2
    assert all(run.count("Ữ") <= 64 for run in text_of(pdf).split(" "))


@pytest.mark.parametrize("name", ["漢字", "😀", "\u202eoạĐ"])
async def test_a_letter_no_font_has_costs_its_letter_and_not_the_document(
    printer: TypstPrinter, name: str
) -> None:
    text = text_of(await printer.pdf(named(f"Lê {name} Thử")))

    assert "GIẤY TIẾP NHẬN" in text
    assert "Lê" in text


@pytest.mark.parametrize("kind", CASE_FORMS)
async def test_the_same_facts_give_the_same_bytes_from_any_printer(
    printer: TypstPrinter, kind: str
) -> None:
    other = TypstPrinter(LAW_FOLDER, reading())

    first, again = await printer.pdf(forms()[kind]), await other.pdf(forms()[kind])

    assert first == again


async def test_other_facts_give_other_bytes(printer: TypstPrinter) -> None:
    form = forms()["01"]
    later = form.model_copy(update={"issued_at": at(20, 15, 21)})

    assert await printer.pdf(form) != await printer.pdf(later)


async def test_a_fraction_of_a_second_neither_shows_nor_hinders(printer: TypstPrinter) -> None:
    form = forms()["01"]
    exact = form.model_copy(update={"issued_at": form.issued_at.replace(microsecond=123_456)})

    assert await printer.pdf(exact) == await printer.pdf(form)


async def test_many_forms_at_once_wait_for_one_press_and_hold_up_nobody(
    printer: TypstPrinter,
) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    batch = [form.model_copy(update={"serial": 7}) for form in forms().values()] * 3
    printed = await asyncio.gather(*(printer.pdf(form) for form in batch))
    beside.cancel()

    assert len({bytes(one) for one in printed}) == len(CASE_FORMS)
    assert turns > len(batch)


def test_the_qr_code_holds_the_code_of_the_case_and_nothing_else() -> None:
    drawn = _qr(CODE)

    expected = segno.make_qr(CODE, error="m")
    assert f'd="{_path_of(expected)}"' in drawn


def _path_of(code: segno.QRCode) -> str:
    path = code.svg_inline(border=1).partition('d="')[2]
    return path.partition('"')[0]


async def test_a_broken_layout_is_named_and_quotes_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "forms" / "tt03-2025"
    folder.mkdir(parents=True)
    (folder / "receipt.typ").write_text(
        "#panic(json(bytes(sys.inputs.form)).facts.case.applicant)", "utf-8"
    )
    broken = TypstPrinter(tmp_path, reading())

    with pytest.raises(TypesettingError) as raised:
        await broken.pdf(forms()["01"])

    assert "receipt.typ" in str(raised.value)
    assert "Thử" not in str(raised.value)
    assert raised.value.__suppress_context__
