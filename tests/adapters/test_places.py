"""Places are dated: the same code is another commune before the reform of 01/7/2025."""

from datetime import date

import pytest

from adapters.law.places import load_places
from models.kernel.errors import LawError

PLACES = load_places()
TODAY = date(2026, 11, 20)
BEFORE = date(2023, 4, 3)


@pytest.mark.parametrize(
    ("commune", "day", "name", "province"),
    [
        ("00004", TODAY, "Phường Ba Đình", "01"),
        ("00004", BEFORE, "Phường Trúc Bạch", "01"),
        ("00004", date(2025, 6, 30), "Phường Trúc Bạch", "01"),
        ("00004", date(2025, 7, 1), "Phường Ba Đình", "01"),
        ("13285", BEFORE, "Phường Quang Trung", "35"),
        ("99999", TODAY, None, None),
        ("4", TODAY, None, None),
    ],
)
def test_a_commune_is_the_one_of_that_day(
    commune: str, day: date, name: str | None, province: str | None
) -> None:
    assert PLACES.name_of(commune, day) == name
    assert PLACES.province_of(commune, day) == province
    assert PLACES.exists(commune, day) == (name is not None)


@pytest.mark.parametrize(
    ("commune", "day", "code"),
    [
        ("00004", TODAY, "H26.05.13"),
        ("00004", BEFORE, "H26.00004"),
        ("00691", TODAY, "H60.00691"),
        ("13285", BEFORE, "H23.13285"),
    ],
)
def test_a_dossier_code_begins_with_the_commune(commune: str, day: date, code: str) -> None:
    assert PLACES.agency_code_of(commune, day) == code


def test_every_commune_of_today_lies_in_a_province_with_a_code() -> None:
    communes = PLACES.communes(TODAY)

    codes = {PLACES.agency_code_of(commune.code, TODAY) for commune in communes}

    assert len(codes) == len(communes) == 3321
    assert len({commune.province for commune in communes}) == 34


@pytest.mark.parametrize(
    ("province", "day", "name"),
    [
        ("24", BEFORE, "Bắc Giang"),
        ("24", TODAY, "Bắc Ninh"),
        ("35", BEFORE, "Hà Nam"),
        ("35", TODAY, None),
        ("01", BEFORE, "Thành phố Hà Nội"),
    ],
)
def test_a_province_code_means_the_province_of_that_day(
    province: str, day: date, name: str | None
) -> None:
    assert PLACES.province_name(province, day) == name


def test_an_unknown_commune_has_no_code() -> None:
    with pytest.raises(LawError, match="không có mã định danh cho xã 99999"):
        PLACES.agency_code_of("99999", TODAY)
