"""Rules about funeral money: paid one way, to whoever arranged the funeral."""

from collections.abc import Iterator

from models.declarations.deaths import PaymentChoice
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.rules import Rule, error, warning
from models.kernel.findings import Finding
from models.kernel.spelling import without_marks

NEEDS = {
    PaymentChoice.ACCOUNT: ("bank", "account_number", "account_name"),
    PaymentChoice.CASH: ("place",),
}


def payable_one_way(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """What the chosen way of payment needs is stated, and nothing of the other way."""
    method = facts.get("funeral.payment.method", PaymentChoice)
    for way, fields in NEEDS.items() if method else ():
        for field in fields:
            path = f"funeral.payment.{field}"
            if way is method and not facts.is_given(path):
                yield error(path, "required", "Cách nhận tiền đã chọn cần thông tin này")
            elif way is not method and facts.is_given(path):
                message = "Không chọn cách nhận tiền này nên phải để trống (null)"
                yield error(path, "section_not_asked", message)


def account_of_the_organiser(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """A payment into another's account comes back; banks write names without their marks."""
    organiser = facts.get("funeral.organiser.full_name", str)
    holder = facts.get("funeral.payment.account_name", str)
    if organiser and holder and without_marks(organiser) != without_marks(holder):
        message = "Tên chủ tài khoản khác tên người lo mai táng; tiền có thể bị ngân hàng trả lại"
        yield warning("funeral.payment.account_name", "account_name_mismatch", message)


FUNERAL_RULES: tuple[Rule, ...] = (payable_one_way, account_of_the_organiser)
