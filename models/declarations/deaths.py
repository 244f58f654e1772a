"""The declaration of a death: one form for registration, residence, funeral money and survivors."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints
from typing_extensions import override

from models.declarations.declarations import MOST_PROCEDURES, Declaration, EventFacts, Part, Person
from models.declarations.declared_types import Day, Facility, LongText, Moment, Name, Number, Text
from models.declarations.identifiers import Sex

MOST_RELATIVES = 30


class DeathProcedure(StrEnum):
    """What can be asked for with the declaration of a death."""

    REGISTER_DEATH = "register_death"
    REMOVE_RESIDENCE = "remove_residence"
    FUNERAL_MONEY = "funeral_money"
    """Which fund pays is no choice of the family's: the case finds out."""
    SURVIVOR_LUMP_SUM = "survivor_lump_sum"


class DeathEvidenceKind(StrEnum):
    """What stands in for a health facility's notice, by where and how the person died."""

    COMMUNE_NOTICE = "commune_notice"
    WITNESS = "witness"
    POLICE_CONFIRMATION = "police_confirmation"
    FORENSIC_CONCLUSION = "forensic_conclusion"
    COURT_DECISION = "court_decision"
    EXECUTION_RECORD = "execution_record"


class Kinship(StrEnum):
    """What a survivor is to the deceased."""

    SPOUSE = "spouse"
    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    RELATIVE = "relative"


class PaymentChoice(StrEnum):
    """How the organiser of the funeral wants the money."""

    ACCOUNT = "account"
    CASH = "cash"


class DeathNotice(Part):
    """The hospital's giấy báo tử, unique only within its facility, year and book."""

    facility: Facility
    """Mã cơ sở khám chữa bệnh đã cấp giấy báo tử (5 ký tự)."""
    year: Annotated[StrictInt, Field(ge=1900, le=2999)]
    """Năm của quyển giấy báo tử, 4 chữ số."""
    book: Annotated[Text, StringConstraints(max_length=50)]
    """Quyển số ghi trên giấy báo tử."""
    number: Annotated[Text, StringConstraints(max_length=50)]
    """Số ghi trên giấy báo tử."""
    issued_on: Day
    """Ngày cấp giấy báo tử."""

    def name(self) -> tuple[str, ...]:
        """What tells it from every other notice."""
        return (self.facility, f"{self.year}", self.book, self.number)


class DeathEvidence(Part):
    """What proves a death that no health facility noticed, e.g. one at home."""

    kind: DeathEvidenceKind
    """Loại giấy tờ thay thế: giấy báo tử do UBND cấp xã cấp, người làm chứng, xác nhận của công
    an, kết luận giám định pháp y, quyết định của Tòa án, xác nhận thi hành án tử hình."""
    description: LongText
    """Nội dung hoặc trích yếu của giấy tờ thay thế."""
    issued_on: Day
    """Ngày lập giấy tờ thay thế."""


class Deceased(Person):
    """Who died, and where the person last lived: that place's agencies are competent."""

    sex: Sex
    """Giới tính của người chết."""
    died_at: Moment
    """Ngày giờ chết, kèm múi giờ."""
    place_of_death: Text
    """Nơi chết."""
    last_residence_commune: Number
    """Mã xã (5 chữ số) của nơi cư trú cuối cùng."""


class NamedPerson(Part):
    """A living person who acts or is paid, and so must have a personal number."""

    personal_number: Number
    """Số định danh cá nhân, 12 chữ số."""
    full_name: Name
    """Họ, chữ đệm và tên."""


class FuneralPayment(Part):
    """To an account in the organiser's own name, or in cash at a place."""

    method: PaymentChoice
    """Cách nhận tiền: tài khoản hoặc tiền mặt."""
    bank: Text | None = None
    """Ngân hàng mở tài khoản; bắt buộc khi nhận qua tài khoản."""
    account_number: Number | None = None
    """Số tài khoản; bắt buộc khi nhận qua tài khoản."""
    account_name: Name | None = None
    """Tên chủ tài khoản như ngân hàng ghi; bắt buộc khi nhận qua tài khoản."""
    place: Text | None = None
    """Nơi nhận tiền mặt; bắt buộc khi nhận tiền mặt."""


class Funeral(Part):
    """Who arranged the funeral, to whom alone funeral money is paid."""

    organiser: NamedPerson
    """Người lo mai táng: người được nhận tiền."""
    payment: FuneralPayment
    """Cách nhận tiền."""


class Relative(NamedPerson):
    """A survivor who may share in the lump sum, and has a say in who collects it."""

    relation: Kinship
    """Thân nhân này là gì của người chết."""


def _none_if_null(listed: object) -> object:
    """Absent and null are one, in a list too."""
    return () if listed is None else listed


_Listed = Annotated[tuple[Relative, ...], Field(max_length=MOST_RELATIVES)]
Relatives = Annotated[
    tuple[Relative, ...], BeforeValidator(_none_if_null, json_schema_input_type=_Listed | None)
]


class DeathDeclaration(Declaration):
    """What a family states once for a death; `check_declaration` is how one is read."""

    model_config = ConfigDict(
        title="Tờ khai liên thông khai tử, xóa thường trú, mai táng phí, tuất một lần"
    )

    schema_: Literal["death/1"] = Field(alias="schema")
    """Tên và phiên bản của mẫu khai."""
    notice: DeathNotice | None = None
    """Giấy báo tử; đúng một trong hai: giấy báo tử hoặc giấy tờ thay thế."""
    substitute_evidence: DeathEvidence | None = None
    """Giấy tờ thay thế giấy báo tử, ví dụ khi chết tại nhà."""
    deceased: Deceased
    """Người chết."""
    cause_of_death: LongText | None = None
    """Nguyên nhân chết; thông tin nhạy cảm, chỉ cơ quan đăng ký hộ tịch được nhận."""
    procedures: tuple[DeathProcedure, ...] = Field(min_length=1, max_length=MOST_PROCEDURES)
    """Các thủ tục đề nghị; luôn có đăng ký khai tử."""
    funeral: Funeral | None = None
    """Người lo mai táng và cách nhận tiền; có khi và chỉ khi đề nghị mai táng phí."""
    relatives: Relatives = Field(default=(), max_length=MOST_RELATIVES)
    """Thân nhân; có khi và chỉ khi đề nghị tuất một lần."""
    representative: Number | None = None
    """Số định danh của thân nhân được cử nhận tiền tuất; null nếu các thân nhân chưa thống nhất."""

    @override
    def event_facts(self) -> EventFacts:
        """A person dies once, whatever papers tell of it and whoever hands them in.

        Who dies is known by the personal number; where it is not stated, by name, date of birth
        and sex with the day of death. Two people may share those, so who has a number is not
        taken for another who has one.
        """
        notice, who = self.notice, self.deceased
        told = (who.full_name, f"{who.date_of_birth}", who.sex, f"{who.died_at.date()}")
        return EventFacts(
            notice=notice.name() if notice else None,
            certain=("number", who.personal_number) if who.personal_number else None,
            otherwise=("name", *told),
            told_apart=who.personal_number is not None,
        )
