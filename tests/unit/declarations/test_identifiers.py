"""Numbers of people and dossiers: what they say, and what is not one of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.declarations.identifiers import (
    PLACES_OF_REGISTRATION,
    DossierCode,
    Sex,
    facility_in_notice,
    is_written_as,
    pattern_on,
    read_dossier_code,
    read_personal_number,
    year_in_notice,
)
from models.kernel.base import AgencyId

from harness.declaration_samples import PATTERNS, STRICT_NOTICES, pattern

CODES = st.builds(
    DossierCode,
    agency=st.from_regex(
        r"[A-Z]\d{2}(\.\d{2,5}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}",
        fullmatch=True,
        alphabet="AHZ.0159",
    ),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    sequence=st.from_regex(r"[0-9]{4,7}", fullmatch=True),
    part=st.none() | st.integers(1, 99),
)


@pytest.mark.parametrize(
    ("text", "sex", "year", "abroad", "known"),
    [
        ("001190012345", Sex.FEMALE, 1990, False, True),
        ("079085000001", Sex.MALE, 1985, False, True),
        ("008226000123", Sex.MALE, 2026, False, True),
        ("001326012345", Sex.FEMALE, 2026, False, True),
        ("001400000001", Sex.MALE, 2100, False, True),
        ("096190012345", Sex.FEMALE, 1990, False, True),
        ("097190012345", Sex.FEMALE, 1990, True, True),
        ("003190012345", Sex.FEMALE, 1990, False, False),
        ("000190012345", Sex.FEMALE, 1990, False, False),
    ],
)
def test_a_personal_number_tells_sex_year_and_place(
    text: str, sex: Sex, year: int, *, abroad: bool, known: bool
) -> None:
    number = read_personal_number(text)

    assert number is not None
    assert (number.sex, number.birth_year) == (sex, year)
    assert (number.is_born_abroad, number.has_known_place) == (abroad, known)


@given(
    st.sampled_from(sorted(PLACES_OF_REGISTRATION)),
    st.integers(1900, 2399),
    st.sampled_from(list(Sex)),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
)
def test_what_is_put_into_a_personal_number_is_read_out_of_it(
    place: str, year: int, sex: Sex, serial: str
) -> None:
    century = 2 * ((year - 1900) // 100) + (sex is Sex.FEMALE)

    number = read_personal_number(f"{place}{century}{year % 100:02d}{serial}")

    assert number is not None
    assert (number.place, number.birth_year, number.sex, number.serial) == (
        place,
        year,
        sex,
        serial,
    )


@given(st.text() | st.from_regex(r"\d{12}", fullmatch=True))
def test_only_twelve_ascii_digits_are_a_personal_number(text: str) -> None:
    is_one = len(text) == 12 and text.isascii() and text.isdigit()

    assert (read_personal_number(text) is not None) == is_one


def test_there_were_sixty_three_places_of_registration() -> None:
    assert len(PLACES_OF_REGISTRATION) == 63


@given(CODES)
def test_a_dossier_code_written_is_read_back(code: DossierCode) -> None:
    assert read_dossier_code(str(code)) == code


@pytest.mark.parametrize(
    ("text", "agency", "day", "sequence", "part"),
    [
        ("H26.05.13-261008-0975", "H26.05.13", date(2026, 10, 8), "0975", None),
        ("H26.05.13-261120-0001-2", "H26.05.13", date(2026, 11, 20), "0001", 2),
        ("000.00.01.H22-230405-0012", "000.00.01.H22", date(2023, 4, 5), "0012", None),
        ("H26.00004-261120-0000001", "H26.00004", date(2026, 11, 20), "0000001", None),
    ],
)
def test_dossier_codes_of_today_and_of_before_are_read(
    text: str, agency: str, day: date, sequence: str, part: int | None
) -> None:
    code = read_dossier_code(text)

    assert code == DossierCode(agency=AgencyId(agency), day=day, sequence=sequence, part=part)


@pytest.mark.parametrize(
    "text",
    [
        *("", "H26", "H26-261120", "H26-261120-001", "H26-261120-12345678", "26-261120-0001"),
        *("H26-261320-0001", "H26-260230-0001", "H26-261120-0001-0", "H26-261120-0001-100"),
        *("H26-261120-0001\n", "h26-261120-0001", "H26-٢٦١١٢٠-0001", " H26-261120-0001"),
    ],
)
def test_what_is_no_dossier_code_is_read_as_none(text: str) -> None:
    assert read_dossier_code(text) is None


@given(st.text())
def test_no_text_breaks_the_reading_of_a_dossier_code(text: str) -> None:
    code = read_dossier_code(text)

    assert code is None or str(code) == text


def test_a_dossiers_code_names_its_case() -> None:
    code = read_dossier_code("H26.05.13-261120-0001-2")

    assert code is not None
    assert code.case_code == "H26.05.13-261120-0001"
    assert str(code.dossier(3)) == "H26.05.13-261120-0001-3"


def test_no_code_is_made_for_an_agency_that_cannot_be_written() -> None:
    with pytest.raises(ValidationError):
        DossierCode(agency=AgencyId("H26/05"), day=date(2026, 11, 20), sequence="0001")


@pytest.mark.parametrize(
    ("number", "facility", "year"),
    [
        ("00123.GCS.01234.26", "01234", 2026),
        ("00123.gcs.0a1b2.26", "0A1B2", 2026),
        ("417 quyển 05", None, None),
        ("0123.GCS.01234.26", None, None),
    ],
)
def test_a_structured_notice_number_names_facility_and_year(
    number: str, facility: str | None, year: int | None
) -> None:
    assert facility_in_notice(number) == facility
    assert year_in_notice(number) == year


@pytest.mark.parametrize(
    ("day", "severity"),
    [(date(2025, 9, 30), "warning"), (STRICT_NOTICES, "error"), (date(2030, 1, 1), "error")],
)
def test_the_pattern_is_that_of_the_day_of_issue(day: date, severity: str) -> None:
    in_force = pattern_on(PATTERNS, "birth_notice", day)

    assert in_force is not None
    assert in_force.severity == severity


@pytest.mark.parametrize(
    ("kind", "day"), [("birth_notice", date(2014, 12, 31)), ("unheard_of", STRICT_NOTICES)]
)
def test_where_nothing_is_prescribed_nothing_deviates(kind: str, day: date) -> None:
    assert pattern_on(PATTERNS, kind, day) is None


@pytest.mark.parametrize(
    ("form", "text", "fits"),
    [
        (r"\d{2}", "12", True),
        (r"\d{2}", "123", False),
        (r"^\d{2}$", "12", True),
        (r"^\d{2}$", "12\n", False),
        (r"\d{2}", "١٢", False),
        (r"1|12", "12", True),
        (None, "chữ tự do", True),
    ],
)
def test_the_whole_text_has_the_form_in_ascii_digits(
    form: str | None, text: str, *, fits: bool
) -> None:
    assert is_written_as(pattern("any", form), text) is fits
