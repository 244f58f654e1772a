"""Judging a submission: the errors that refuse it, or the case it would open. Pure."""

import json
from dataclasses import dataclass
from datetime import datetime

from models.declarations.case_ids import EventClaim, declaration_digest, event_claims_of
from models.declarations.declarations import Declaration
from models.declarations.parse import Parsed
from models.declarations.rules.context import CheckContext
from models.declarations.rules.kinds import check_declaration
from models.intake.choices import check_choice
from models.intake.competence import Ground
from models.intake.intake import IntakeDecision, IntakeOutcome, Submission
from models.intake.planning import Plan
from models.intake.reception import reception_of
from models.kernel.base import AgencyId, CaseCode, vietnam_time
from models.kernel.findings import Finding, errors_of
from models.law.context import LegalContext
from models.law.rules import GroupRule


@dataclass(frozen=True, kw_only=True)
class Admission:
    """A submission that opens a case, unless its life event already has one."""

    submission: Submission
    claims: tuple[EventClaim, ...]
    """What tells the life event from every other; the first is the key it is entered under."""
    code_prefix: str
    """The case code but for its number, which the register gives."""
    outcome: IntakeOutcome

    def with_code(self, case_code: CaseCode) -> IntakeOutcome:
        """The outcome once the register has given the case its code."""
        opening = self.outcome.opening
        if opening is None:
            raise ValueError("an admission opens a case")
        return self.outcome.model_copy(update={"opening": opening.with_code(case_code)})


def admit(submission: Submission, context: LegalContext) -> Admission | IntakeOutcome:
    """The case a submission would open, or a refusal that names everything wrong with it."""
    parsed = read_submission(submission, context)
    if parsed.declaration is None:
        return _refusal(parsed.findings)
    return _admit_sound(submission, parsed.declaration, parsed.findings, context)


def read_submission(submission: Submission, context: LegalContext) -> Parsed[Declaration]:
    """The declaration that arrived, or None, with everything wrong with it."""
    parsed = _parse(submission, context)
    if _arrived_plain(submission) and not context.allow_plain_starts:
        return Parsed(None, (_plain_start(), *parsed.findings))
    return parsed


def _arrived_plain(submission: Submission) -> bool:
    """A JSON text that no key of ours sealed; what cannot be opened is wrong for another reason."""
    return submission.trouble is None and submission.sealed_with is None


def _parse(submission: Submission, context: LegalContext) -> Parsed[Declaration]:
    if submission.trouble is not None or submission.declaration is None:
        return Parsed(None, (submission.trouble or _not_json(),))
    try:
        raw = json.loads(submission.declaration)
    except (ValueError, RecursionError):
        return Parsed(None, (_not_json(),))
    checks = CheckContext(
        now=submission.recorded_at, patterns=context.law.patterns, places=context.places
    )
    return check_declaration(submission.group, raw, checks)


def _admit_sound(
    submission: Submission,
    declaration: Declaration,
    findings: tuple[Finding, ...],
    context: LegalContext,
) -> Admission | IntakeOutcome:
    ground = Ground(submission.group, declaration.registration.commune, context)
    stated_at = declaration.reception.received_at or submission.recorded_at
    hours_by = ground.rule_on(stated_at) or ground.rule_on(submission.recorded_at)
    if hours_by is None:
        return _refusal((*findings, no_rule(stated_at, ground)))
    reception = reception_of(
        declaration.reception.received_at,
        submission.recorded_at,
        calendar=context.calendar,
        hours=context.law.agency(_first_agency(hours_by)).office_hours,
        allow_backdating=context.allow_backdating,
    )
    # The day that counts may not be the stated one: what is not believed chooses no law.
    rule = ground.rule_on(reception.received_at)
    province = ground.province_on(reception.received_at)
    if province is None:
        return _refusal((*findings, *reception.findings, _unknown_commune()))
    if rule is None:
        return _refusal((*findings, *reception.findings, no_rule(reception.received_at, ground)))
    findings = (*findings, *check_choice(rule, declaration.procedures), *reception.findings)
    if errors_of(findings):
        return _refusal(findings)
    stated = declaration.model_dump(mode="json", by_alias=True)
    plan = Plan(
        rule=rule,
        declaration=declaration,
        stated=stated,
        reception=reception,
        province=province,
    )
    return Admission(
        submission=submission,
        claims=event_claims_of(declaration, context.event_secret),
        code_prefix=ground.code_prefix_on(reception.received_at),
        outcome=IntakeOutcome(
            decision=IntakeDecision.OPENED,
            opening=plan.opening(context, plain_start=submission.sealed_with is None),
            declaration=stated,
            declaration_digest=declaration_digest(declaration),
            findings=findings,
        ),
    )


def _first_agency(rule: GroupRule) -> AgencyId:
    return rule.procedures[0].agency


def _refusal(findings: tuple[Finding, ...]) -> IntakeOutcome:
    return IntakeOutcome(decision=IntakeDecision.REFUSED, findings=findings)


def _plain_start() -> Finding:
    return Finding(
        field="",
        rule="plain_start",
        message="Tờ khai gửi đi phải được mã hóa bằng khóa của nhóm hồ sơ; ở đây không nhận bản rõ",
    )


def _not_json() -> Finding:
    return Finding(field="", rule="not_json", message="Đối số phải là một tờ khai dạng JSON")


def _unknown_commune() -> Finding:
    return Finding(
        field="registration.commune",
        rule="unknown_commune",
        message="Không có xã nào mang mã này trong danh mục của ngày tiếp nhận",
    )


def no_rule(instant: datetime, ground: Ground) -> Finding:
    """Nothing holds there on that day: nobody guesses."""
    day, province = vietnam_time(instant).date(), ground.province_on(instant) or ""
    return Finding(
        field="reception",
        rule="KHONG_CO_QUY_DINH",
        message=(
            f"Không có quy định nào đang có hiệu lực ngày {day:%d/%m/%Y} tại tỉnh {province}: "
            "không nhận hồ sơ, cần bổ sung quy định vào dữ liệu pháp luật"
        ),
    )
