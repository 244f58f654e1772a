"""Whether the law files make sense as a whole, in messages a lawyer can act on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise

from models.kernel.base import GroupId
from models.kernel.findings import Finding, Severity
from models.kernel.schema_paths import Schema
from models.law.checks_choice import check_choice_of_procedure
from models.law.checks_clock import check_clock
from models.law.checks_money import check_results
from models.law.checks_procedures import check_procedures
from models.law.checks_rates import ProvinceName, check_rates
from models.law.checks_repeal import check_repeals
from models.law.checks_steps import check_steps
from models.law.law import Law
from models.law.rules import GroupRule, Span

__all__ = ["check_law"]


def check_law(
    law: Law,
    schemas: Mapping[GroupId, Schema] | None = None,
    province_name: ProvinceName | None = None,
) -> tuple[Finding, ...]:
    """Everything wrong with the law files at once; a warning is worth a look and no more.

    With the JSON Schemas of the declarations, each path of evidence is looked up in its group's;
    with the names of provinces, each place is looked up on the first day of its rule there.
    """
    known = schemas or {}
    return (
        *_doubled("agencies", (agency.id for agency in law.agencies)),
        *_doubled("reasons", (reason.code for reason in law.reasons)),
        *_doubled("groups", (rule.version for rule in law.groups)),
        *_overlaps(law.groups),
        *_gaps(law.groups),
        *check_repeals(law.groups),
        *(_unknown_places(law.groups, province_name) if province_name else ()),
        *(found for rule in law.groups for found in _check_rule(rule, law, known)),
        *check_rates(law, province_name),
    )


def _check_rule(rule: GroupRule, law: Law, schemas: Mapping[GroupId, Schema]) -> Iterator[Finding]:
    yield from check_procedures(rule, law, schemas)
    yield from check_choice_of_procedure(rule)
    yield from check_results(rule, law, schemas.get(rule.group))
    yield from check_clock(rule)
    yield from check_steps(rule)


def _doubled(field: str, codes: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield Finding(field=field, rule="doubled", message=f"{code}: khai hai lần, bỏ bớt một")
        seen.add(code)


def _overlaps(rules: tuple[GroupRule, ...]) -> Iterator[Finding]:
    """Two rules for one place and day: nobody could say which of them holds."""
    for one, other in combinations(rules, 2):
        if one.group == other.group and one.version != other.version:
            yield from _overlap(one, other)


def _overlap(one: GroupRule, other: GroupRule) -> Iterator[Finding]:
    for span in one.spans():
        for with_it in other.spans():
            if span.place == with_it.place and _meet(span, with_it):
                yield Finding(
                    field=f"{other.version}.valid_from",
                    rule="overlap",
                    message=(
                        f"cùng {one.version} áp dụng cho {_place(span)} từ"
                        f" {max(span.first, with_it.first):%d/%m/%Y}: sửa valid_from, valid_to"
                        " hoặc places của một trong hai"
                    ),
                )


def _gaps(rules: tuple[GroupRule, ...]) -> Iterator[Finding]:
    """Days between two national rules without any: intake will refuse every declaration."""
    for group in sorted({rule.group for rule in rules}):
        national = [rule for rule in rules if rule.group == group and not rule.places]
        national.sort(key=lambda rule: rule.valid_from)
        for before, after in pairwise(national):
            if before.valid_to and (after.valid_from - before.valid_to).days > 1:
                yield _gap(before, f"đến trước {after.valid_from:%d/%m/%Y}")
        if national and national[-1].valid_to:
            yield _gap(national[-1], "trở đi")


def _gap(rule: GroupRule, until: str) -> Finding:
    return Finding(
        field=f"{rule.version}.valid_to",
        rule="gap",
        severity=Severity.WARNING,
        message=(
            f"sau {rule.valid_to:%d/%m/%Y} {until} cả nước không có quy định cho nhóm"
            f" {rule.group}: hồ sơ tiếp nhận những ngày đó bị từ chối"
        ),
    )


def _unknown_places(rules: tuple[GroupRule, ...], province_name: ProvinceName) -> Iterator[Finding]:
    for rule in rules:
        for span in rule.spans():
            if span.place and province_name(span.place, span.first) is None:
                yield Finding(
                    field=f"{rule.version}.places",
                    rule="place",
                    message=f"không có tỉnh mã {span.place} ngày {span.first:%d/%m/%Y}",
                )


def _meet(one: Span, other: Span) -> bool:
    return one.first <= (other.last or date.max) and other.first <= (one.last or date.max)


def _place(span: Span) -> str:
    return f"tỉnh {span.place}" if span.place else "cả nước"
