"""How `lienthong law` speaks to people: rules, dates and findings in Vietnamese."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from rich.table import Table

from models.kernel.findings import Finding, Severity
from models.kernel.legal_basis import LegalBasis
from models.law.law import Law
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule
from models.law.terms import Limit
from models.law.unverified import unverified
from models.working_time.words import describe_instant
from workers.cli.console import out
from workers.cli.law_answers import DossierDates, DueAnswer
from workers.cli.law_clock_words import UNVERIFIED, clock_lines, step_lines
from workers.cli.law_money_words import fee_lines, procedure_lines, rate_lines


def print_findings(law: Law, findings: tuple[Finding, ...]) -> None:
    """Every finding on its line, then how many rules were looked at."""
    for finding in findings:
        is_error = finding.severity is Severity.ERROR
        kind = "[red]Lỗi[/]" if is_error else "[yellow]Cần xem[/]"
        out.print(f"{kind} {finding.field}: {finding.message}", soft_wrap=True)
    _print_unverified(law)
    count = sum(not source.verified for rule in law.groups for source in _sources(rule))
    out.print(
        f"Đã kiểm tra {len(law.groups)} quy định, {len(law.agencies)} cơ quan,"
        f" {len(law.reasons)} mã lý do, {len(law.patterns)} mẫu mã số,"
        f" {len(law.rates.levels)} mức và {len(law.rates.benefits)} chế độ tiền:"
        f" {len(findings)} điểm phải sửa hoặc xem; {count} căn cứ {UNVERIFIED}.",
        soft_wrap=True,
    )


def print_rule(law: Law, rule: GroupRule, place: str, day: date) -> None:
    """One rule as it reads on a day, with the money of that day."""
    until = f" đến {rule.valid_to:%d/%m/%Y}" if rule.valid_to else ""
    out.print(f"[bold]{rule.version}[/] – {rule.title}", soft_wrap=True)
    out.print(
        f"Hiệu lực: từ {rule.valid_from:%d/%m/%Y}{until}; nơi: {_places(rule, place)}",
        soft_wrap=True,
    )
    out.print(f"Căn cứ: {_cited(rule.basis)}", soft_wrap=True)
    for total in rule.totals:
        without = ", ".join(rule.named(one).short_title for one in total.without)
        given = f" (không có {without})" if without else ""
        out.print(f"Hạn chung{given}: {_limit(total)}", soft_wrap=True)
    if rule.cut_off:
        out.print(f"Nhận sau {rule.cut_off:%H:%M} thì tính từ ngày làm việc tiếp theo")
    for extension in rule.extensions:
        out.print(f"Cộng {extension.working_days} ngày làm việc: {extension.title}")
    for line in clock_lines(rule):
        out.print(line, soft_wrap=True)
    for step in rule.procedures:
        _print_procedure(law, rule, step)
    for line in (
        *rate_lines(law.rates, rule, day, place),
        *fee_lines(law.rates, rule, day, place),
    ):
        out.print(line, soft_wrap=True)
    if rule.note:
        out.print(f"Ghi chú: {rule.note}", soft_wrap=True)


def print_due(answer: DueAnswer, *, explain: bool) -> None:
    """The promised date and each dossier's last day."""
    provisional = " [yellow](tạm tính)[/]" if answer.provisional else ""
    unverified = "" if answer.verified else f" {UNVERIFIED}"
    out.print(
        f"[bold]Hạn trả kết quả: {describe_instant(answer.due_at)}[/]{provisional}{unverified}"
    )
    out.print(f"Quy định: {answer.law_version}")
    table = Table("Thủ tục", "Thời hạn")
    table.add_column("Chậm nhất", no_wrap=True)
    for dossier in answer.dossiers:
        table.add_row(dossier.title, _within(dossier), describe_instant(dossier.due_at))
    out.print(table)
    lines = (*answer.explanation, *(f"mốc {step.explanation}" for step in answer.steps))
    for line in lines if explain else ():
        out.print(f"  {line}", soft_wrap=True)


def _print_procedure(law: Law, rule: GroupRule, step: ProcedureRule) -> None:
    after = ", ".join(rule.procedure(one).short_title for one in step.after)
    parts = (
        law.agency(step.agency).name,
        f"sau: {after}" if after else "",
        _step_limit(step),
        "" if step.may_verify or not step.offered else "không có thời hạn xác minh",
        "" if step.may_extend else "không được gia hạn",
        _cited(step.basis),
    )
    out.print(f"• [bold]{step.title}[/] [dim]({step.id})[/]", soft_wrap=True)
    out.print(f"  {' · '.join(filter(None, parts))}", soft_wrap=True)
    for line in procedure_lines(law, rule, step):
        out.print(f"  {line}", soft_wrap=True)
    for line in step_lines(step.steps):
        out.print(f"  Mốc: {line}", soft_wrap=True)


def _print_unverified(law: Law) -> None:
    """Each rule and file with what in it nobody has checked."""
    for where, terms in groupby(unverified(law), key=lambda one: one.where):
        said = ", ".join(term.what for term in terms)
        out.print(f"[yellow]Chưa kiểm chứng[/] {where}: {said}", soft_wrap=True)


def _step_limit(step: ProcedureRule) -> str:
    if not step.offered:
        return f"[yellow]chưa tiếp nhận: {step.not_offered_because}[/]"
    return _limit(step.limit) if step.limit else "theo hạn chung"


def _limit(limit: Limit) -> str:
    longer = limit.with_verification
    verifying = f", phải xác minh {longer} ngày" if longer is not None else ""
    return f"{_days(limit.working_days)}{verifying}{'' if limit.verified else f' ({UNVERIFIED})'}"


def _within(dossier: DossierDates) -> str:
    said = "theo hạn chung" if dossier.within is None else _days(dossier.within)
    return said if dossier.verified else f"{said} ({UNVERIFIED})"


def _days(days: int) -> str:
    return f"{days} ngày làm việc" if days else "trong ngày làm việc"


def _cited(basis: Iterable[LegalBasis]) -> str:
    return "; ".join(
        source.cited() + ("" if source.verified else f" ({UNVERIFIED})") for source in basis
    )


def _sources(rule: GroupRule) -> Iterable[LegalBasis]:
    yield from rule.basis
    yield from (pilot.basis for pilot in rule.pilots)
    yield from (extension.basis for extension in rule.extensions)
    terms = (rule.supplement_limit, rule.delay, *rule.steps, *rule.dossier_steps)
    yield from (term.basis for term in terms if term and term.basis)
    yield from (rule.repealed_by,) if rule.repealed_by else ()
    yield from (rule.handover.basis,) if rule.handover else ()
    for step in rule.procedures:
        yield from step.basis
        yield from (step.confirmation.basis,) if step.confirmation else ()
        yield from (one.basis for one in step.steps if one.basis)


def _places(rule: GroupRule, place: str) -> str:
    if rule.places:
        return f"tỉnh {', '.join(rule.places)}"
    for pilot in rule.pilots:
        if place in pilot.places:
            unverified = "" if pilot.basis.verified else f" ({UNVERIFIED})"
            return f"cả nước; tỉnh {place} từ {pilot.valid_from:%d/%m/%Y}{unverified}"
    return "cả nước"
