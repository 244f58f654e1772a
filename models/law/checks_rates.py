"""Whether the money in `law/rates` has no holes, no doubles and no names nobody knows."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from models.contracts.lists import ListKind
from models.kernel.findings import Finding, Severity
from models.law.law import Law
from models.law.rates import Benefit, Fact, Rates
from models.law.reasons import TOLD_BEFOREHAND

ProvinceName = Callable[[str, date], str | None]
"""The name of a province code on a day; None: no such province then."""


def check_rates(law: Law, province_name: ProvinceName | None = None) -> Iterator[Finding]:
    """Everything wrong with rates, benefits, conditions, groups and fees."""
    rates = law.rates
    yield from _series(rates)
    yield from _once_a_day(rates)
    yield from _benefits(rates)
    yield from _names(law)
    if province_name is not None:
        yield from _places(rates, province_name)


def _series(rates: Rates) -> Iterator[Finding]:
    """What must follow each other month by month: a death in a gap has no amount."""
    for id, levels in _by(rates.levels, lambda one: one.id):
        yield from _in_turn("levels", id, [(one.valid_from, one.valid_to) for one in levels])
    for id, benefits in _by(rates.benefits, lambda one: one.procedure):
        yield from _in_turn("benefits", id, [(one.valid_from, one.valid_to) for one in benefits])


def _once_a_day(rates: Rates) -> Iterator[Finding]:
    """What may be missing, but must not be there twice."""
    top_ups = [(f"{one.level}.{one.place}", one) for one in rates.top_ups]
    fees = [
        (f"{fee.kind}.{place or 'cả nước'}", fee)
        for fee in rates.list_fees
        for place in fee.places or ("",)
    ]
    groups = [(one.code, one) for one in rates.social_groups]
    for field, entries in (("top_ups", top_ups), ("list_fees", fees), ("social_groups", groups)):
        for name, same in _by(entries, lambda one: one[0]):
            spans = [(one.valid_from or date.min, one.valid_to) for _, one in same]
            yield from _overlaps(field, name, sorted(spans, key=lambda span: span[0]))


def _in_turn(field: str, name: str, spans: list[tuple[date, date | None]]) -> Iterator[Finding]:
    spans.sort(key=lambda span: span[0])
    yield from _overlaps(field, name, spans)
    for (_, end), (start, _) in pairwise(spans):
        if end is not None and (start - end).days > 1:
            message = (
                f"chết sau {end:%d/%m/%Y} đến trước {start:%d/%m/%Y} không có mức:"
                " sửa valid_to, valid_from, hoặc thêm mục còn thiếu"
            )
            yield _found(f"{field}.{name}", "gap", message)
    last = spans[-1][1]
    if last is not None:
        message = f"chết sau {last:%m/%Y} không có mức nào: thêm mục kế tiếp"
        yield _found(f"{field}.{name}", "gap", message, Severity.WARNING)


def _overlaps(field: str, name: str, spans: list[tuple[date, date | None]]) -> Iterator[Finding]:
    for (_, end), (start, _) in pairwise(spans):
        if end is None or end >= start:
            message = (
                f"có hai mức từ {start:%d/%m/%Y}: ghi valid_to của mục trước là ngày liền trước"
            )
            yield _found(f"{field}.{name}", "overlap", message)


def _benefits(rates: Rates) -> Iterator[Finding]:
    for benefit in rates.benefits:
        yield from _level_of(benefit, rates)
        if not any(one.procedure == benefit.procedure for one in rates.conditions):
            message = "conditions.toml không có điều kiện nào cho thủ tục này: không ai được hưởng"
            yield _found(f"benefits.{benefit.procedure}", "condition", message)
    for top_up in rates.top_ups:
        if all(level.id != top_up.level for level in rates.levels):
            message = f"levels.toml không có mức {top_up.level}"
            yield _found(f"top_ups.{top_up.place}", "level", message)
    by_groups = any(one.fact is Fact.SOCIAL_GROUPS for one in rates.conditions)
    if by_groups and not rates.social_groups:
        message = "có điều kiện theo nhóm đối tượng mà không có nhóm nào: thêm [[social_group]]"
        yield _found("social_groups", "condition", message)


def _level_of(benefit: Benefit, rates: Rates) -> Iterator[Finding]:
    if rates.level_on(benefit.level, benefit.valid_from) is None:
        message = (
            f"levels.toml không có mức {benefit.level} từ {benefit.valid_from:%d/%m/%Y}:"
            " thêm mức, hoặc sửa level, valid_from"
        )
        yield _found(f"benefits.{benefit.procedure}", "level", message)


def _names(law: Law) -> Iterator[Finding]:
    rates = law.rates
    known = {step.id for rule in law.groups for step in rule.procedures}
    granted = [("benefits", one.procedure) for one in rates.benefits]
    granted += [("conditions", one.procedure) for one in rates.conditions]
    for field, procedure in dict.fromkeys(granted):
        if procedure not in known:
            message = f"không nhóm nào có thủ tục {procedure}"
            yield _found(f"{field}.{procedure}", "procedure", message)
    codes = {reason.code for reason in law.reasons}
    wanted = [one.short_of for one in rates.conditions if one.short_of]
    wanted += TOLD_BEFOREHAND if rates.conditions else ()
    for code in dict.fromkeys(wanted):
        if code not in codes:
            yield _found(f"conditions.{code}", "reason", f"reasons.toml không có mã lý do {code}")
    for fee in rates.list_fees:
        if fee.kind not in list(ListKind):
            message = f"không có loại danh sách này; chọn trong {', '.join(ListKind)}"
            yield _found(f"list_fees.{fee.kind}", "kind", message)


def _places(rates: Rates, province_name: ProvinceName) -> Iterator[Finding]:
    named = [(f"top_ups.{one.place}", one.place, one.valid_from) for one in rates.top_ups]
    named += [
        (f"list_fees.{fee.kind}", place, fee.valid_from)
        for fee in rates.list_fees
        for place in fee.places
    ]
    for field, place, day in named:
        if province_name(place, day) is None:
            yield _found(field, "place", f"không có tỉnh mã {place} ngày {day:%d/%m/%Y}")


Entry = TypeVar("Entry")
Key = TypeVar("Key", bound=Hashable)


def _by(entries: Iterable[Entry], key: Callable[[Entry], Key]) -> Iterable[tuple[Key, list[Entry]]]:
    found: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[key(entry)].append(entry)
    return found.items()


def _found(field: str, kind: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(field=f"rates.{field}", rule=kind, message=message, severity=severity)
