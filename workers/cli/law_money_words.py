"""How `lienthong law` says what money a procedure grants, to whom, and by which list."""

from collections.abc import Iterator
from datetime import date

from models.entitlements.money import FuneralMoney, funeral_moneys, in_dong
from models.kernel.legal_basis import LegalBasis
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.rates import Rates
from models.law.rules import GroupRule
from models.law.terms import ConfirmationRule
from models.working_time.terms import CitizenLimit
from workers.cli.law_clock_words import UNVERIFIED

LISTS = {"cards": "danh sách cấp thẻ", "strike_offs": "danh sách báo giảm khai tử"}


def procedure_lines(law: Law, rule: GroupRule, step: ProcedureRule) -> Iterator[str]:
    """What comes before and after its grant, a line each."""
    if step.asked_as:
        named = rule.named(step.asked_as)
        yield f"Người dân đề nghị: {named.title} ({named.id}); phần mềm xác định"
    if step.paid_by:
        yield f"Chi tiền: {law.agency(step.paid_by).name}, theo mục {step.payee} của tờ khai"
    if step.confirmation:
        yield _confirmation(step.confirmation)
    if step.listing:
        yield f"Đưa vào {LISTS.get(step.listing.kind, step.listing.kind)}"
    if rule.handover and step.id in rule.handover.procedures:
        source = _source(rule.handover.basis)
        yield f"Trao kết quả qua: {rule.handover.to}, người này xác nhận đã trao{source}"


def rate_lines(rates: Rates, rule: GroupRule, day: date, place: str) -> Iterator[str]:
    """What is paid for a death in the month of a day, and whoever is entitled to it."""
    ours = {step.id: step for step in rule.offered()}
    moneys = [one for one in funeral_moneys(rates, day, place) if one.procedure in ours]
    yield from (f"Chết tháng {day:%m/%Y}: {_money(money)}" for money in moneys)
    if len(moneys) > 1:
        yield "Thuộc nhiều chế độ thì chỉ trả mức cao nhất"
    for step in ours.values():
        for condition in rates.conditions_on(step.id, day):
            yield f"Điều kiện ({step.short_title}): {condition.title}{_source(condition.basis)}"


def fee_lines(rates: Rates, rule: GroupRule, day: date, place: str) -> Iterator[str]:
    """What a line of each list is paid."""
    kinds = dict.fromkeys(step.listing.kind for step in rule.procedures if step.listing)
    for kind in kinds:
        fee = rates.list_fee_on(kind, place, day)
        if fee is not None:
            said = f"{in_dong(fee.amount)} đồng một dòng{_source(fee.basis)}"
            yield f"Tiền lập {LISTS.get(kind, kind)}: {said}{_note(fee.basis)}"


def _money(money: FuneralMoney) -> str:
    mark = "" if money.verified else f" ({UNVERIFIED})"
    return f"{money.title} {in_dong(money.amount)} đồng = {money.formula}; {money.basis}{mark}"


def _confirmation(term: ConfirmationRule) -> str:
    return (
        f"Thân nhân thống nhất người đại diện trong {_limit(term.limit)}, nhắc trước"
        f" {term.remind_before} ngày làm việc; sau đó {term.fallback_title.lower()} trong"
        f" {_limit(term.fallback_limit)}, không có thì {term.reason_code}"
    )


def _limit(limit: CitizenLimit) -> str:
    said = f"{limit.days} ngày" if limit.days else f"{limit.working_days} ngày làm việc"
    basis = f" ({limit.basis.cited()})" if limit.basis else ""
    return f"{said}{basis}{'' if limit.verified else f' ({UNVERIFIED})'}"


def _source(basis: LegalBasis) -> str:
    return f" ({basis.cited()})" + ("" if basis.verified else f" ({UNVERIFIED})")


def _note(basis: LegalBasis) -> str:
    return f". {basis.note}" if basis.note else ""
