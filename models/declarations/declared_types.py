"""The types of a declaration's fields: what cannot be written on any form is refused here."""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from models.declarations.identifiers import NO_INSURANCE_NUMBER
from models.kernel.base import Instant


def _one_line(text: str) -> str:
    """Compose Vietnamese letters one way, and keep out what no form can hold."""
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        raise PydanticCustomError("control_characters", "Không được chứa ký tự điều khiển")
    return unicodedata.normalize("NFC", text)


def _name_of_a_person(text: str) -> str:
    if any(letter.isdigit() for letter in text) or not any(letter.isalpha() for letter in text):
        raise PydanticCustomError("name_form", "Họ tên chỉ gồm chữ, không chứa chữ số")
    return text


def _written_date(value: object) -> object:
    """Refuse timestamps: a number that happens to parse is not what the citizen meant."""
    if isinstance(value, date) or (isinstance(value, str) and _BEGINS_WITH_A_DATE.match(value)):
        return value
    raise PydanticCustomError("not_a_date", "Phải là ngày viết theo dạng năm-tháng-ngày")


def _written_instant(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _BEGINS_WITH_A_TIME.match(value)):
        return value
    raise PydanticCustomError(
        "not_an_instant", "Phải là ngày giờ kèm múi giờ, ví dụ 2026-11-17T08:40:00+07:00"
    )


def _missing_if_zeros(number: str) -> str | None:
    return None if number == NO_INSURANCE_NUMBER else number


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise PydanticCustomError("email_form", "Thư điện tử phải có dạng ten@noi-cung-cap.vn")
    return text


def _facility(text: str) -> str:
    if not _FACILITY.fullmatch(text):
        raise PydanticCustomError(
            "facility_form", "Mã cơ sở khám chữa bệnh gồm 5 chữ số hoặc chữ cái in hoa"
        )
    return text


_BEGINS_WITH_A_DATE = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
_BEGINS_WITH_A_TIME = re.compile(r"[12]\d{3}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", re.ASCII)
"""Years of our two millennia only: near year 1 or 9999 a change of offset overflows."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_FACILITY = re.compile(r"[0-9A-Z]{5}", re.ASCII)

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
LongText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_one_line),
]
Number = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=50),
    AfterValidator(_one_line),
]
"""An identifier: its form is dated law, so rules check it and not this type."""
Name = Annotated[Text, AfterValidator(_name_of_a_person)]
Day = Annotated[date, BeforeValidator(_written_date)]
Moment = Annotated[Instant, BeforeValidator(_written_instant)]
Email = Annotated[Text, AfterValidator(_email)]
Facility = Annotated[
    Number, AfterValidator(_facility), Field(json_schema_extra={"pattern": "^[0-9A-Z]{5}$"})
]
InsuranceNumber = Annotated[Number, AfterValidator(_missing_if_zeros)]
"""Ten zeros are how hospitals write "none", so they are read as null."""
