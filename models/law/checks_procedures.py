"""Whether the procedures of one rule fit together: agency, order, limit, evidence, source."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from models.kernel.base import GroupId
from models.kernel.findings import Finding, Severity
from models.kernel.schema_paths import Schema, has_path
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule

__all__ = ["Schema", "check_procedures"]


def check_procedures(
    rule: GroupRule, law: Law, schemas: Mapping[GroupId, Schema]
) -> Iterator[Finding]:
    """Everything wrong with the procedures of one rule."""
    agencies = {agency.id for agency in law.agencies}
    schema = schemas.get(rule.group)
    for step in rule.procedures:
        if step.agency not in agencies:
            yield _found(rule, step, "agency", f"agencies.toml không có cơ quan {step.agency}")
        yield from _unknown_predecessors(rule, step)
        yield from _limits(rule, step)
        yield from _sources(rule, step)
        if schema is not None:
            yield from _paths(rule, step, schema)
    yield from _cycles(rule)
    yield from _names_without_procedure(rule)


def _unknown_predecessors(rule: GroupRule, step: ProcedureRule) -> Iterator[Finding]:
    known = {other.id for other in rule.procedures}
    for before in step.after:
        if before not in known:
            yield _found(rule, step, "after", f"nhóm này không có thủ tục {before}")


def _cycles(rule: GroupRule) -> Iterator[Finding]:
    try:
        TopologicalSorter({step.id: step.after for step in rule.procedures}).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        yield Finding(
            field=f"{rule.version}.procedures",
            rule="cycle",
            message=f"các thủ tục chờ nhau thành vòng: {circle}; bỏ bớt một `after`",
        )


def _limits(rule: GroupRule, step: ProcedureRule) -> Iterator[Finding]:
    """A step may not be allowed more time than the case has in any choice."""
    if step.limit is None:
        return
    for verification in (False, True):
        own = step.limit.days(verification=verification)
        most = max(total.days(verification=verification) for total in rule.totals)
        if own > most:
            case = " khi phải xác minh" if verification else ""
            message = f"{own} ngày làm việc{case} dài hơn hạn chung {most} ngày"
            yield _found(rule, step, "limit", message)
            return


def _sources(rule: GroupRule, step: ProcedureRule) -> Iterator[Finding]:
    if step.limit is not None and not step.basis:
        yield _found(rule, step, "basis", "có thời hạn riêng thì phải ghi văn bản quy định")
    if not step.offered and not step.basis:
        yield _found(rule, step, "basis", "chưa tiếp nhận thì phải ghi văn bản nói tới thủ tục")


def _paths(rule: GroupRule, step: ProcedureRule, schema: Schema) -> Iterator[Finding]:
    for name, path in (("unit", step.unit), *(("evidence", path) for path in step.evidence)):
        if not has_path(schema, path):
            yield _found(rule, step, name, f"tờ khai không có mục {path}")


def _names_without_procedure(rule: GroupRule) -> Iterator[Finding]:
    known = set(rule.words())
    for total in rule.totals:
        for name in total.without:
            if name not in known:
                yield Finding(
                    field=f"{rule.version}.totals",
                    rule="without",
                    message=f"without nhắc tới {name}, nhóm này không có thủ tục đó",
                )
    if all(total.without for total in rule.totals):
        yield Finding(
            field=f"{rule.version}.totals",
            rule="totals",
            severity=Severity.WARNING,
            message="thiếu [[totals]] không có without: chọn mọi thủ tục thì không có hạn chung",
        )


def _found(rule: GroupRule, step: ProcedureRule, name: str, message: str) -> Finding:
    return Finding(field=f"{rule.version}.{step.id}.{name}", rule=name, message=message)
