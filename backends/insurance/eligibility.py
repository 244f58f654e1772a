"""Who leaves a claim on social insurance: this agency's own reading of the law, on its own data."""

from backends.dossiers.procedure import Decision, refused
from backends.insurance.insured import Insured
from backends.shared.deceased import Deceased
from backends.shared.reasons import Reason

COMPULSORY_MONTHS = 12
VOLUNTARY_MONTHS = 60
_NO_RECORD = "Cơ quan bảo hiểm xã hội không có quá trình tham gia của người chết."
_MISMATCH = "Thông tin người chết không khớp hồ sơ bảo hiểm xã hội."
_DREW = "Người chết đã hưởng bảo hiểm xã hội một lần."
_TOO_FEW = "Người chết chưa đóng đủ thời gian bảo hiểm xã hội theo quy định."
_NOBODY = "Người chết không thuộc đối tượng hưởng trợ cấp mai táng của bảo hiểm xã hội."
_NOTHING_PAID = "Người chết không có thời gian đóng bảo hiểm xã hội."


def without_record() -> Decision:
    """There is no record to decide on."""
    return refused(Reason.NOT_ENTITLED, _NO_RECORD)


def identity_objection(insured: Insured, declared: Deceased) -> Decision | None:
    """Whether the record is of another person than was declared."""
    if not insured.is_of(declared.full_name, declared.date_of_birth, declared.insurance_number):
        return refused(Reason.IDENTITY_MISMATCH, _MISMATCH)
    return None


def funeral_objection(insured: Insured) -> Decision | None:
    """Why the funeral benefit is refused; None where it is due."""
    if insured.pensioner or insured.work_accident:
        return None
    if insured.lump_sum_on:
        return refused(Reason.DREW_LUMP_SUM, _DREW)
    if (
        insured.compulsory_months >= COMPULSORY_MONTHS
        or insured.voluntary_months >= VOLUNTARY_MONTHS
    ):
        return None
    if insured.compulsory_months or insured.voluntary_months:
        return refused(Reason.TOO_FEW_MONTHS, _TOO_FEW)
    return refused(Reason.NOT_ENTITLED, _NOBODY)


def survivor_objection(insured: Insured) -> Decision | None:
    """Why the survivors get no lump sum; None where it is due."""
    if insured.pensioner or insured.work_accident:
        return None
    if insured.lump_sum_on:
        return refused(Reason.DREW_LUMP_SUM, _DREW)
    if insured.compulsory_months or insured.voluntary_months:
        return None
    return refused(Reason.NOT_ENTITLED, _NOTHING_PAID)
