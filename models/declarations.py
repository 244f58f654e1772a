"""The parts every declaration is made of, whatever life event it is about."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError
from typing_extensions import override

from models.base import Definition, GroupId, Instant
from models.identifiers import NO_INSURANCE_NUMBER

MOST_PROCEDURES = 20


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


class Part(Definition):
    """A part of a declaration: its attributes' docstrings are what the JSON Schema says of them."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    @override
    def __repr_args__(self) -> Sequence[tuple[str | None, Any]]:  # Any: pydantic's signature
        """Show nothing of a person in a traceback or a log."""
        return ()


class EvidenceKind(StrEnum):
    """What the law accepts where there is no notice from a health facility."""

    WITNESS = "witness"
    COMMITMENT = "commitment"
    ABANDONED_MINUTES = "abandoned_minutes"
    SURROGACY = "surrogacy"


class Relation(StrEnum):
    """What the declarant is to the person the declaration is about."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    SPOUSE = "spouse"
    CHILD = "child"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class Channel(StrEnum):
    """Where the declaration came in."""

    PORTAL = "portal"
    VNEID = "vneid"
    COUNTER = "counter"
    POST = "post"


class DeliveryMethod(StrEnum):
    """How the results come back; the electronic ones always come to the portal."""

    ELECTRONIC = "electronic"
    POST = "post"
    COUNTER = "counter"


class SubstituteEvidence(Part):
    """What proves the event where no health facility issued a notice."""

    kind: EvidenceKind
    """Loại giấy tờ thay thế: người làm chứng, cam đoan, biên bản trẻ bị bỏ rơi, mang thai hộ."""
    description: LongText
    """Nội dung hoặc trích yếu của giấy tờ thay thế."""
    issued_on: Day
    """Ngày lập giấy tờ thay thế."""


class Person(Part):
    """A named person, known by the personal number or else by name with date of birth."""

    personal_number: Number | None = None
    """Số định danh cá nhân, 12 chữ số; để trống (null) nếu chưa được cấp."""
    full_name: Name
    """Họ, chữ đệm và tên."""
    date_of_birth: Day | None = None
    """Ngày sinh; bắt buộc nếu không có số định danh cá nhân."""
    insurance_number: InsuranceNumber | None = None
    """Mã số BHXH: 10 chữ số, hoặc 12 chữ số của số định danh cá nhân; null nếu không có."""

    def identity(self) -> tuple[str, ...]:
        """The number if there is one, else the name with the date of birth."""
        if self.personal_number:
            return (self.personal_number,)
        return (self.full_name, f"{self.date_of_birth}")


class Declarant(Part):
    """Who declares, answers for it and hears of the results."""

    personal_number: Number
    """Số định danh cá nhân của người khai, 12 chữ số."""
    full_name: Name
    """Họ, chữ đệm và tên người khai."""
    relation: Relation
    """Quan hệ của người khai với người được khai."""
    phone: Number
    """Số điện thoại di động của người khai, 10 chữ số."""
    email: Email | None = None
    """Thư điện tử của người khai; null nếu không có."""


class Reception(Part):
    """Who took the declaration in; reception is not bound to a place."""

    channel: Channel
    """Kênh nộp hồ sơ: Cổng dịch vụ công, VNeID, một cửa hoặc bưu chính."""
    commune: Number
    """Mã xã (5 chữ số) của nơi tiếp nhận hồ sơ; có thể khác nơi có thẩm quyền."""
    received_at: Moment | None = None
    """Thời điểm tiếp nhận, kèm múi giờ; null: lúc hệ thống ghi nhận."""


class Registration(Part):
    """Who is competent to register the event."""

    commune: Number
    """Mã xã (5 chữ số) của cơ quan có thẩm quyền đăng ký hộ tịch."""


class Delivery(Part):
    """How the citizen wants the results."""

    method: DeliveryMethod
    """Cách nhận kết quả: điện tử, bưu chính hoặc tại một cửa."""
    address: Text | None = None
    """Địa chỉ nhận kết quả; bắt buộc khi nhận qua bưu chính."""
    commune: Number | None = None
    """Mã xã (5 chữ số) nơi nhận kết quả; bắt buộc khi nhận qua bưu chính hoặc tại một cửa."""


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What tells one life event from every other."""

    notice: tuple[str, ...] | None
    """The parts of the notice's number, where there is a notice; they suffice."""
    otherwise: tuple[str, ...]
    """Facts that identify the event where there is none."""


class Declaration(Part):
    """What every declaration says; a further group adds its life event and its choices."""

    model_config = ConfigDict(serialize_by_alias=True)

    schema_: str = Field(alias="schema")
    """Tên và phiên bản của mẫu khai"""
    declarant: Declarant
    """Người khai."""
    procedures: tuple[str, ...] = Field(min_length=1, max_length=MOST_PROCEDURES)
    """Các thủ tục đề nghị thực hiện."""
    reception: Reception
    """Nơi tiếp nhận hồ sơ."""
    registration: Registration
    """Nơi có thẩm quyền đăng ký."""
    delivery: Delivery
    """Cách nhận kết quả."""

    @property
    def group(self) -> GroupId:
        """The group of procedures this declaration sets in motion."""
        return GroupId(self.schema_.partition("/")[0])

    def event_facts(self) -> EventFacts:
        """What makes the declared life event unique; each group says it for its own."""
        raise NotImplementedError
