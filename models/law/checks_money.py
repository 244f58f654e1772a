"""Whether a rule's payments, confirmations, lists and handovers name things that exist."""

from collections.abc import Iterable, Iterator

from models.contracts.lists import ListKind
from models.kernel.findings import Finding
from models.kernel.schema_paths import Schema, has_path
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule
from models.law.terms import ConfirmationRule, ListingRule

PAID_OUT = ("decision_number", "amount")
"""What a grant must hand out so that it can be paid."""


def check_results(rule: GroupRule, law: Law, schema: Schema | None) -> Iterator[Finding]:
    """Everything wrong with what follows, or must precede, a procedure's grant."""
    for step in rule.procedures:
        yield from _payment(rule, step, law, schema)
        if step.confirmation is not None:
            yield from _confirmation(rule, step, step.confirmation, law, schema)
        if step.listing is not None:
            yield from _listing(rule, step, step.listing, schema)
    yield from _handover(rule)


def _payment(
    rule: GroupRule, step: ProcedureRule, law: Law, schema: Schema | None
) -> Iterator[Finding]:
    if (step.paid_by is None) != (not step.payee):
        message = "ghi cả hai paid_by và payee, hoặc không ghi mục nào"
        yield _found(rule, step, "paid_by", "paid_by", message)
    if step.paid_by is None:
        return
    if step.paid_by not in {agency.id for agency in law.agencies}:
        message = f"agencies.toml không có cơ quan {step.paid_by}"
        yield _found(rule, step, "paid_by", "paid_by", message)
    yield from _paths(rule, step, "payee", [step.payee], schema)
    for name in PAID_OUT:
        if name not in step.issues:
            message = f"có paid_by thì issues phải có {name!r}: không có thì không chi được"
            yield _found(rule, step, "issues", "paid_by", message)


def _confirmation(
    rule: GroupRule, step: ProcedureRule, term: ConfirmationRule, law: Law, schema: Schema | None
) -> Iterator[Finding]:
    yield from _paths(rule, step, "confirmation", [term.among, term.chosen], schema)
    if law.reason(term.reason_code) is None:
        message = f"reasons.toml không có mã lý do {term.reason_code}"
        yield _found(rule, step, "confirmation.reason_code", "confirmation", message)
    for name, limit in (("limit", term.limit), ("fallback_limit", term.fallback_limit)):
        if limit.verified and limit.basis is None:
            message = f"{name}: ghi basis, hoặc verified = false nếu chưa có căn cứ"
            yield _found(rule, step, f"confirmation.{name}", "basis", message)
    days = term.limit.working_days
    if days is not None and term.remind_before >= days:
        message = f"nhắc trước {term.remind_before} ngày mà hạn chỉ {days} ngày làm việc: sửa bớt"
        yield _found(rule, step, "confirmation.remind_before", "confirmation", message)


def _listing(
    rule: GroupRule, step: ProcedureRule, listing: ListingRule, schema: Schema | None
) -> Iterator[Finding]:
    if listing.kind not in list(ListKind):
        message = f"không có loại danh sách {listing.kind}; chọn trong {', '.join(ListKind)}"
        yield _found(rule, step, "listing.kind", "listing", message)
    yield from _paths(rule, step, "listing", (listing.person, *listing.facts), schema)


def _handover(rule: GroupRule) -> Iterator[Finding]:
    known = {step.id for step in rule.procedures}
    for name in rule.handover.procedures if rule.handover else ():
        if name not in known:
            message = f"handover nhắc tới {name}, nhóm này không có thủ tục đó"
            yield Finding(field=f"{rule.version}.handover", rule="handover", message=message)


def _paths(
    rule: GroupRule,
    step: ProcedureRule,
    name: str,
    paths: Iterable[str],
    schema: Schema | None,
) -> Iterator[Finding]:
    """Each path is of the declaration, or of what this step or one before it issues."""
    issued = set(step.issues)
    for before in rule.procedures:
        if before.id in step.after:
            issued |= {f"{before.id}.{one}" for one in before.issues}
    for path in paths:
        of_grant, _, rest = path.partition(".")
        if of_grant == "issued":
            if rest not in issued:
                message = f"{path}: issues không có mục đó; chọn trong {', '.join(sorted(issued))}"
                yield _found(rule, step, name, name, message)
        elif schema is not None and not has_path(schema, path):
            yield _found(rule, step, name, name, f"tờ khai không có mục {path}")


def _found(rule: GroupRule, step: ProcedureRule, name: str, kind: str, message: str) -> Finding:
    return Finding(field=f"{rule.version}.{step.id}.{name}", rule=kind, message=message)
