"""The parts every declaration is made of, whatever life event it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field
from typing_extensions import override

from models.declarations.declared_types import (
    Day,
    Email,
    InsuranceNumber,
    LongText,
    Moment,
    Name,
    Number,
    Text,
)
from models.kernel.base import Definition, GroupId

MOST_PROCEDURES = 20


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
    """The parts of the notice's number, where there is a notice: no other event bears them."""
    certain: tuple[str, ...] | None = None
    """Facts that are true of one event only, whatever notice tells of it, where they are known."""
    otherwise: tuple[str, ...]
    """Facts that identify the event where nothing better does."""
    told_apart: bool = False
    """Whether something better tells this event from another one of the same `otherwise`."""


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
