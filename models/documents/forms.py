"""One message for each official form of a case: the facts it states, and nothing of its looks."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.cases.holdings import Holding
from models.contracts.dossiers import WantedItem
from models.documents.kinds import DelayCause, FormKind, StopCause
from models.documents.subjects import Enclosure, Issuer, Subject
from models.kernel.base import AgencyId, CaseId, Instant, Message, ProcedureId
from models.kernel.vocabulary import DossierState
from models.working_time.terms import ClockPolicy

MOST_LINES = 200
"""More items or holders than this is no form a person would read."""


class DossierFacts(Message):
    """One procedure as a form names it."""

    procedure: ProcedureId
    title: str
    code: str
    agency: AgencyId
    agency_name: str = ""
    unit: str = ""


class Form(Message):
    """What every form of a case states. The same facts give the same document, byte for byte."""

    subject: Subject
    issuer: Issuer
    issued_at: Instant
    serial: int = Field(default=1, ge=1)
    """The how-manieth of its kind in its case: with it, a form told twice is one form."""


class FormReceipt01(Form):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    kind: Literal[FormKind.RECEIPT] = FormKind.RECEIPT
    procedures: tuple[DossierFacts, ...] = Field(max_length=MOST_LINES)
    enclosures: tuple[Enclosure, ...] = ()
    days: int
    verified: bool
    provisional: bool
    explanation: tuple[str, ...] = ()
    delivery_method: str = "electronic"
    delivery_address: str | None = None


class FormSupplement02(Form):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything that is missing, at once."""

    kind: Literal[FormKind.SUPPLEMENT] = FormKind.SUPPLEMENT
    dossier: DossierFacts
    items: tuple[WantedItem, ...] = Field(max_length=MOST_LINES)
    note: str | None = None
    answer_by: Instant | None = None
    clock: ClockPolicy = ClockPolicy.RESTART
    """What becomes of the time limit, by the rule the case was opened under."""


class FormRefusal03(Form):
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ: of one dossier, with its coded reason."""

    kind: Literal[FormKind.REFUSAL] = FormKind.REFUSAL
    dossier: DossierFacts
    reason_code: str
    note: str | None = None
    others_go_on: tuple[str, ...] = ()
    """Titles of what the refusal does not touch."""


class FormApology04(Form):
    """Văn bản xin lỗi và đề nghị gia hạn: a reason and ONE new date, later than the old one."""

    kind: Literal[FormKind.APOLOGY] = FormKind.APOLOGY
    dossier: DossierFacts | None = None
    """None: the case as a whole is late."""
    due_at: Instant
    new_due_at: Instant
    proposed: bool = False
    """True: prepared by us for the agency, whose word alone makes the new date binding."""
    cause: DelayCause = DelayCause.AGENCY
    reason: str = Field(default="", max_length=1000)
    """An officer's own words, in the place of the usual sentence for the cause."""

    @model_validator(mode="after")
    def _gives_more_time(self) -> Self:
        if self.new_due_at <= self.due_at:
            raise ValueError("the new date must be later than the old one")
        return self


class FormStop05(Form):
    """Thông báo dừng giải quyết hồ sơ: which dossiers stop, and why."""

    kind: Literal[FormKind.STOP] = FormKind.STOP
    dossiers: tuple[DossierFacts, ...] = Field(min_length=1, max_length=MOST_LINES)
    cause: StopCause
    wanted_at: Instant | None = None
    """When a supplement was asked for."""
    answer_by: Instant | None = None
    """Until when the citizen could have answered."""


class ControlledDossier(Message):
    """One dossier on the control sheet: its dates, how it ended, and who held it when."""

    dossier: DossierFacts
    state: DossierState
    filed_at: Instant | None = None
    due_at: Instant | None = None
    original_due_at: Instant | None = None
    settled_at: Instant | None = None
    reason_code: str | None = None
    holdings: tuple[Holding, ...] = Field(default=(), max_length=MOST_LINES)


class FormControl06(Form):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: who held each dossier from when to when."""

    kind: Literal[FormKind.CONTROL] = FormKind.CONTROL
    dossiers: tuple[ControlledDossier, ...] = Field(max_length=MOST_LINES)
    closed_at: Instant | None = None


CaseForm = Annotated[
    FormReceipt01 | FormSupplement02 | FormRefusal03 | FormApology04 | FormStop05 | FormControl06,
    Field(discriminator="kind"),
]


class DocumentKey(Message):
    """Which document of which run of a case: the same key is the same document for ever."""

    case_id: CaseId
    run_id: str
    case_code: str
    form: FormKind
    number: int = Field(ge=1)


class PrepareDocument(Message):
    """Produce one form of a case and keep it."""

    case_id: CaseId
    run_id: str
    form: CaseForm

    @property
    def key(self) -> DocumentKey:
        """Under which it is kept."""
        return DocumentKey(
            case_id=self.case_id,
            run_id=self.run_id,
            case_code=self.form.subject.case_code,
            form=self.form.kind,
            number=self.form.serial,
        )
