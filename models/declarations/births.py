"""The declaration of a birth: one form for registration, residence and the insurance card."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StringConstraints
from typing_extensions import override

from models.declarations.declarations import (
    MOST_PROCEDURES,
    Declaration,
    EventFacts,
    Part,
    Person,
    SubstituteEvidence,
)
from models.declarations.declared_types import Day, Facility, Moment, Name, Number, Text
from models.declarations.identifiers import Sex

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class BirthProcedure(StrEnum):
    """What can be asked for with the declaration of a birth."""

    REGISTER_BIRTH = "register_birth"
    REGISTER_RESIDENCE = "register_residence"
    ISSUE_CARD = "issue_card"
    ISSUE_IDENTITY_CARD = "issue_identity_card"
    """Reserved: the law in force says whether it is offered, and why not."""


class Follows(StrEnum):
    """Whose place of residence the child takes."""

    MOTHER = "mother"
    FATHER = "father"


class BirthNotice(Part):
    """The hospital's giấy chứng sinh; twins have one each."""

    number: Annotated[Text, StringConstraints(max_length=100)]
    """Số giấy chứng sinh; từ 01/10/2025 theo dạng 00123.GCS.01234.26."""
    facility: Facility
    """Mã cơ sở khám chữa bệnh đã cấp giấy chứng sinh (5 ký tự)."""
    issued_on: Day
    """Ngày cấp giấy chứng sinh."""


class Child(Part):
    """The child as the parents want it registered."""

    full_name: Name
    """Họ, chữ đệm và tên của trẻ."""
    sex: Sex
    """Giới tính của trẻ."""
    born_at: Moment
    """Ngày giờ sinh, kèm múi giờ."""
    birth_place: Text
    """Nơi sinh."""
    ethnicity: Text
    """Dân tộc của trẻ."""
    nationality: Country
    """Quốc tịch của trẻ, mã hai chữ cái (VN)."""
    hometown: Text
    """Quê quán của trẻ."""
    weight_g: Annotated[StrictInt, Field(ge=1, le=30_000)] | None = None
    """Cân nặng khi sinh, tính bằng gam; null nếu không rõ."""
    birth_order: Annotated[StrictInt, Field(ge=1, le=12)]
    """Thứ tự của trẻ trong lần sinh này (sinh một: 1)."""
    births: Annotated[StrictInt, Field(ge=1, le=12)]
    """Số trẻ của lần sinh này (sinh một: 1, sinh đôi: 2)."""


class Residence(Part):
    """Where the child is to be registered as a permanent resident."""

    commune: Number
    """Mã xã (5 chữ số) của nơi đăng ký thường trú."""
    address: Text
    """Địa chỉ chỗ ở."""
    follows: Follows
    """Đăng ký thường trú theo mẹ hoặc theo cha."""
    householder_personal_number: Number
    """Số định danh cá nhân của chủ hộ, 12 chữ số."""
    consent: StrictBool
    """Chủ hộ hoặc chủ sở hữu chỗ ở đã đồng ý."""


class Card(Part):
    """What the insurance needs to know beyond the registration."""

    first_care_facility: Facility
    """Mã cơ sở đăng ký khám chữa bệnh ban đầu (5 ký tự)."""


class BirthDeclaration(Declaration):
    """What a family states once for a birth; `check_declaration` is how one is read."""

    model_config = ConfigDict(title="Tờ khai liên thông khai sinh, thường trú, thẻ BHYT")

    schema_: Literal["birth/1"] = Field(alias="schema")
    """Tên và phiên bản của mẫu khai."""
    notice: BirthNotice | None = None
    """Giấy chứng sinh; đúng một trong hai: giấy chứng sinh hoặc giấy tờ thay thế."""
    substitute_evidence: SubstituteEvidence | None = None
    """Giấy tờ thay thế giấy chứng sinh."""
    child: Child
    """Trẻ được khai sinh."""
    mother: Person | None = None
    """Người mẹ; chỉ được để trống khi không có giấy chứng sinh."""
    father: Person | None = None
    """Người cha; null nếu chưa xác định."""
    procedures: tuple[BirthProcedure, ...] = Field(min_length=1, max_length=MOST_PROCEDURES)
    """Các thủ tục đề nghị; luôn có đăng ký khai sinh."""
    residence: Residence | None = None
    """Thông tin thường trú; có khi và chỉ khi đề nghị đăng ký thường trú."""
    card: Card | None = None
    """Thông tin thẻ BHYT; có khi và chỉ khi đề nghị cấp thẻ."""

    @override
    def event_facts(self) -> EventFacts:
        """A notice is one child; without one, a mother has one child of an order on a day.

        The day and not the instant: the same birth told twice differs by minutes, twins by order.
        Two notices are two children, also where a family mistook the order.
        """
        day, child = self.child.born_at.date(), self.child
        return EventFacts(
            notice=(self.notice.number,) if self.notice else None,
            otherwise=(*self._origin(), f"{day}", child.sex, f"{child.birth_order}"),
            told_apart=self.notice is not None,
        )

    def _origin(self) -> tuple[str, ...]:
        """The mother; of a child without one the father, or else the place and the minute."""
        for role, parent in (("mother", self.mother), ("father", self.father)):
            if parent is not None:
                return (role, *parent.identity())
        return ("place", self.child.birth_place, self.child.born_at.isoformat())
